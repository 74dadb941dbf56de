/** What an export says, refuses and leaves behind; its files as GDAL's own tools read them. */
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogue } from '../../geodata/catalogue/index.ts';
import { ganzhou } from '../../geodata/reference/ganzhou/region.ts';
import { exportCommand } from '../../server/cli/export.ts';
import { readConfig } from '../../server/config.ts';
import type { Context } from '../../server/context.ts';
import type { Database } from '../../server/db/database.ts';
import { exportFormats } from '../../server/exports/export-order.ts';
import { explainWriteError, writeBeside } from '../../server/exports/export-target.ts';
import { silentLog } from '../engines/database-place.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { insertOddRows, oddRows } from '../features/odd-rows.ts';

const bulk = { class: 'bulk' } as const;
const layerIds = ['ecological_red_lines', 'biodiversity_corridors', 'rivers'];

function ogrinfo(args: string[]): string | undefined {
  try {
    return execFileSync('ogrinfo', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
const hasGdal = ogrinfo(['--version']) !== undefined;

describeOnEngines('npm run export', ({ engine, open }) => {
  let database: Database;
  let context: Context;
  let folder: string;
  beforeAll(async () => {
    database = await open();
    folder = await mkdtemp(join(tmpdir(), 'lantu-export-'));
    const { config } = readConfig({ LANTU_DATA_DIR: join(folder, 'data') });
    context = { config, region: ganzhou, catalogue, database, log: silentLog };
    await insertOddRows(
      database,
      catalogue.filter(({ id }) => layerIds.includes(id)),
    );
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function run(words: string, signal = new AbortController().signal): Promise<string> {
    const lines: string[] = [];
    const report = ({ zh, en }: { zh: string; en: string }) => lines.push(`${zh} | ${en}`);
    await exportCommand.parse(words.split(' '), folder).run(context, { report, signal });
    return lines.join('\n');
  }
  /** What lies in the folders where exports work. */
  const spools = async (): Promise<string[]> => {
    const names = await Promise.all(
      ['exports', 'imports'].map((part) => readdir(join(folder, 'data', part)).catch(() => [])),
    );
    return names.flat().filter((name) => name.startsWith('.') || name.startsWith('process-'));
  };

  it('says where the file is, that it holds sample data, and leaves a row in the audit', async () => {
    const said = await run('--layer ecological_red_lines --format csv');
    expect(said).toMatch(/已导出 7 个要素.*生态保护红线_\d{8}_示意数据\.csv/);
    expect(said).toMatch(/sample data/);
    const [trace] = await database.query<{ subject: string; detail: { file: string; features: number } }>(
      `select subject, detail from app.audit where action = 'export' order by id desc limit 1`,
      [],
      bulk,
    );
    expect(trace).toMatchObject({ subject: 'ecological_red_lines', detail: { features: 7 } });
    const text = await readFile(trace?.detail.file ?? '', 'utf8');
    expect(text.startsWith('\uFEFF编号,名称,')).toBe(true);
    expect(text.split('\r\n')[1]).toMatch(/示意数据.*,$|示意数据/);
    expect(await spools()).toEqual([]);
  });

  it('keeps rows without shape and with invalid ones', async () => {
    await run('--layer ecological_red_lines --format geojson --to whole.geojson');
    const { features } = JSON.parse(await readFile(join(folder, 'whole_示意数据.geojson'), 'utf8'));
    expect(features).toHaveLength(oddRows.length);
    const byCode = new Map(features.map((feature: { id: string }) => [feature.id, feature]));
    expect(byCode.get('null-geometry')).toMatchObject({ geometry: null });
    expect(byCode.get('bow-tie')).toMatchObject({ geometry: { type: 'MultiPolygon' } });
  });

  it('refuses a file that exists unless told to overwrite it', async () => {
    await writeFile(join(folder, '旧_示意数据.kml'), 'old');
    await expect(run('--layer rivers --format kml --to 旧.kml')).rejects.toThrow(/exists already/);
    expect(await readFile(join(folder, '旧_示意数据.kml'), 'utf8')).toBe('old');
    await run('--layer rivers --format kml --to 旧.kml --overwrite');
    expect(await readFile(join(folder, '旧_示意数据.kml'), 'utf8')).toContain('<kml');
  });

  it('lists the layers when there is none of that name', async () => {
    await expect(run('--layer red_lines --format csv')).rejects.toThrow(/ecological_red_lines/);
  });

  it.each([
    ['--layer counties --format csv', /holds nothing/],
    ['--layer rivers --format shp --to rivers.shp', /ends in \.zip/],
    ['--layer rivers --format csv --crs EPSG:4610', /secret/],
    ['--layer rivers --format csv --crs GCJ-02', /secret/],
    ['--layer rivers --format csv --crs EPSG:32650', /Unknown CRS/],
    ['--layer rivers --format csv --crs EPSG:4513', /EPSG:4547|EPSG:4548/],
    ['--layer rivers --format kml --crs EPSG:4526', /degrees only/],
    ['--layer rivers --format csv --encoding GBK', /always UTF-8/],
    ['--layer rivers --format shp --encoding BIG5', /GBK or UTF-8/],
    ['--layer rivers --format shp', /GBK has no "🏞"/],
    ['--layer rivers --format csv --to no/such/folder/x.csv', /no folder/],
    ['--layer rivers --format csv --to /proc/x.csv', /cannot be written/],
  ])('refuses %s', async (words, reason) => {
    await expect(run(words)).rejects.toThrow(reason);
    expect(await spools()).toEqual([]);
  });

  it('refuses texts a DBF cannot hold, naming the row, and cuts none', async () => {
    await database.query(`update geo.river set name = repeat('长', 128) where code = 'plain'`, [], bulk);
    await expect(run('--layer rivers --format shp --to long.zip')).rejects.toThrow(
      /plain: Name: it has 256 bytes/,
    );
    await database.query(`update geo.river set name = '方块' where code = 'plain'`, [], bulk);
  });

  it('stops in the middle when nobody waits any more, and leaves nothing', async () => {
    const to = await mkdtemp(join(folder, 'stop-'));
    const abort = new AbortController();
    const cancelled = new Error('cancelled');
    const report = ({ en }: { en: string }): void => {
      if (en.startsWith('Writing')) abort.abort(cancelled);
    };
    const parsed = exportCommand.parse(['--layer', 'rivers', '--format', 'csv', '--to', to], folder);
    await expect(parsed.run(context, { report, signal: abort.signal })).rejects.toBe(cancelled);
    expect(await readdir(to)).toEqual([]);
    expect(await spools()).toEqual([]);
  });

  it('does not start when nobody waits any more', async () => {
    const to = await mkdtemp(join(folder, 'stop-'));
    const abort = new AbortController();
    const cancelled = new Error('cancelled');
    abort.abort(cancelled);
    await expect(run(`--layer rivers --format gpkg --to ${to}`, abort.signal)).rejects.toBe(cancelled);
    expect(await readdir(to)).toEqual([]);
    expect(await spools()).toEqual([]);
  });

  it('holds the name sheet, the encoding and the projection in the zip, entry names flagged as UTF-8', async () => {
    await run('--layer biodiversity_corridors --format shp --encoding UTF-8 --crs EPSG:4526 --to 廊道.zip');
    const entries = entriesOf(await readFile(join(folder, '廊道_示意数据.zip')));
    const names = ['shp', 'shx', 'dbf', 'prj', 'cpg'].map((part) => `廊道_示意数据.${part}`);
    expect([...entries.keys()]).toEqual([...names, '字段名对照.csv']);
    expect(entries.get('廊道_示意数据.prj')?.toString()).toMatch(
      /^PROJCS\["CGCS2000_3_Degree_GK_Zone_38".*38500000/,
    );
    expect(entries.get('廊道_示意数据.cpg')?.toString()).toBe('UTF-8');
    expect(entries.get('字段名对照.csv')?.toString()).toMatch(
      /^\uFEFF文件中的字段名[\s\S]*中心线长度,Centre line length,length_m/,
    );
  });

  it('types the cells of a workbook, freezes its head and explains it on a second sheet', async () => {
    await database.query(`update geo.river set name = '=HYPERLINK("x")' where code = 'hole'`, [], bulk);
    await run('--layer rivers --format xlsx --to 水系.xlsx');
    const entries = entriesOf(await readFile(join(folder, '水系_示意数据.xlsx')));
    const sheet = entries.get('xl/worksheets/sheet1.xml')?.toString() ?? '';
    expect(sheet).toContain('state="frozen"');
    expect(sheet).toContain('t="inlineStr"><is><t xml:space="preserve">=HYPERLINK(&quot;x&quot;)</t>');
    expect(sheet).not.toContain('<f>');
    const about = entries.get('xl/worksheets/sheet2.xml')?.toString() ?? '';
    for (const word of ['示意数据,不得作为依据', 'EPSG:4490', '2025-09-30', 'by hand', '7 条', '北京时间'])
      expect(about).toContain(word);
  });

  it('guards formulas in a CSV', async () => {
    await database.query(`update geo.river set name = '=HYPERLINK("x")' where code = 'hole'`, [], bulk);
    await run('--layer rivers --format csv --to 公式.csv');
    expect(await readFile(join(folder, '公式_示意数据.csv'), 'utf8')).toContain(`hole,"'=HYPERLINK(""x"")",`);
  });

  // Files are the same whichever engine fills them.
  const onServer = engine === 'server' ? describe.skipIf(!hasGdal) : () => undefined;
  onServer('as GDAL reads it', () => {
    it.each(exportFormats)('%s', async (format) => {
      const to = await mkdtemp(join(folder, 'gdal-'));
      await mkdir(to, { recursive: true });
      const encoding = format === 'shp' ? ' --encoding UTF-8' : '';
      await run(`--layer biodiversity_corridors --format ${format} --to ${to}${encoding}`);
      const [name = ''] = await readdir(to);
      const path = name.endsWith('.zip') ? `/vsizip/${join(to, name)}` : join(to, name);
      const told = ogrinfo(['-ro', '-al', path]) ?? '';
      expect(told).toContain(`Feature Count: ${oddRows.length}`);
      expect(told).toContain('方块');
      expect(told).toContain('示意数据');
      if (format === 'shp' || format === 'gpkg')
        expect(told).toContain('China Geodetic Coordinate System 2000');
      if (format !== 'shp') expect(told).toMatch(/axis \(String\) = .*MULTILINESTRING/);
    });
  });
});

describe('writing beside the target', () => {
  it('leaves no half file when writing fails, and says a full disk in words', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lantu-beside-'));
    const path = join(folder, 'x.csv');
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), {
      code: 'ENOSPC',
      syscall: 'write',
    });
    const write = async (unfinished: string): Promise<void> => {
      await writeFile(unfinished, 'half');
      throw full;
    };
    await expect(writeBeside(path, false, write)).rejects.toThrow(/disk is full/);
    expect(await readdir(folder)).toEqual([]);
    await rm(folder, { recursive: true });
  });

  it('never takes a name that was taken meanwhile', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lantu-beside-'));
    const path = join(folder, 'x.csv');
    const write = async (unfinished: string): Promise<void> => {
      await writeFile(unfinished, 'new');
      await writeFile(path, 'theirs');
    };
    await expect(writeBeside(path, false, write)).rejects.toThrow(/exists already/);
    expect(await readFile(path, 'utf8')).toBe('theirs');
    expect(await readdir(folder)).toEqual(['x.csv']);
    await rm(folder, { recursive: true });
  });

  it('says what SQLite says of a full disk in the same words', () => {
    const error = Object.assign(new Error('database or disk is full'), { code: 'ERR_SQLITE_ERROR' });
    expect(String(explainWriteError('/x.gpkg', error))).toMatch(/disk is full/);
  });
});

/** Entries of a zip by name; throws where a name lacks the UTF-8 flag. */
function entriesOf(zip: Buffer): Map<string, Buffer> {
  const entries = new Map<string, Buffer>();
  for (
    let at = zip.indexOf('PK\u0001\u0002', 0, 'latin1');
    at >= 0;
    at = zip.indexOf('PK\u0001\u0002', at + 4, 'latin1')
  ) {
    if ((zip.readUInt16LE(at + 8) & 0x800) === 0) throw new Error('no UTF-8 flag');
    const name = zip.toString('utf8', at + 46, at + 46 + zip.readUInt16LE(at + 28));
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(start, start + zip.readUInt32LE(at + 20));
    entries.set(name, zip.readUInt16LE(at + 10) === 8 ? inflateRawSync(packed) : packed);
  }
  return entries;
}
