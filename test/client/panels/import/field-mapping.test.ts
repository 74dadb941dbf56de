import { describe, expect, it } from 'vitest';
import {
  applyProfile,
  checkMapping,
  sampleValues,
  startMapping,
  suggestedMapping,
} from '../../../../client/panels/import/field-mapping.ts';
import { ecologicalRedLines } from '../../../../geodata/catalogue/ecological-red-lines.ts';
import { minePatches } from '../../../../geodata/catalogue/mine-patches.ts';

const file = {
  columns: ['BSM', 'XZQDM', '红线名称', 'HXLX', 'BZ'],
  encoding: { name: 'gb18030', reason: { zh: '因', en: 'because' } },
};

describe('the mapping of columns to fields', () => {
  it('suggests what the names tell and holds every field that can be imported, no computed one', () => {
    const mapping = suggestedMapping(ecologicalRedLines, file);
    expect(mapping).toMatchObject({
      code: 'BSM',
      county_adcode: 'XZQDM',
      name: '红线名称',
      red_line_type: 'HXLX',
    });
    expect(Object.keys(mapping)).toEqual(
      ecologicalRedLines.fields.filter(({ computed }) => !computed).map(({ name }) => name),
    );
  });

  it('takes up what was decided for this layer, and starts anew for another', () => {
    const settings = { layerId: ecologicalRedLines.id, mapping: { code: 'BZ', name: null } };
    expect(startMapping(ecologicalRedLines, file, settings)).toMatchObject({
      code: 'BZ',
      name: null,
      county_adcode: 'XZQDM',
    });
    expect(startMapping(ecologicalRedLines, file, { ...settings, layerId: 'rivers' }).code).toBe('BSM');
  });

  it('uses a profile as it was saved and tells columns the file does not have', () => {
    const profile = { columns: { code: 'BSM', name: 'MC', red_line_type: null } };
    expect(applyProfile(ecologicalRedLines, profile, file.columns)).toEqual({
      mapping: expect.objectContaining({ code: 'BSM', name: null, county_adcode: null }),
      missing: ['MC'],
    });
  });

  it('tells required fields without a column, columns used twice and columns left over', () => {
    const check = checkMapping(
      minePatches,
      { code: 'BSM', site_code: null, county_adcode: 'BSM' },
      file.columns,
    );
    expect(check.missing.map(({ name }) => name)).toEqual(['site_code']);
    expect(check.doubled).toEqual(['BSM']);
    expect(check.unused).toEqual(['XZQDM', '红线名称', 'HXLX', 'BZ']);
    expect(check.withoutCode).toBe(false);
    expect(checkMapping(minePatches, { code: null }, file.columns).withoutCode).toBe(true);
  });

  it('shows the first values that differ, an empty one as none', () => {
    const sampleRows = ['甲', '', '甲', '乙', '丙', '丁'].map((value, index) => ({
      row: index + 1,
      values: { MC: value },
    }));
    expect(sampleValues({ sampleRows }, 'MC')).toEqual(['甲', null, '乙']);
    expect(sampleValues({ sampleRows }, null)).toEqual([]);
  });
});
