/** One process per data folder: a second one is told so at once, and a killed one leaves no lock behind. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockDataFolder } from '../../server/db/embedded/folder-lock.ts';
import { openDatabase } from '../../server/db/open.ts';
import { StartupError } from '../../server/errors.ts';
import { silentLog } from '../engines/database-place.ts';

const lockModule = new URL('../../server/db/embedded/folder-lock.ts', import.meta.url).href;

describe('a data folder in use', () => {
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'lantu-lock-'));
  });
  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  /** A process that has the folder and nothing that refers to its lock; resolves when memory has been collected. */
  async function holder() {
    const program = `const { lockDataFolder } = await import(${JSON.stringify(lockModule)});
      lockDataFolder(${JSON.stringify(dataDir)}); setTimeout(() => { gc(); console.log('locked'); }, 20); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--expose-gc', '--input-type=module', '--eval', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    return child;
  }

  it('is refused to a second process in one line that names the folder, until the first is killed', async () => {
    const first = await holder();
    const refused = openDatabase({ databaseUrl: undefined, dataDir }, silentLog);
    await expect(refused).rejects.toBeInstanceOf(StartupError);
    await expect(refused).rejects.toThrow(`The data folder ${dataDir} is in use by another Lantu process`);
    const ended = new Promise((resolve) => first.once('exit', resolve));
    first.kill('SIGKILL');
    await ended;
    const release = lockDataFolder(dataDir);
    release();
  });

  it('is refused to the same process too, and free again after release', () => {
    const release = lockDataFolder(dataDir);
    expect(() => lockDataFolder(dataDir)).toThrow(StartupError);
    release();
    lockDataFolder(dataDir)();
  });
});

it('a data folder that is a file, or below one, is refused in one line that names it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lantu-lock-'));
  const file = join(folder, 'data');
  await writeFile(file, '');
  for (const dataDir of [file, join(file, 'below')]) {
    expect(() => lockDataFolder(dataDir)).toThrow(StartupError);
    expect(() => lockDataFolder(dataDir)).toThrow(`The data folder ${dataDir} cannot be used`);
  }
  await rm(folder, { recursive: true });
});
