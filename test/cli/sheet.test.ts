/** `npm run sheet`: from typed words to a file, on both engines. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { catalogue } from '../../geodata/catalogue/index.ts';
import { ganzhou } from '../../geodata/reference/ganzhou/region.ts';
import { sheetCommand } from '../../server/cli/sheet.ts';
import { readConfig } from '../../server/config.ts';
import type { Context } from '../../server/context.ts';
import { openDatabase } from '../../server/db/open.ts';
import { specFromWords } from '../../server/sheets/service/spec-from-words.ts';
import { silentLog } from '../engines/database-place.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { insertOddRows } from '../features/odd-rows.ts';
import { addSites } from '../fixtures/marked-sites.ts';

// Threads that draw start anew, and the sample is loaded: slow where the machine has much else to do.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 300_000 });

describe('the order of a sheet from typed words', () => {
  it('reads the paper behind the template and the format behind the file', async () => {
    const order = await specFromWords({ template: 'county-a3', county: '360732' }, '/x/a.PDF');
    expect(order).toMatchObject({
      format: 'pdf',
      spec: {
        template: 'county',
        paper: 'A3',
        area: { kind: 'county', adcode: '360732' },
        orientation: 'auto',
      },
    });
    expect(order.series).toBeUndefined();
    const site = await specFromWords({ site: 'S1' }, '/x/a.svg');
    expect(site.spec).toMatchObject({ template: 'site', paper: 'A4', area: { kind: 'site', code: 'S1' } });
  });

  it('reads scale, CRS, layers, extent and language', async () => {
    const { spec, dpi } = await specFromWords(
      {
        scale: '1:50,000',
        crs: 'EPSG:4547',
        layers: 'counties, mine_sites',
        extent: '114,25,115,26',
        lang: 'en',
        dpi: '150',
        title: 'A',
      },
      '/x/a.png',
    );
    expect(spec).toMatchObject({
      scale: 50_000,
      srid: 4547,
      language: 'en',
      layers: [{ id: 'counties' }, { id: 'mine_sites' }],
      area: { kind: 'extent', extent: [114, 25, 115, 26] },
      slots: { title: 'A' },
    });
    expect(dpi).toBe(150);
  });

  it('reads an atlas of all counties, and of the sites of one', async () => {
    expect((await specFromWords({ atlas: 'county' }, 'a.pdf')).series).toEqual({ by: 'county' });
    const sites = await specFromWords({ atlas: 'site', county: '360732' }, 'a.zip');
    expect(sites).toMatchObject({
      series: { by: 'site', adcode: '360732' },
      format: 'zip',
      spec: { template: 'site' },
    });
  });

  it('says of wrong words what they should be', async () => {
    const wrong = (words: Parameters<typeof specFromWords>[0], out = 'a.pdf') => specFromWords(words, out);
    await expect(wrong({}, 'a.docx')).rejects.toMatchObject({ field: 'out' });
    await expect(wrong({ template: 'poster' })).rejects.toMatchObject({ field: 'template' });
    await expect(wrong({ scale: 'large' })).rejects.toMatchObject({ field: 'scale' });
    await expect(wrong({ scale: '0' })).rejects.toMatchObject({ field: 'spec.scale' });
    await expect(wrong({ extent: '1,2,3' })).rejects.toMatchObject({ field: 'extent' });
    await expect(wrong({ spec: '/nowhere.json' })).rejects.toMatchObject({ field: 'spec' });
    await expect(wrong({ dpi: '600' })).rejects.toMatchObject({ field: 'dpi' });
  });
});

describeOnEngines('npm run sheet', ({ place }) => {
  let context: Context;
  let folder: string;
  const lines: string[] = [];
  const run = async (...words: string[]): Promise<void> => {
    lines.length = 0;
    const reporter = {
      report: ({ zh }: { zh: string }) => lines.push(zh),
      signal: AbortSignal.timeout(120_000),
    };
    await sheetCommand.parse(words, folder).run(context, reporter);
  };
  const out = (name: string) => join(folder, name);
  beforeAll(async () => {
    const where = await place();
    const database = await openDatabase(where, silentLog);
    await insertOddRows(database, catalogue);
    await addSites(database, [
      { code: 'A', status: 'in_progress', patches: 2 },
      { code: 'B', status: 'closed', patches: 1 },
    ]);
    const config = { ...readConfig({}).config, ...where };
    context = { config, region: ganzhou, catalogue, database, log: silentLog };
    folder = await mkdtemp(join(tmpdir(), 'lantu-sheet-'));
  });
  afterAll(async () => {
    await context.database.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('writes a PDF, says where it is, and leaves nothing in the work folder', async () => {
    await run(
      '--template',
      'city-a4',
      '--out',
      'city.pdf',
      '--title',
      '赣州市 <样图>',
      '--date',
      '2025-10-08',
    );
    const text = execFileSync('pdftotext', [out('city.pdf'), '-']).toString();
    expect(text).toContain('赣州市 <样图>');
    expect(text).toContain('2025年10月8日');
    expect(lines.at(-1)).toContain(out('city.pdf'));
    expect(await readdir(join(context.config.dataDir, 'imports')).catch(() => [])).toEqual([]);
  });

  it('writes a world file and the CRS beside a picture', async () => {
    await run('--template', 'city-a4', '--out', 'city.png', '--dpi', '96', '--scale', '2000000');
    const png = await readFile(out('city.png'));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)].sort((a, b) => a - b)).toEqual(
      [210, 297].map((mm) => Math.round((mm / 25.4) * 96)),
    );
    const [pixel = '', , , down = ''] = (await readFile(out('city.pgw'), 'utf8')).split('\n');
    expect(Number(pixel) / ((2_000_000 * 25.4) / 96 / 1000)).toBeCloseTo(1, 3);
    expect(Number(down)).toBe(-Number(pixel));
    expect(await readFile(out('city.prj'), 'utf8')).toContain('Gauss_Kruger');
  });

  it('overwrites nothing unless told to', async () => {
    await writeFile(out('kept.svg'), 'kept');
    await expect(run('--template', 'city', '--out', 'kept.svg')).rejects.toThrow('--force');
    expect(await readFile(out('kept.svg'), 'utf8')).toBe('kept');
    await run('--template', 'city', '--out', 'kept.svg', '--force');
    expect((await stat(out('kept.svg'))).size).toBeGreaterThan(1_000);
    await expect(run('--out', 'no/such/folder.pdf')).rejects.toThrow('There is no folder');
  });

  it('writes an atlas of sites as one PDF and as a zip, with lines of progress', async () => {
    await run('--atlas', 'site', '--county', '360732', '--out', 'sites.pdf');
    expect(lines[0]).toContain('3 页');
    const info = execFileSync('pdfinfo', [out('sites.pdf')]).toString();
    expect(info).toMatch(/Pages:\s+3/);
    expect(execFileSync('pdftotext', [out('sites.pdf'), '-']).toString()).toContain('矿山A');
    const words = ['--atlas', 'site', '--county', '360732', '--page-format', 'png', '--dpi', '72'];
    await run(...words, '--out', 'sites.zip');
    const names = execFileSync('unzip', ['-Z1', out('sites.zip')])
      .toString()
      .trim()
      .split('\n');
    expect(names.filter((name) => name.endsWith('.png'))).toHaveLength(3);
    expect(names.filter((name) => name.endsWith('.pgw'))).toHaveLength(2);
  });

  it('makes a sheet again from its spec in a file, the words over it', async () => {
    const spec = { template: 'city', area: { kind: 'region' }, paper: 'A4', slots: { title: '甲' } };
    await writeFile(out('spec.json'), JSON.stringify(spec));
    await run('--spec', 'spec.json', '--title', '乙', '--out', 'again.pdf');
    const text = execFileSync('pdftotext', [out('again.pdf'), '-']).toString();
    expect(text).toContain('乙');
    expect(text).not.toContain('甲');
  });

  it('refuses a public sheet without an approval number, and prints one with a reason into the audit', async () => {
    await context.database.query(`update app.dataset set classification = 'public'`, [], { class: 'bulk' });
    const words = ['--template', 'city', '--classification', 'public', '--out', 'public.pdf'];
    await expect(run(...words)).rejects.toThrow('审图号');
    expect(existsSync(out('public.pdf'))).toBe(false);
    await run(...words, '--reason', '内部校核用');
    const [line] = await context.database.query<{ actor: string; detail: Record<string, unknown> }>(
      `select actor, detail from app.audit where action = 'sheet.print' order by id desc limit 1`,
      [],
      { class: 'lookup' },
    );
    expect(line).toMatchObject({ actor: 'npm run sheet', detail: { overrideReason: '内部校核用' } });
  });

  it('stops when cancelled, with no file', async () => {
    const abort = new AbortController();
    const reporter = { report: () => abort.abort(new Error('Ctrl-C')), signal: abort.signal };
    await expect(
      sheetCommand.parse(['--atlas', 'site', '--out', 'never.pdf'], folder).run(context, reporter),
    ).rejects.toThrow('Ctrl-C');
    expect((await readdir(folder)).filter((name) => name.includes('never'))).toEqual([]);
  });
});
