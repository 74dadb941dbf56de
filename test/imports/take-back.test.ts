/** Taking an import back: everything as before, the newest first, never what was edited since. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { restoreArchive } from '../../server/archive/restore-archive.ts';
import { writeArchive } from '../../server/archive/write-archive.ts';
import { takeBackCommand } from '../../server/cli/take-back.ts';
import { listImports } from '../../server/imports/list-imports.ts';
import { takeBack } from '../../server/imports/take-back.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { newDataset } from '../fixtures/datasets.ts';
import { ringAround, writeGeoJson } from '../fixtures/imports/deliveries.ts';
import { createImporter, type Importer } from '../fixtures/imports/importer.ts';

const redLine = (code: string, name: string, lng = 115) => ({
  properties: { BSM: code, MC: name },
  geometry: { type: 'Polygon', coordinates: [ringAround(lng, 25.8)] },
});

describeOnEngines('taking an import back', ({ open }) => {
  let importer: Importer;
  const files: string[] = [];
  beforeAll(async () => {
    const database = await open();
    importer = await createImporter(database);
    const sample = await newDataset(database, 'ecological_red_lines', 'sample');
    await importer.rows(
      `insert into geo.ecological_red_line (code, name, dataset_id, geom)
       select 'S' || i, '示意' || i, $1, ST_GeomFromText('MULTIPOLYGON(((115 25,115.01 25,115.01 25.01,115 25)))', 4490)
       from generate_series(1, 3) as i`,
      [sample],
    );
    await importer.rows('update app.dataset set feature_count = 3 where id = $1', [sample]);
    for (const [name, rows] of [
      ['first', [redLine('A', '甲'), redLine('B', '乙', 115.1)]],
      ['second', [redLine('B', '乙二', 115.2), redLine('C', '丙')]],
      ['third', [redLine('D', '丁')]],
    ] as const) {
      files.push(await writeGeoJson(importer.folder, `${name}.geojson`, rows));
    }
  });
  afterAll(() => importer.remove());
  const undo = (report: { datasetId: string | null }) =>
    takeBack(importer.context, report.datasetId ?? '', 'test');
  const [first, second, third] = [0, 1, 2].map((index) => () => files[index] ?? '') as [
    () => string,
    () => string,
    () => string,
  ];
  const run = async (words: string[]): Promise<string> => {
    const lines: string[] = [];
    const reporter = {
      report: ({ en }: { en: string }) => lines.push(en),
      signal: new AbortController().signal,
    };
    await takeBackCommand.parse(words, '/').run(importer.context, reporter);
    return lines.join('\n');
  };

  it('gives back the sample, its dataset and open reading after a replacing import', async () => {
    const before = await importer.state();
    const report = await importer.run(first());
    expect(await importer.state()).not.toBe(before);
    const [revision] = await importer.rows(
      `select revision from app.layer_revision where layer_id = 'ecological_red_lines'`,
    );
    await undo(report);
    expect(await importer.state()).toBe(before);
    const [raised] = await importer.rows(
      `select revision from app.layer_revision where layer_id = 'ecological_red_lines'`,
    );
    expect(Number(raised?.revision)).toBeGreaterThan(Number(revision?.revision));
    expect(await importer.rows(`select actor, subject from app.audit where action = 'take-back'`)).toEqual([
      { actor: 'test', subject: 'ecological_red_lines' },
    ]);
    expect(
      await importer.rows(
        `select relname from pg_class where relnamespace = 'stage'::regnamespace and relkind = 'r'`,
      ),
    ).toEqual([{ relname: 'take_back' }]);
  });

  it('undoes replace, upsert and append one after the other, the newest first', async () => {
    const states = [await importer.state()];
    const reports = [];
    for (const [file, mode] of [
      [first(), 'replace'],
      [second(), 'upsert'],
      [third(), 'append'],
    ] as const) {
      reports.push(await importer.run(file, { mode }));
      states.push(await importer.state());
    }
    const listed = await listImports(importer.context);
    expect(listed.slice(0, 3).map(({ takeBackRefusal }) => takeBackRefusal?.en ?? null)).toEqual([
      null,
      expect.stringMatching(/a later import stands/),
      expect.stringMatching(/a later import stands/),
    ]);
    await expect(undo(reports[0] ?? { datasetId: null })).rejects.toMatchObject({ code: 'conflict' });
    for (const report of reports.toReversed()) {
      states.pop();
      await undo(report);
      expect(await importer.state()).toBe(states.at(-1));
      await expect(undo(report)).rejects.toThrow(/taken back already/);
    }
  });

  it('refuses while something was edited or removed since, and says how many', async () => {
    const report = await importer.run(first());
    await importer.rows(`update geo.ecological_red_line set name = '改' where code = 'A'`);
    await expect(undo(report)).rejects.toThrow(/1 of its features were edited/);
    await importer.rows(`delete from geo.ecological_red_line where code in ('A', 'B')`);
    await expect(undo(report)).rejects.toThrow(/2 of its features/);
  });

  it('keeps the former rows of the last 10 imports only, and says so of older ones', async () => {
    const reports = [];
    for (let round = 0; round < 11; round += 1)
      reports.push(await importer.run(first(), { title: `第${round}次` }));
    for (const report of reports.slice(1).toReversed()) await undo(report);
    await expect(undo(reports[0] ?? { datasetId: null })).rejects.toThrow(/only that of the last 10/);
    const tables = await importer.rows(
      `select relname from pg_class where relnamespace = 'stage'::regnamespace and relname like 'former%'`,
    );
    expect(tables).toEqual([]);
  }, 300_000);

  it('is no longer possible after a restore, which forgets what was kept', async () => {
    const { datasetId } = await importer.run(first());
    const archive = join(importer.folder, 'backup.lantu.gz');
    const { signal } = new AbortController();
    await writeArchive(importer.context, archive, signal);
    await importer.run(second());
    await restoreArchive(importer.context, archive, { replace: true, allowBrokenChain: false, signal });
    await expect(undo({ datasetId })).rejects.toThrow(/none after a restore/);
    expect(await importer.rows('select dataset_id from stage.take_back')).toEqual([]);
    expect(
      await importer.rows(
        `select relname from pg_class where relnamespace = 'stage'::regnamespace and relkind = 'r' and relname <> 'take_back'`,
      ),
    ).toEqual([]);
  });

  it('is listed and done by the command, which wants exactly one thing to do', async () => {
    const report = await importer.run(second());
    expect(await run(['--list'])).toMatch(
      new RegExp(`${report.datasetId} .*second.geojson.*current; can be taken back`),
    );
    expect(await run(['--dataset', report.datasetId ?? ''])).toMatch(/was taken back/);
    expect(await run(['--list'])).toMatch(
      new RegExp(`${report.datasetId} .*taken back; it was taken back already`),
    );
    await expect(run(['--dataset', '999999'])).rejects.toThrow(/no dataset 999999/);
    expect(() => takeBackCommand.parse([], '/')).toThrow(/--list/);
  });
});
