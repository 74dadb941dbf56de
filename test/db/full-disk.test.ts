/**
 * The embedded engine on a full disk: reading goes on, writing is refused in words, and all is well again once there
 * is room, without a restart. Needs a small file system of its own, which only root can mount.
 */
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Database } from '../../server/db/database.ts';
import { keepReserve } from '../../server/db/embedded/disk-reserve.ts';
import { tidy } from '../../server/db/embedded/housekeeping.ts';
import { openDatabase } from '../../server/db/open.ts';
import { DatabaseUnavailableError, StorageFullError } from '../../server/errors.ts';
import { silentLog } from '../engines/database-place.ts';
import { canMountSmallDisk, mountSmallDisk, type SmallDisk } from '../engines/small-disk.ts';

const read = { class: 'read' } as const;

describe.skipIf(!canMountSmallDisk())('the embedded engine on a full disk', () => {
  let disk: SmallDisk;
  let database: Database;
  beforeAll(async () => {
    disk = mountSmallDisk(200);
    const dataDir = join(disk.folder, 'data');
    await cp(inject('engines').embedded.templateDir, dataDir, { recursive: true });
    database = await openDatabase({ databaseUrl: undefined, dataDir }, silentLog);
    await database.query('create table app.room_probe (n int, filling text)', [], read);
    await write(100);
    await keepReserve(join(dataDir, 'postgres'));
  });
  afterAll(async () => {
    await database.close();
    disk.remove();
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
    disk.fill();
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
    disk.makeRoom();
    await write(1_000);
    expect(await count()).toBe('1100');
  });

  it('starts again from its reserve when it broke down for want of room, and reads every row', async () => {
    disk.fill();
    // Its own log grows until not even that finds room, which ends it.
    const useUp = async (): Promise<never> => {
      for (;;)
        await database.query(`select pg_logical_emit_message(true, 'x', repeat('y', 500000))`, [], read);
    };
    const error = await useUp().catch((reason: unknown) => reason);
    expect([DatabaseUnavailableError, StorageFullError]).toContain((error as Error).constructor);
    expect(await count()).toBe('1100');
    disk.makeRoom();
    await write(1);
    expect(await tidy(database, '0/0')).toBeTypeOf('string');
    expect(await count()).toBe('1101');
  }, 60_000);

  it('says it is away while it cannot start, without trying for every question, and comes back', async () => {
    disk.fill();
    const useUp = async (): Promise<never> => {
      for (;;)
        await database.query(`select pg_logical_emit_message(true, 'x', repeat('y', 500000))`, [], read);
    };
    await useUp().catch(() => undefined);
    await expect(count()).rejects.toBeInstanceOf(DatabaseUnavailableError);
    const askedAt = performance.now();
    await expect(count()).rejects.toBeInstanceOf(DatabaseUnavailableError);
    expect(performance.now() - askedAt).toBeLessThan(1_500);
    disk.makeRoom();
    await expect.poll(() => count().catch(() => 'away'), { timeout: 20_000, interval: 500 }).toBe('1101');
  }, 60_000);
});
