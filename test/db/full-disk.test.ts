/**
 * The embedded engine on a full disk: reading goes on, writing is refused in words, and all is well again once there
 * is room, without a restart. Needs a small file system of its own, which only root can mount.
 */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmdirSync, writeSync } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Database } from '../../server/db/database.ts';
import { keepReserve } from '../../server/db/embedded/disk-reserve.ts';
import { tidy } from '../../server/db/embedded/housekeeping.ts';
import { openDatabase } from '../../server/db/open.ts';
import { DatabaseUnavailableError, StorageFullError } from '../../server/errors.ts';
import { silentLog } from '../engines/database-place.ts';

const read = { class: 'read' } as const;
const inCi = process.env.CI !== undefined && process.env.CI !== '' && process.env.CI !== 'false';
const canMount = tryMount();
if (!canMount) {
  if (inCi) throw new Error('in CI nothing is left out: the tests of a full disk need root on Linux');
  console.warn('Left out: the tests of a full disk, which need root on Linux to mount a small file system.');
}

describe.skipIf(!canMount)('the embedded engine on a full disk', () => {
  const disk = mkdtempSync(join(tmpdir(), 'lantu-disk-'));
  const dataDir = join(disk, 'data');
  const filler = join(disk, 'filler');
  let database: Database;
  beforeAll(async () => {
    mountSmallDisk(disk);
    await cp(inject('engines').embedded.templateDir, dataDir, { recursive: true });
    database = await openDatabase({ databaseUrl: undefined, dataDir }, silentLog);
    await database.query('create table app.room_probe (n int, filling text)', [], read);
    await write(100);
    await keepReserve(join(dataDir, 'postgres'));
  });
  afterAll(async () => {
    await database.close();
    execFileSync('umount', [disk]);
    await rm(disk, { recursive: true, force: true });
  });

  const write = (rows: number) =>
    database.query(
      `insert into app.room_probe select i, md5(i::text) || repeat('x', 2000) from generate_series(1, $1::int) as i`,
      [rows],
      read,
    );
  const count = async () =>
    (await database.query<{ n: string }>('select count(*)::text as n from app.room_probe', [], read))[0]?.n;

  it('refuses to write and goes on reading, and writes again when there is room', async () => {
    fillDisk(filler);
    const error = await write(20_000).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StorageFullError);
    expect((error as StorageFullError).text.zh).toContain('磁盘已满');
    expect(await count()).toBe('100');
    const failing = database.transaction(async (client) => {
      await client.query('delete from app.room_probe', [], read);
      await client.query(
        `insert into app.room_probe select i, repeat(md5(i::text), 60) from generate_series(1, 20000) as i`,
        [],
        read,
      );
    }, read);
    await expect(failing).rejects.toBeInstanceOf(StorageFullError);
    expect(await count()).toBe('100');
    await rm(filler);
    await write(1_000);
    expect(await count()).toBe('1100');
  });

  it('starts again from its reserve when it broke down for want of room, and reads every row', async () => {
    fillDisk(filler);
    // Its own log grows until not even that finds room, which ends it.
    const useUp = async (): Promise<never> => {
      for (;;)
        await database.query(`select pg_logical_emit_message(true, 'x', repeat('y', 500000))`, [], read);
    };
    const error = await useUp().catch((reason: unknown) => reason);
    expect([DatabaseUnavailableError, StorageFullError]).toContain((error as Error).constructor);
    expect(await count()).toBe('1100');
    await rm(filler);
    await write(1);
    expect(await tidy(database, '0/0')).toBeTypeOf('string');
    expect(await count()).toBe('1101');
  }, 60_000);

  it('says it is away while it cannot start, without trying for every question, and comes back', async () => {
    fillDisk(filler);
    const useUp = async (): Promise<never> => {
      for (;;)
        await database.query(`select pg_logical_emit_message(true, 'x', repeat('y', 500000))`, [], read);
    };
    await useUp().catch(() => undefined);
    await expect(count()).rejects.toBeInstanceOf(DatabaseUnavailableError);
    const askedAt = performance.now();
    await expect(count()).rejects.toBeInstanceOf(DatabaseUnavailableError);
    expect(performance.now() - askedAt).toBeLessThan(500);
    await rm(filler);
    await expect.poll(() => count().catch(() => 'away'), { timeout: 20_000, interval: 500 }).toBe('1101');
  }, 60_000);
});

function fillDisk(path: string): void {
  const file = openSync(path, 'w');
  const block = Buffer.alloc(64 * 1024);
  try {
    for (;;) writeSync(file, block);
  } catch {
    closeSync(file);
  }
}

function mountSmallDisk(folder: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=200m', 'tmpfs', folder], { stdio: 'pipe' });
}

function tryMount(): boolean {
  if (process.getuid?.() !== 0 || process.platform !== 'linux') return false;
  const folder = mkdtempSync(join(tmpdir(), 'lantu-disk-'));
  try {
    mountSmallDisk(folder);
    execFileSync('umount', [folder], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  } finally {
    rmdirSync(folder);
  }
}
