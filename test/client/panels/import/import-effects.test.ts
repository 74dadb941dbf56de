import { describe, expect, it } from 'vitest';
import { texts } from '../../../../client/i18n/text.ts';
import { aboutOf, settingsOf } from '../../../../client/panels/import/about-data.ts';
import { layersClosedBy, modesFor } from '../../../../client/panels/import/import-effects.ts';
import { nameControls } from '../../../../client/panels/import/screen-words.ts';
import { catalogue } from '../../../../geodata/catalogue/index.ts';
import type { CatalogueLayer } from '../../../../geodata/contract/catalogue.ts';

type Dataset = CatalogueLayer['datasets'][number];
const sample = { kind: 'sample', classification: 'public' } as Dataset;
const official = { kind: 'official', classification: 'internal' } as Dataset;
const layersWith = (datasets: Dataset[]) => catalogue.map((definition) => ({ definition, datasets }));

describe('what an import will do', () => {
  it('closes a layer that can be read without an account, sites together with their patches', () => {
    expect(layersClosedBy('rivers', layersWith([sample])).map(({ id }) => id)).toEqual(['rivers']);
    const closed = layersClosedBy('mine_sites', layersWith([sample])).map(({ id }) => id);
    expect(closed.sort()).toEqual(['mine_patches', 'mine_sites']);
  });

  it('closes nothing that is closed already', () => {
    expect(layersClosedBy('rivers', layersWith([official]))).toEqual([]);
    expect(layersClosedBy('permanent_basic_farmland', layersWith([]))).toEqual([]);
  });

  it('only replaces the sample, which must not stand mixed with official data', () => {
    expect(modesFor({ datasets: [sample] })).toEqual(['replace']);
    expect(modesFor({ datasets: [official] })).toContain('upsert');
  });
});

describe('what is said about the data', () => {
  const inspection = { fileDay: '2025-09-28' };

  it('must be classified anew over the sample and inherits over official data', () => {
    expect(aboutOf({}, inspection, { datasets: [sample] }).classification).toBeNull();
    expect(aboutOf({}, inspection, { datasets: [official] }).classification).toBe('internal');
  });

  it('does not pass a day off as given that was only assumed', () => {
    const about = aboutOf({ classification: 'public' }, inspection, undefined);
    expect(settingsOf(about, inspection, false)).toEqual({ classification: 'public', skipRejected: false });
    expect(settingsOf({ ...about, asOf: '2025-08-31', title: ' 红线 ' }, inspection, true)).toEqual({
      asOf: '2025-08-31',
      classification: 'public',
      title: '红线',
      skipRejected: true,
    });
  });
});

describe('sentences of the service', () => {
  it('name the controls of the screen where the command line has switches', () => {
    const zh = texts['zh-CN'].imports;
    expect(nameControls('如有乱码请用 --encoding 指定', zh)).toBe('如有乱码请用“文字编码”指定');
    expect(nameControls('坐标系由 --crs 指定', zh)).toBe('坐标系按所选');
    expect(nameControls('Use --mode upsert.', texts.en.imports)).toBe('Use “Update”.');
  });
});
