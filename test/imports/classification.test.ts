/** What must be said before official data comes in, and what closes with it. */
import { utimes } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../server/db/database.ts';
import { readClassification } from '../../server/imports/settle-order.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { newDataset } from '../fixtures/datasets.ts';
import { ringAround, writeGeoJson } from '../fixtures/imports/deliveries.ts';
import { createImporter, type Importer } from '../fixtures/imports/importer.ts';

const feature = (code: string, lng: number, lat = 25.8) => ({
  properties: { BSM: code, MC: code },
  geometry: { type: 'Polygon', coordinates: [ringAround(lng, lat, 0.002)] },
});

it.each([
  ['internal', 'internal'],
  ['公开', 'public'],
  ['工作秘密', 'internal'],
  ['依申请公开', 'on_request'],
])('takes the classification %s', (typed, known) => {
  expect(readClassification(typed)).toBe(known);
});
it.each(['秘密', '机密', '绝密', 'secret', 'Top secret'])('refuses data classified %s', (typed) => {
  expect(() => readClassification(typed)).toThrow(/may not be in this system/);
});

describeOnEngines('what must be said of an import', ({ open }) => {
  let importer: Importer;
  let database: Database;
  beforeAll(async () => {
    database = await open();
    importer = await createImporter(database);
  });
  afterAll(() => importer.remove());
  const unsaid = { classification: undefined, asOf: undefined };

  it('asks for the classification of the first data of a layer, saying what to add, and inherits it afterwards', async () => {
    const file = await writeGeoJson(importer.folder, 'first.geojson', [feature('A', 115)]);
    const error = await importer.refusal(file, unsaid);
    expect(error.field).toBe('classification');
    expect(error.text.zh).toContain('--classification internal');
    const dry = await importer.run(file, unsaid, { isDryRun: true });
    expect(dry.warnings.map(({ en }) => en).join()).toMatch(/classification is not given yet/);
    await importer.run(file, { ...unsaid, classification: 'on_request' });
    const next = await importer.run(file, unsaid);
    expect(next.classification).toBe('on_request');
    expect(next.assumptions.map(({ zh }) => zh).join()).toMatch(/密级沿用现有数据的 on_request/);
  });

  it('asks again over the sample, and closes the layer to readers without an account', async () => {
    const sample = await newDataset(database, 'wetland_parks', 'sample');
    await importer.rows(
      `insert into geo.wetland_park (code, name, dataset_id, geom)
       values ('S', '示意', $1, ST_GeomFromText('MULTIPOLYGON(((115 25,115.01 25,115.01 25.01,115 25)))', 4490))`,
      [sample],
    );
    const file = await writeGeoJson(importer.folder, 'parks.geojson', [feature('P', 115)]);
    const parks = { layerId: 'wetland_parks' };
    expect((await importer.refusal(file, { ...unsaid, ...parks })).text.en).toMatch(
      /holds sample data.*--classification internal/,
    );
    for (const mode of ['upsert', 'append'] as const) {
      expect((await importer.refusal(file, { ...parks, mode })).text.en).toMatch(/may not be mixed with/);
    }
    const report = await importer.run(file, { ...parks, classification: 'public' });
    expect(report.assumptions.map(({ en }) => en).join()).toMatch(/can no longer be read without signing in/);
    expect(
      await importer.rows(`select anonymous_read from app.layer_setting where layer_id = 'wetland_parks'`),
    ).toEqual([{ anonymous_read: false }]);
  });

  it('takes the day of the file where none is given, and says so', async () => {
    const file = await writeGeoJson(importer.folder, 'dated.geojson', [feature('A', 115)]);
    await utimes(file, new Date('2025-06-30T20:00:00Z'), new Date('2025-06-30T20:00:00Z'));
    const report = await importer.run(file, { asOf: undefined });
    // Four in the morning of the next day in Asia/Shanghai.
    expect(report.asOf).toBe('2025-07-01');
    expect(report.assumptions.map(({ zh }) => zh).join()).toMatch(/资料截止日期取文件日期 2025-07-01/);
    const [row] = await importer.rows(`select as_of::text from app.dataset where id = $1`, [
      report.datasetId,
    ]);
    expect(row).toEqual({ as_of: '2025-07-01' });
  });

  it('recognises undeclared GCJ-02 by features of the same code, and nothing else as that', async () => {
    const at = (lng: number, lat: number) =>
      ['1', '2', '3', '4'].map((code, index) => feature(code, lng + index / 10, lat));
    const write = (name: string, lng: number, lat: number) =>
      writeGeoJson(importer.folder, name, at(lng, lat));
    await importer.run(await write('true.geojson', 115, 25.8));
    const shifted = await write('gcj.geojson', 115 + 490 / 100_200, 25.8 - 345 / 111_320);
    const report = await importer.run(shifted, {}, { isDryRun: true });
    expect(report.warnings.map(({ zh }) => zh).join()).toMatch(
      /疑似火星坐标.*4 个要素.*偏东 49\d 米、偏南 34\d 米/,
    );
    const moved = await importer.run(await write('moved.geojson', 115.01, 25.8), {}, { isDryRun: true });
    expect(moved.warnings).toEqual([]);
  });

  it('refuses a declared datum of secret parameters for layers that are screened, keeps the doubt on a reference layer', async () => {
    const file = await writeGeoJson(importer.folder, 'gcj02.geojson', [feature('G', 115)]);
    expect((await importer.refusal(file, { crs: 'GCJ-02' })).text.zh).toMatch(/火星坐标.*不能导入/);
    const line = {
      type: 'LineString',
      coordinates: [
        [114.9, 25.8],
        [115.1, 25.9],
      ],
    };
    const rivers = await writeGeoJson(importer.folder, 'rivers.geojson', [
      { properties: { MC: '贡水' }, geometry: line },
    ]);
    const report = await importer.run(rivers, { layerId: 'rivers', crs: 'GCJ-02' });
    expect(report.positionDoubt).toBe('gcj02');
    const [row] = await importer.rows('select position_doubt from app.dataset where id = $1', [
      report.datasetId,
    ]);
    expect(row).toEqual({ position_doubt: 'gcj02' });
  });
});
