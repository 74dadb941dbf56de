/**
 * Which process a staged table belongs to. On PostgreSQL several processes may import into one database: each holds an
 * advisory lock on a number that is part of its tables' names, on a connection that ends with the process, so that only
 * tables of processes that are gone are swept. The embedded engine serves one process alone.
 */
import { randomInt } from 'node:crypto';
import type { Database } from '../db/database.ts';
import { stagedTable } from '../db/layer-stage-sql.ts';
import { holdSessionLock, type SessionLock } from '../db/session-lock.ts';

/** First half of the advisory locks of staging, apart from any other product's. */
const lockSpace = 449_036;
const namePattern = /^staged_(\d+)_\d+$/;

export type StagingOwner = {
  /** A name for a new staged table. It is this process's until `release`. */
  claim(): Promise<string>;
  /** After the table was dropped or swapped in. */
  release(name: string): void;
};

const owners = new WeakMap<Database, StagingOwner>();

/** The one owner of this process for the database. */
export function stagingOwner(database: Database): StagingOwner {
  const known = owners.get(database);
  if (known !== undefined) return known;
  const owner = createOwner(database);
  owners.set(database, owner);
  return owner;
}

function createOwner(database: Database): StagingOwner {
  const key = randomInt(1, 2 ** 31 - 1);
  const claimed = new Set<string>();
  let lock: Promise<SessionLock> | undefined;
  let next = 1;

  /** A connection that was lost lost the lock: it is taken anew, and a swap sees whether its rows are still there. */
  async function hold(): Promise<void> {
    const before = await lock?.catch(() => undefined);
    if (before?.isHeld()) return;
    lock = holdSessionLock(database, lockSpace, key);
    await lock;
  }

  return {
    async claim() {
      const name = `staged_${key}_${next++}`;
      claimed.add(name);
      if (database.engine === 'server') await hold();
      return name;
    },
    release(name) {
      claimed.delete(name);
      if (claimed.size > 0) return;
      void lock?.then(
        (held) => held.release(),
        () => undefined,
      );
      lock = undefined;
    },
  };
}

/** Drops the staged tables of processes that are gone, and gives how many. Only at the start of a process on the embedded engine. */
export async function sweepStaged(database: Database): Promise<number> {
  const tables = await database.query<{ name: string }>(
    `select c.relname::text as name from pg_class as c
     where c.relnamespace = 'stage'::regnamespace and c.relkind = 'r' and c.relname like 'staged\\_%'`,
    [],
    { class: 'lookup' },
  );
  let dropped = 0;
  for (const { name } of tables) {
    const key = namePattern.exec(name)?.[1];
    if (key === undefined) continue;
    const isGone = await database.transaction(
      async (client) => {
        const [lock] = await client.query<{ free: boolean }>(
          'select pg_try_advisory_xact_lock($1::integer, $2::integer) as free',
          [lockSpace, Number(key)],
          { class: 'bulk' },
        );
        if (lock?.free !== true) return false;
        await client.query(`drop table if exists ${stagedTable(name)}`, [], { class: 'bulk' });
        return true;
      },
      { class: 'bulk' },
    );
    if (isGone) dropped += 1;
  }
  return dropped;
}
