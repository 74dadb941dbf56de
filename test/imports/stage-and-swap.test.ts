/** Rows on their way into a layer: staged, judged once, mended or rejected, swapped in as one; and what may go wrong meanwhile. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { checkImport, dropStaged, finishImport, readFiles } from '../../server/imports/import-file.ts';
import { createWorkFolder } from '../../server/imports/work-folder.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { ringAround, writeGeoJson } from '../fixtures/imports/deliveries.ts';
import { createImporter, type Importer } from '../fixtures/imports/importer.ts';

type Ring = (number | undefined)[][];
const feature = (code: string, rings: Ring[], more: Record<string, unknown> = {}) => ({
  properties: { BSM: code, MC: `红线${code}`, ...more },
  geometry: { type: 'Polygon', coordinates: rings },
});
const square = (lng: number, lat: number, size: number): Ring => [
  [lng, lat],
  [lng + size, lat],
  [lng + size, lat + size],
  [lng, lat + size],
  [lng, lat],
];
/** A long boundary whose line crosses itself by about a millimetre at one corner. */
const nicked: Ring = [
  [115, 25],
  [115.01, 25],
  [115.01, 25.01],
  [115.000_000_01, 25.01],
  [115, 25.010_000_01],
  [115.000_000_01, 25.010_000_01],
  [115, 25.01],
  [115, 25],
];
const bowTie: Ring = [
  [115, 25],
  [115.01, 25.01],
  [115.01, 25],
  [115, 25.01],
  [115, 25],
];

