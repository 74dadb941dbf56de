/** An advisory lock held by a connection of its own, outside the pool: it is free again the moment its process is gone. */
import pg from 'pg';
import type { Database } from './database.ts';

export type SessionLock = {
  /** False once the connection, and the lock with it, was lost. */
  isHeld(): boolean;
  release(): void;
};

/** Waits for the lock. For the server engine only: the embedded one has a single client, which forgets its locks. */
export async function holdSessionLock(database: Database, space: number, key: number): Promise<SessionLock> {
  const client = new pg.Client({ ...database.pool.options, statement_timeout: 0 });
  let held = true;
  client.on('error', () => {
    held = false;
  });
  client.on('end', () => {
    held = false;
  });
  await client.connect();
  await client.query('select pg_advisory_lock($1::integer, $2::integer)', [space, key]);
  return {
    isHeld: () => held,
    release() {
      held = false;
      client.end().catch(() => undefined);
    },
  };
}
