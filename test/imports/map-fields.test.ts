import { describe, expect, it } from 'vitest';
import { findLayer } from '../../geodata/catalogue/index.ts';
import type { LayerField } from '../../geodata/catalogue/layer-definition.ts';
import { mapColumns, readValue } from '../../server/imports/map-fields.ts';

function layer(id: string) {
  const found = findLayer(id);
  if (found === undefined) throw new Error(`no layer ${id}`);
  return found;
}

function mapped(layerId: string, columns: string[], encoding: 'utf-8' | 'gb18030' | null = 'gb18030') {
  const { columns: byField, unused } = mapColumns(layer(layerId), columns, encoding);
  return { ...byField, unused };
}

function field(layerId: string, name: string): LayerField {
  const found = layer(layerId).fields.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no field ${name}`);
  return found;
}

describe('mapColumns', () => {
  it('knows the words of the national standard and titles in both languages', () => {
    expect(
      mapped('ecological_red_lines', ['OBJECTID', 'bsm', 'XZQDM', '红线名称', 'Type', '批次(版本)']),
    ).toEqual({
      code: 'bsm',
      county_adcode: 'XZQDM',
      name: '红线名称',
      red_line_type: 'Type',
      batch: '批次(版本)',
      unused: ['OBJECTID'],
    });
  });

  it('prefers the own name of a field to an alias of it', () => {
    expect(mapped('mine_sites', ['BSM', 'code', 'KSMC', 'name'])).toMatchObject({
      code: 'code',
      name: 'name',
    });
  });

  it('never feeds what the database computes', () => {
    expect(mapped('rivers', ['name', 'length_m', 'version', 'data_kind'])).toEqual({
      name: 'name',
      unused: ['length_m', 'version', 'data_kind'],
    });
  });

  it('recognises names the table format cut at ten bytes', () => {
    expect(mapped('ecological_red_lines', ['county_adc', 'red_line_t'])).toMatchObject({
      county_adcode: 'county_adc',
      red_line_type: 'red_line_t',
    });
    expect(mapped('mine_sites', ['行政区划代'])).toMatchObject({ county_adcode: '行政区划代' });
    expect(mapped('ecological_red_lines', ['红线名'], 'utf-8')).toMatchObject({ name: '红线名' });
  });

  it('takes no short name for the beginning of a long one', () => {
    expect(mapped('ecological_red_lines', ['红', 'co', '行政区'])).toEqual({
      unused: ['红', 'co', '行政区'],
    });
  });
});

describe('readValue', () => {
  const former = new Map([['360721', '360704']]);
  it.each([
    ['wetland_parks', 'published_area_m2', '1,234.5', 1234.5],
    ['mine_sites', 'plan_year', '2024', 2024],
    ['mine_sites', 'status_on', '2024/3/5', '2024-03-05'],
    ['mine_sites', 'status_on', '20240305', '2024-03-05'],
    ['mine_sites', 'status_on', '2024年3月5日', '2024-03-05'],
    ['mine_sites', 'county_adcode', '360721101', '360704'],
    ['mine_sites', 'county_adcode', '360702001002', '360702'],
    ['mine_sites', 'name', '  岿美山 ', '岿美山'],
    ['mine_sites', 'name', '   ', null],
    ['mine_sites', 'status', '销号', 'closed'],
    ['mine_sites', 'status', 'closed', 'closed'],
    ['mine_sites', 'mineral', 'Tungsten', '钨'],
    ['mine_sites', 'mineral', '铜', '铜'],
  ])('of %s.%s reads "%s"', (layerId, name, raw, value) => {
    expect(readValue(field(layerId, name), raw, former)).toMatchObject({ value });
  });

  it.each([
    ['wetland_parks', 'published_area_m2', '约三公顷'],
    ['mine_sites', 'plan_year', '2024.5'],
    ['mine_sites', 'status_on', '2024-02-30'],
    ['mine_sites', 'county_adcode', '36072'],
    ['mine_sites', 'status', '做完了'],
  ])('of %s.%s refuses "%s" in both languages', (layerId, name, raw) => {
    const read = readValue(field(layerId, name), raw, former);
    expect(read).toEqual({ problem: { zh: expect.stringContaining(raw), en: expect.stringContaining(raw) } });
  });
});

describe('given columns', () => {
  const columns = ['BSM', '名称', 'MC', 'XZQDM'];
  const given = (mapping: Record<string, string | null>, profile: Record<string, string | null> = {}) =>
    mapColumns(layer('ecological_red_lines'), columns, 'gb18030', mapping, profile);

  it('win over what the names suggest, and leave the rest to it', () => {
    expect(given({ name: 'MC', county_adcode: null })).toEqual({
      columns: { code: 'BSM', name: 'MC' },
      unused: ['名称', 'XZQDM'],
    });
  });

  it('win over those of a profile, which wins over names', () => {
    expect(given({ name: 'MC' }, { name: '名称', code: null }).columns).toEqual({
      name: 'MC',
      county_adcode: 'XZQDM',
    });
  });

  it('are not fed to another field as well', () => {
    expect(given({ red_line_type: '名称' }).columns).toMatchObject({ red_line_type: '名称', name: 'MC' });
  });

  it('must be in the file, and their fields in the layer', () => {
    expect(() => given({ name: 'GONE' })).toThrow(/no column "GONE".*BSM、名称、MC、XZQDM/);
    expect(() => given({ colour: 'MC' })).toThrow(/no field "colour".*red_line_type/);
    expect(() => given({ area_m2: 'MC' })).toThrow(/no field "area_m2"/);
  });
});

describe('a former county code', () => {
  it('is told from a present one', () => {
    const county = field('mine_sites', 'county_adcode');
    expect(readValue(county, '360721', new Map([['360721', '360704']]))).toEqual({
      value: '360704',
      isFormerCode: true,
    });
    expect(readValue(county, '360704', new Map([['360721', '360704']]))).toEqual({ value: '360704' });
  });
});