describeOnEngines('staging and swapping', ({ open, engine }) => {
  // A server reads on other connections anyway.
  const onEmbedded = engine === 'embedded' ? it : () => undefined;
  let importer: Importer;
  beforeAll(async () => {
    importer = await createImporter(await open());
  });
  afterAll(() => importer.remove());
  beforeEach(() => importer.rows('delete from geo.ecological_red_line'));
  const write = (name: string, features: Parameters<typeof writeGeoJson>[2]) =>
    writeGeoJson(importer.folder, name, features);
  const settings = { layerId: 'ecological_red_lines', classification: 'internal' as const };
  const stagedTables = async (): Promise<unknown[]> =>
    importer.rows(
      `select relname from pg_class where relnamespace = 'stage'::regnamespace and relname like 'staged%'`,
    );
  const silent = { report: () => {}, signal: new AbortController().signal };
  const check = async (file: string) => {
    const folder = await createWorkFolder(importer.context.config.dataDir);
    const delivery = await readFiles(importer.context, [file], {}, folder.path, silent);
    const checked = await checkImport(importer.context, delivery, settings, silent);
    await folder.remove();
    return checked;
  };

  it('stores the very values the triggers of the table would have given', async () => {
    const hole = square(115.002, 25.002, 0.002).toReversed();
    await importer.run(
      await write('values.geojson', [
        feature('clockwise', [square(115, 25, 0.01).toReversed()]),
        feature('hole', [square(115, 25, 0.01), hole]),
        {
          properties: { BSM: 'two', MC: '两块' },
          geometry: {
            type: 'MultiPolygon',
            coordinates: [[square(115, 25, 0.01)], [square(115.1, 25, 0.02)]],
          },
        },
      ]),
    );
    // Written once more without an import, the triggers derive everything from the shape.
    const inserted = await importer.rows(
      `insert into geo.ecological_red_line (code, name, dataset_id, geom)
       select code || ' again', name, dataset_id, ST_Reverse(geom) from geo.ecological_red_line returning code`,
    );
    expect(inserted).toHaveLength(3);
    const pairs = await importer.rows(
      `select a.code, a.area_m2 = b.area_m2 and a.area_m2 > 1e5 as same_area, ST_Equals(a.anchor, b.anchor) as same_anchor,
         ST_Equals(a.geom, b.geom) and ST_IsPolygonCCW(a.geom) as same_shape, a.data_kind = b.data_kind as same_kind
       from geo.ecological_red_line as a join geo.ecological_red_line as b on b.code = a.code || ' again' order by 1`,
    );
    const same = { same_area: true, same_anchor: true, same_shape: true, same_kind: true };
    expect(pairs).toEqual(['clockwise', 'hole', 'two'].map((code) => ({ code, ...same })));
  });

  it('lets nobody but the swap bring measured values', async () => {
    await importer.run(await write('plain.geojson', [feature('plain', [square(115, 25, 0.01)])]));
    const [row] = await importer.rows(
      `insert into geo.ecological_red_line (code, dataset_id, geom, area_m2)
       select 'forged', dataset_id, geom, 1 from geo.ecological_red_line where code = 'plain' returning area_m2`,
    );
    expect(Number(row?.area_m2)).toBeGreaterThan(1e6);
  });

  it('mends a nick that leaves type and area as they are, and says it with both areas', async () => {
    const report = await importer.run(await write('nick.geojson', [feature('nick', [nicked])]));
    expect(report.problems).toEqual([]);
    expect(report.repairs).toMatchObject([{ row: 1, code: 'nick' }]);
    expect(report.repairs[0]?.reason.zh).toMatch(/已修补;面积 11\d{5}\.\d\d m² → 11\d{5}\.\d\d m²/);
    expect(
      await importer.rows(
        'select ST_IsValid(geom) as valid, ST_NumGeometries(geom) as parts, area_m2 > 1e6 as measured from geo.ecological_red_line',
      ),
    ).toEqual([{ valid: true, parts: 1, measured: true }]);
  });

  it('rejects what mending would change: a bow-tie, overlapping parts, a hole beyond its shell', async () => {
    const overlapping = {
      properties: { BSM: 'parts' },
      geometry: { type: 'MultiPolygon', coordinates: [[square(115, 25, 0.01)], [square(115.005, 25, 0.01)]] },
    };
    const beyond = feature('hole', [square(115, 25, 0.01), square(115.005, 25.005, 0.02).toReversed()]);
    const file = await write('broken.geojson', [feature('tie', [bowTie]), overlapping, beyond]);
    const error = await importer.refusal(file);
    expect(error.text.en).toMatch(/3 rows have problems/);
    expect(error.text.zh).toMatch(/第 1 行\(tie\).*115\.005/);
    expect(await stagedTables()).toEqual([]);
  });

  it('names the row of a value the table cannot hold, whatever rule it breaks', async () => {
    const sites = (rows: Record<string, unknown>[]) =>
      write(
        'values.geojson',
        rows.map((properties, index) => ({
          properties: { MC: '矿', ...properties },
          geometry: { type: 'Polygon', coordinates: [ringAround(115 + index / 10, 25.8)] },
        })),
      );
    const file = await sites([
      { BSM: 'ok' },
      { BSM: 'range', progress_percent: 120 },
      { BSM: 'unit', reporting_unit: 'nowhere' },
      { BSM: 'negative', declared_area_m2: -1 },
    ]);
    const error = await importer.refusal(file, { layerId: 'mine_sites' });
    expect(error.text.en).toMatch(
      /Row 2 \(range\)[^\n]*Progress 120[\s\S]*Row 3 \(unit\)[^\n]*nowhere[\s\S]*Row 4 \(negative\)/,
    );
  });

  it('keeps the rows of two imports of one layer apart: the second one waits, both are whole', async () => {
    const many = (prefix: string) =>
      Array.from({ length: 40 }, (_, index) =>
        feature(`${prefix}${index}`, [square(115 + index / 100, 25, 0.005)]),
      );
    const files = [await write('a.geojson', many('a')), await write('b.geojson', many('b'))];
    await Promise.all(files.map((file) => importer.run(file)));
    const [row] = await importer.rows(
      `select count(*)::integer as n, count(distinct left(code, 1))::integer as kinds,
         (select sum(d.feature_count)::integer from app.dataset as d where d.layer_id = 'ecological_red_lines' and d.removed_at is null) as told
       from geo.ecological_red_line`,
    );
    expect(row).toEqual({ n: 40, kinds: 1, told: 40 });
  });

  it('finishes what was checked, unless its staged rows are gone meanwhile', async () => {
    const file = await write('one.geojson', [feature('one', [square(115, 25, 0.01)])]);
    const { report, staged } = await check(file);
    const done = await finishImport(importer.context, staged, report, settings, 'test', silent.signal);
    expect(done).toMatchObject({ isDryRun: false, featureCount: 1 });
    expect(await stagedTables()).toEqual([]);
    const again = await check(file);
    await importer.rows(`delete from stage."${again.staged.table}"`);
    const before = await importer.state();
    await expect(
      finishImport(importer.context, again.staged, again.report, settings, 'test', silent.signal),
    ).rejects.toThrow(/no longer in the database/);
    expect(await importer.state()).toBe(before);
    await dropStaged(importer.context, again.staged);
    await dropStaged(importer.context, again.staged);
  });

  it('judges codes again at the swap, when another import came between', async () => {
    const { report, staged } = await check(
      await write('late.geojson', [feature('late', [square(115, 25, 0.01)])]),
    );
    const appended = { ...staged, mode: 'append' as const };
    await importer.run(await write('early.geojson', [feature('late', [square(115, 25, 0.01)])]));
    await expect(
      finishImport(importer.context, appended, report, settings, 'test', silent.signal),
    ).rejects.toThrow(/stands in the layer already/);
    await dropStaged(importer.context, staged);
  });

  it('can be cancelled at any step, and leaves no rows and no files', async () => {
    await importer.run(await write('stands.geojson', [feature('stands', [square(115, 25, 0.01)])]));
    const file = await write(
      'long.geojson',
      Array.from({ length: 300 }, (_, index) => feature(`c${index}`, [ringAround(115, 25.8)])),
    );
    const before = await importer.state();
    for (const moment of [/Unpacking/, /Reading/, /Looking/, /Checked/, /Writing/]) {
      const abort = new AbortController();
      const reason = new Error(`cancelled at ${moment}`);
      const onReport = (line: string): void => {
        if (moment.test(line)) abort.abort(reason);
      };
      await expect(importer.run(file, {}, { signal: abort.signal, onReport })).rejects.toBe(reason);
      expect(await importer.state()).toBe(before);
      expect(await stagedTables()).toEqual([]);
    }
    expect(await readdir(join(importer.folder, 'imports'))).toEqual([]);
  });

  onEmbedded('lets readers in between while rows are staged', async () => {
    const file = await write(
      'many.geojson',
      Array.from({ length: 3_000 }, (_, index) =>
        feature(`m${index}`, [ringAround(114 + (index % 100) / 50, 25.8)]),
      ),
    );
    let longestMs = 0;
    let asked = 0;
    let isDone = false;
    const asking = (async () => {
      while (!isDone) {
        const startedAt = performance.now();
        await importer.context.database.query('select 1', [], { class: 'read' });
        longestMs = Math.max(longestMs, performance.now() - startedAt);
        asked += 1;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    })();
    const { staged } = await check(file).finally(() => {
      isDone = true;
    });
    await asking;
    await dropStaged(importer.context, staged);
    expect(asked).toBeGreaterThan(20);
    // Statements aim at 100 ms; ten times that leaves room for a busy machine.
    expect(longestMs).toBeLessThan(1_000);
  });
});
