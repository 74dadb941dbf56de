/** The command line as a process of its own: exit codes, languages, a server beside it, both engines. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { catalogue } from '../../geodata/catalogue/index.ts';
import { ganzhou } from '../../geodata/reference/ganzhou/region.ts';
import { commandIds, findCommand } from '../../server/cli/commands.ts';
import { readConfig } from '../../server/config.ts';
import { startControl } from '../../server/control/control-server.ts';
import type { Database } from '../../server/db/database.ts';
import { openDatabase } from '../../server/db/open.ts';
import { asAdministrator } from '../engines/administrator.ts';
import { type DatabasePlace, silentLog } from '../engines/database-place.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { dumpDatabase, fillDatabase, putEvidence } from '../fixtures/whole-database.ts';

const launch = fileURLToPath(new URL('../../server/launch.mjs', import.meta.url));

/** Each command boots an engine of its own. */
const slowMs = 120_000;

type Outcome = { code: number | null; output: string };

/** Types `words` in `folder`, with nothing of this process's settings. */
function type(words: string[], place: Partial<DatabasePlace>, folder = tmpdir()): Promise<Outcome> {
  const child = spawn(process.execPath, [launch, 'cli/run.ts', ...words], {
    env: {
      PATH: process.env.PATH,
      INIT_CWD: folder,
      LANG: 'en_US.UTF-8',
      ...(place.dataDir && { LANTU_DATA_DIR: place.dataDir }),
      ...(place.databaseUrl && { DATABASE_URL: place.databaseUrl }),
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lantu-run-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('typed wrongly', () => {
  it('lists the commands where none is named, and ends with 2 where an unknown one is', async () => {
    const none = await type([], {});
    expect(none.code).toBe(0);
    for (const id of commandIds) expect(none.output).toContain(`npm run ${id}`);
    expect((await type(['bakcup'], {})).code).toBe(2);
  });

  it('ends with 2, the reason and the usage, in the language asked for, before it opens anything', async () => {
    const dataDir = join(folder, 'untouched');
    const wrong = await type(['restore'], { dataDir });
    expect(wrong).toEqual({
      code: 2,
      output: expect.stringMatching(/--from is missing\n\n.*\n {2}npm run restore/),
    });
    const chinese = await type(['restore', '--lang', 'zh'], { dataDir });
    expect(chinese.output).toContain('缺少 --from');
    expect((await type(['restore', '--help'], { dataDir })).code).toBe(0);
    expect(existsSync(dataDir)).toBe(false);
  });
});

it('keeps compiled code for the next command where there is a data folder', async () => {
  const dataDir = await mkdtemp(join(folder, 'compiled-'));
  expect((await type(['--help'], { dataDir })).code).toBe(0);
  const kept = await readdir(join(dataDir, 'compiled'), { recursive: true });
  expect(kept.length).toBeGreaterThan(100);
});

it('gives back no compiled WebAssembly while the process runs, which may bring it down', async () => {
  const flags = ['--stress-wasm-code-gc', '--trace-wasm-code-gc'];
  const help = (...entry: string[]): string =>
    spawnSync(process.execPath, [...flags, ...entry, '--help'], { encoding: 'utf8' }).output.join('');
  expect(help(launch.replace('launch.mjs', 'cli/run.ts'))).toContain('[wasm-gc]');
  const launched = help(launch, 'cli/run.ts');
  expect(launched).toContain('npm run import');
  expect(launched).not.toContain('[wasm-gc]');
});

describeOnEngines('the command line', ({ place, engine }) => {
  it('backs up, restores elsewhere, and finds both healthy', { timeout: slowMs }, async () => {
    const from = await place();
    const to = await place();
    const source = await openDatabase(from, silentLog);
    await fillDatabase(source);
    await putEvidence(from.dataDir);
    const dump = await dumpDatabase(source);
    await source.close();
    const file = `${engine}.lantu.gz`;
    expect(await type(['backup', '--to', file], from, folder)).toMatchObject({ code: 0 });
    expect(await type(['restore', '--from', file], to, folder)).toMatchObject({
      code: 0,
      output: expect.stringMatching(/Restored \d+ tables, \d+ rows and 1 files of evidence/),
    });
    const restored = await openDatabase(to, silentLog);
    expect(await dumpDatabase(restored)).toEqual(dump);
    await restored.close();
    const again = await type(['restore', '--from', file], to, folder);
    expect(again).toMatchObject({ code: 1, output: expect.stringContaining('not empty') });
    const health = await type(['doctor'], to, folder);
    expect(health.output).toMatch(/✓ Engine: .*PostgreSQL.*PostGIS/);
    expect(health.output).toMatch(/✓ Evidence: 1 files .*all there/);
    expect(health.output).toMatch(/✓ Event chain 3: 60 events, holds/);
    expect(health.output).toMatch(/· Ecological red lines.*: 3, 1 without a shape, 1 with an invalid shape/);
    expect(health.code).toBe(0);
  });

  it('has the doctor find a chain that was tampered with, and ends with 1', { timeout: slowMs }, async () => {
    const here = await place();
    const database = await openDatabase(here, silentLog);
    await fillDatabase(database);
    await database.transaction(
      async (client) => {
        for (const text of [
          'alter table app.mine_site_event disable trigger user',
          `update app.mine_site_event set note = '改' where dataset_id = 3 and seq = 7`,
          'alter table app.mine_site_event enable trigger user',
        ])
          await client.query(text, [], { class: 'bulk' });
      },
      { class: 'bulk' },
    );
    await database.close();
    const health = await type(['doctor'], here);
    expect(health.output).toContain('✗ Event chain 3 does not hold from number 7');
    expect(health.code).toBe(1);
  });

  it('says in one line what is wrong with a file', { timeout: slowMs }, async () => {
    await writeFile(join(folder, 'broken.gz'), 'broken');
    const failed = await type(['restore', '--from', 'broken.gz'], await place(), folder);
    expect(failed.code).toBe(1);
    expect(failed.output).toContain('is not a whole Lantu archive');
    expect(failed.output).not.toContain('    at ');
  });
});

describe('beside a server that holds the embedded database', () => {
  it('runs in that server, relative to where it was typed, and several at once in turn', {
    timeout: slowMs,
  }, async () => {
    const dataDir = join(folder, 'served');
    await cp(inject('engines').embedded.templateDir, dataDir, { recursive: true });
    const { config } = readConfig({ LANTU_DATA_DIR: dataDir });
    const database = await openDatabase(config, silentLog);
    await fillDatabase(database);
    const control = await startControl(
      { config, region: ganzhou, catalogue, database, log: silentLog },
      findCommand,
    );
    const results = await Promise.all(
      ['a', 'b', 'c'].map((name) => type(['backup', '--to', `beside-${name}.gz`], { dataDir }, folder)),
    );
    expect(results.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect((await readdir(folder)).filter((name) => name.startsWith('beside-')).sort()).toEqual([
      'beside-a.gz',
      'beside-b.gz',
      'beside-c.gz',
    ]);
    const refused = await type(['restore', '--from', 'beside-a.gz'], { dataDir }, folder);
    expect(refused).toMatchObject({ code: 1, output: expect.stringContaining('not empty') });
    const before = await dumpDatabase(database);
    const replaced = await type(['restore', '--from', 'beside-a.gz', '--replace'], { dataDir }, folder);
    expect(replaced.code).toBe(0);
    expect((await dumpDatabase(database))['app.mine_site_event']).toEqual(before['app.mine_site_event']);
    expect(await readdir(join(dataDir, 'backups'))).toEqual([
      expect.stringMatching(/^ganzhou-before-restore-/),
    ]);
    await control.close();
    await database.close();
  });
});

const { server } = inject('engines');
describe.skipIf('missing' in server)('transfer', () => {
  it(
    'carries everything from a desk to a server and back to another desk, and leaves no file behind',
    async () => {
      if ('missing' in server) return;
      const name = `transfer_${process.pid}`;
      await asAdministrator(server.url, `create database ${name} template ${server.templateName}`);
      const url = `${server.url}/${name}`;
      const desk = { databaseUrl: undefined, dataDir: join(folder, 'desk-1') };
      const otherDesk = { databaseUrl: undefined, dataDir: join(folder, 'desk-2') };
      for (const { dataDir } of [desk, otherDesk]) {
        await cp(inject('engines').embedded.templateDir, dataDir, { recursive: true });
      }
      const dump = await withDatabase(desk, async (source) => {
        await fillDatabase(source);
        return dumpDatabase(source);
      });
      expect(await type(['transfer', '--to', url], desk)).toMatchObject({ code: 0 });
      expect(await withDatabase({ databaseUrl: url, dataDir: folder }, dumpDatabase)).toEqual(dump);
      expect(await type(['transfer', '--to', url], desk)).toMatchObject({
        code: 1,
        output: expect.stringContaining('not empty'),
      });
      expect(await type(['transfer', '--from', url], otherDesk)).toMatchObject({ code: 0 });
      expect(await withDatabase(otherDesk, dumpDatabase)).toEqual(dump);
      for (const { dataDir } of [desk, otherDesk]) {
        expect((await readdir(dataDir)).filter((file) => file.includes('.gz'))).toEqual([]);
      }
      await asAdministrator(server.url, `drop database ${name} with (force)`);
    },
    slowMs,
  );

  it('is refused without exactly one direction, or to something that is no PostgreSQL', async () => {
    const to = ['--to', 'postgres://a/b'];
    expect((await type(['transfer'], {})).code).toBe(2);
    expect((await type(['transfer', ...to, '--from', 'postgres://a/b'], {})).code).toBe(2);
    expect((await type(['transfer', '--to', 'mysql://a/b'], {})).output).toContain(
      'postgres://user@host/database',
    );
  });
});

async function withDatabase<T>(place: DatabasePlace, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase(place, silentLog);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}
