/** The lock under which processes that start together change the schema one after the other. */
import type { PoolClient } from 'pg';

/** Any number that no other product is likely to lock in the same database. */
const advisoryLockKey = 4_490_360_700;

/** Waits for the lock and holds it until the end of the client's transaction. */
export async function lockSchema(client: PoolClient): Promise<void> {
  await client.query('select pg_advisory_xact_lock($1)', [advisoryLockKey]);
}
