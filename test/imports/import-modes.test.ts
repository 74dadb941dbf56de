/** What an import does to the rows that stand: replace, upsert, append. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeOnEngines } from '../engines/on-engines.ts';
import { ringAround, writeGeoJson } from '../fixtures/imports/deliveries.ts';
import { createImporter, type Importer } from '../fixtures/imports/importer.ts';

const redLine = (code: string, name: string, lng = 115, more: Record<string, unknown> = {}) => ({
  properties: { BSM: code, MC: name, ...more },
  geometry: { type: 'Polygon', coordinates: [ringAround(lng, 25.8)] },
});

describeOnEngines('modes of an import', ({ open }) => {
  let importer: Importer;
  beforeAll(async () => {
    importer = await createImporter(await open());
  });
  afterAll(() => importer.remove());
  const write = (name: string, features: ReturnType<typeof redLine>[]) =>
    writeGeoJson(importer.folder, name, features);
  const stored = () =>
    importer.rows(
      'select code, name, red_line_type as type, version, dataset_id from geo.ecological_red_line order by code',
    );

  beforeEach(async () => {
    await importer.run(
      await write('base.geojson', [
        redLine('A', '甲', 115, { HXLX: '水源涵养' }),
        redLine('B', '乙', 115.1, { HXLX: '水土保持' }),
      ]),
    );
  });

  it('replaces every row, and goes on counting the version of a code that stood', async () => {
    const before = await stored();
    const report = await importer.run(
      await write('next.geojson', [redLine('B', '乙二'), redLine('C', '丙')]),
    );
    expect(report).toMatchObject({ mode: 'replace', insertedCount: 2, updatedCount: 0, removedCount: 2 });
    expect(await stored()).toMatchObject([
      { code: 'B', name: '乙二', version: Number(before[1]?.version) + 1, type: null },
      { code: 'C', name: '丙', version: 1 },
    ]);
    const standing = await importer.rows(
      `select feature_count from app.dataset where layer_id = 'ecological_red_lines' and removed_at is null`,
    );
    expect(standing).toEqual([{ feature_count: 2 }]);
  });

  it('finds the rows that stood by code, so that twenty thousand of them do not take minutes', async () => {
    const { datasetId } = await importer.run(await write('next.geojson', [redLine('B', '乙二')]));
    const indexes = await importer.rows(
      `select indexdef from pg_indexes where schemaname = 'stage' and tablename = 'former_${datasetId}'`,
    );
    expect(indexes).toEqual([{ indexdef: expect.stringMatching(/USING btree \(code\)$/) }]);
  });

  it('updates by code, inserts what is new, leaves the rest and the columns the file lacks', async () => {
    const file = await write('upsert.geojson', [redLine('B', '乙新', 115.3), redLine('C', '丙')]);
    const report = await importer.run(file, { mode: 'upsert' });
    expect(report).toMatchObject({ insertedCount: 1, updatedCount: 1, removedCount: 0, featureCount: 2 });
    const after = await stored();
    expect(after).toMatchObject([
      { code: 'A', name: '甲', type: '水源涵养' },
      { code: 'B', name: '乙新', type: '水土保持' },
      { code: 'C', name: '丙', type: null },
    ]);
    expect(after[1]?.dataset_id).toBe(report.datasetId);
    expect(after[0]?.dataset_id).not.toBe(report.datasetId);
    const counts = await importer.rows(
      `select feature_count from app.dataset where layer_id = 'ecological_red_lines' and removed_at is null order by id`,
    );
    expect(counts).toEqual([{ feature_count: 1 }, { feature_count: 2 }]);
    const [moved] = await importer.rows(
      `select ST_X(anchor) as lng, ST_XMin(geom) as west from geo.ecological_red_line where code = 'B'`,
    );
    expect(moved?.lng).toBeCloseTo(115.3, 2);
  });

  it('retires a dataset of which an upsert overwrote every row', async () => {
    await importer.run(await write('all.geojson', [redLine('A', '甲'), redLine('B', '乙')]), {
      mode: 'upsert',
    });
    const standing = await importer.rows(
      `select feature_count, mode from app.dataset where layer_id = 'ecological_red_lines' and removed_at is null`,
    );
    expect(standing).toEqual([{ feature_count: 2, mode: 'upsert' }]);
  });

  it('appends what is new, and rejects a code that stands with its row', async () => {
    const good = await write('append.geojson', [redLine('C', '丙')]);
    expect(await importer.run(good, { mode: 'append' })).toMatchObject({ insertedCount: 1, removedCount: 0 });
    expect((await stored()).map(({ code }) => code)).toEqual(['A', 'B', 'C']);
    const again = await write('again.geojson', [redLine('D', '丁'), redLine('A', '甲')]);
    const error = await importer.refusal(again, { mode: 'append' });
    expect(error.text.zh).toMatch(/第 2 行\(A\).*已经存在.*upsert/);
  });

  it('counts in a dry run what the import would do, and changes nothing', async () => {
    const before = await importer.state();
    const file = await write('dry.geojson', [redLine('B', '乙'), redLine('C', '丙')]);
    expect(await importer.run(file, { mode: 'upsert' }, { isDryRun: true })).toMatchObject({
      isDryRun: true,
      datasetId: null,
      insertedCount: 1,
      updatedCount: 1,
    });
    expect(await importer.run(file, {}, { isDryRun: true })).toMatchObject({
      removedCount: 2,
      featureCount: 2,
    });
    expect(await importer.state()).toBe(before);
  });

  it('leaves out rejected rows only where that is said, and lists them all the same', async () => {
    const torn = { properties: { BSM: 'X', MC: '坏' }, geometry: null };
    const file = await writeGeoJson(importer.folder, 'skip.geojson', [redLine('N', '好'), torn]);
    expect((await importer.refusal(file)).text.en).toMatch(/--skip-rejected/);
    const report = await importer.run(file, { skipRejected: true });
    expect(report).toMatchObject({ featureCount: 1, rowCount: 2 });
    expect(report.problems).toMatchObject([{ row: 2 }]);
    expect((await stored()).map(({ code }) => code)).toEqual(['N']);
  });
});
