import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { catalogue } from '../../geodata/catalogue/index.ts';
import { ganzhou } from '../../geodata/reference/ganzhou/region.ts';
import { importCommand } from '../../server/cli/import.ts';
import { readConfig } from '../../server/config.ts';
import type { Context } from '../../server/context.ts';
import type { Database } from '../../server/db/database.ts';
import { loadSample } from '../../server/imports/load-sample.ts';
import { silentLog } from '../engines/database-place.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import {
  redLineShapefile,
  ringAround,
  writeGbkZip,
  writeGeoJson,
  zone38Prj,
} from '../fixtures/imports/deliveries.ts';

const read = { class: 'read' } as const;

describeOnEngines('npm run import', ({ open }) => {
  let database: Database;
  let context: Context;
  let folder: string;
  beforeAll(async () => {
    database = await open();
    folder = await mkdtemp(join(tmpdir(), 'lantu-import-command-'));
    const { config } = readConfig({ LANTU_DATA_DIR: folder });
    context = { config, region: ganzhou, catalogue, database, log: silentLog };
    await loadSample(database, ganzhou, { report: () => {} });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function run(words: string[], signal = new AbortController().signal): Promise<string[]> {
    const lines: string[] = [];
    const reporter = {
      report: ({ zh, en }: { zh: string; en: string }) => lines.push(`${zh} | ${en}`),
      signal,
    };
    await importCommand.parse(words, folder).run(context, reporter);
    return lines;
  }
  async function redLines(): Promise<{ kinds: string; n: number; revision: number }> {
    const [row] = await database.query<{ kinds: string; n: number; revision: number }>(
      `select string_agg(distinct data_kind, ',') as kinds, count(*)::integer as n,
              (select revision::integer from app.layer_revision where layer_id = 'ecological_red_lines') as revision
         from geo.ecological_red_line`,
      [],
      read,
    );
    if (row === undefined) throw new Error('no row');
    return row;
  }

  it('asks for the layer, and takes paths from where it was typed, but not names of profiles', async () => {
    expect(() => importCommand.parse(['x.zip'], folder)).toThrow(/--layer/);
    expect(() => importCommand.parse(['--layer', 'rivers'], folder)).toThrow(/FILE is missing/);
    expect(() => importCommand.parse(['x.zip', '--layer', 'rivers', '--as-of', '30.9.2025'], folder)).toThrow(
      /2025-09-30/,
    );
    expect(() => importCommand.parse(['x.zip', '--layer', 'rivers', '--mode', 'merge'], folder)).toThrow(
      /--mode/,
    );
    const parse = (map: string) =>
      importCommand.parse(['x.shp', 'x.dbf', '--layer', 'rivers', '--map', map], '/data/bureau').options;
    expect(parse('定南 2025')).toMatchObject({
      file: ['/data/bureau/x.shp', '/data/bureau/x.dbf'],
      map: '定南 2025',
      mode: 'replace',
    });
    expect(parse('columns.json')).toMatchObject({ map: '/data/bureau/columns.json' });
  });

  it('says exactly what to add where official data goes over the sample', async () => {
    const file = await writeGbkZip(folder, 'unsaid.zip', { bytes: redLineShapefile(), prj: zone38Prj });
    const before = await redLines();
    await expect(run([file, '--layer', 'ecological_red_lines'])).rejects.toThrow(
      /holds sample data.*--classification internal/,
    );
    await expect(run([file, '--layer', 'ecological_red_lines', '--classification', '机密'])).rejects.toThrow(
      /may not be in this system/,
    );
    expect(await redLines()).toEqual(before);
  });

  it('maps fields by a JSON file, and says what is wrong with one', async () => {
    const file = await writeGbkZip(folder, 'map.zip', { bytes: redLineShapefile(), prj: zone38Prj });
    const words = [file, '--layer', 'ecological_red_lines', '--dry-run', '--map'];
    await writeFile(join(folder, 'columns.json'), JSON.stringify({ name: 'HXLX', red_line_type: null }));
    const lines = (await run([...words, 'columns.json'])).join('\n');
    expect(lines).toContain('HXLX → name');
    expect(lines).toMatch(/预检通过:3 个要素可以导入/);
    await writeFile(join(folder, 'wrong.json'), '["name"]');
    await expect(run([...words, 'wrong.json'])).rejects.toThrow(/cannot be used/);
    await expect(run([...words, 'absent.json'])).rejects.toThrow(/cannot be used/);
  });

  it('imports nothing when the report could not be kept', async () => {
    const before = await redLines();
    const file = await writeGbkZip(folder, 'whole.zip', { bytes: redLineShapefile(), prj: zone38Prj });
    const words = [
      file,
      '--layer',
      'ecological_red_lines',
      '--as-of',
      '2025-09-30',
      '--classification',
      'internal',
    ];
    await expect(run([...words, '--report', 'no/such/folder/r.json'])).rejects.toThrow(/cannot be written/);
    expect(await redLines()).toEqual(before);
  });

  it('leaves the sample as it is when a row is bad, and lists it in the JSON report', async () => {
    const before = await redLines();
    const polygon = { type: 'Polygon', coordinates: [ringAround(115, 25.8)] };
    await writeGeoJson(folder, 'bad.geojson', [
      { properties: { BSM: '1' }, geometry: polygon },
      { properties: { BSM: '1' }, geometry: polygon },
    ]);
    const words = [
      'bad.geojson',
      '--layer',
      'ecological_red_lines',
      '--as-of',
      '2025-09-30',
      '--classification',
      'internal',
    ];
    await expect(run([...words, '--report', 'bad.json'])).rejects.toThrow(/1 rows have problems/);
    expect(await redLines()).toEqual(before);
    const report = JSON.parse(await readFile(join(folder, 'bad.json'), 'utf8'));
    expect(report.problems).toEqual([
      { row: 2, code: '1', reason: expect.objectContaining({ zh: expect.stringContaining('第 1 行') }) },
    ]);
  });

  it('replaces the sample of the layer, raises its revision, keeps the other layers, and says it in both languages', async () => {
    const before = await redLines();
    expect(before).toMatchObject({ kinds: 'sample', n: 412 });
    await writeGbkZip(folder, '红线.zip', { bytes: redLineShapefile(), prj: zone38Prj, cpg: 'GBK' });
    const words = [
      '红线.zip',
      '--layer',
      'ecological_red_lines',
      '--as-of',
      '2025-10-31',
      '--classification',
      'internal',
      '--report',
      'good.json',
    ];
    const lines = await run(words);
    const after = await redLines();
    expect(after).toMatchObject({ kinds: 'official', n: 3 });
    expect(after.revision).toBeGreaterThan(before.revision);
    expect(lines.join('\n')).toMatch(/已导入 3 个要素.*替换原有 412 个.*Imported 3 features/);
    expect(lines.join('\n')).toContain('EPSG:4526');
    expect(JSON.parse(await readFile(join(folder, 'good.json'), 'utf8'))).toMatchObject({
      featureCount: 3,
      removedCount: 412,
    });
    const [kept] = await database.query<{ n: number }>(
      `select count(*)::integer as n from geo.wetland_park where data_kind = 'sample'`,
      [],
      read,
    );
    expect(kept?.n).toBe(12);
  });

  it('stops when nobody waits any more, changes nothing and leaves no files behind', async () => {
    const before = await redLines();
    await writeGbkZip(folder, 'again.zip', { bytes: redLineShapefile(), prj: zone38Prj });
    const abort = new AbortController();
    const cancelled = new Error('cancelled');
    setTimeout(() => abort.abort(cancelled), 400);
    const words = [
      'again.zip',
      '--layer',
      'ecological_red_lines',
      '--as-of',
      '2025-09-30',
      '--classification',
      'internal',
    ];
    await expect(run(words, abort.signal)).rejects.toBe(cancelled);
    expect(await redLines()).toEqual(before);
    expect(await readdir(join(folder, 'imports'))).toEqual([]);
  });
});
