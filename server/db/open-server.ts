/** A PostgreSQL server with PostGIS: its pool, its time limits, and the checks before anything else runs. */

import type { PoolClient } from 'pg';
import pg from 'pg';
import type { Logger } from 'pino';
import { checkServer, explainConnectionError } from './check-server.ts';
import type { Database } from './database.ts';
import { sortMemory, timeoutMsByClass } from './database.ts';
import { boundedStatement, pooledDatabase } from './pooled-database.ts';
import { createStatementNames } from './statement-names.ts';
import { valueTypes } from './value-types.ts';

/** Longer than the longest statement limit: only for a server that no longer answers at all. */
const silenceMs = timeoutMsByClass.bulk + 30_000;

/** Connects and checks versions and extensions. Throws StartupError with what is wrong and what to do. */
export async function openServerDatabase(url: string, log: Logger): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'lantu',
    max: 10,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    types: valueTypes,
    statement_timeout: timeoutMsByClass.read,
    query_timeout: silenceMs,
    options: `-c timezone=UTC -c jit=off -c search_path=public -c work_mem=${sortMemory}`,
  });
  pool.on('error', (error) => log.warn({ reason: error.message }, 'an idle database connection was lost'));
  const limitByClient = new WeakMap<PoolClient, number>();
  const database = pooledDatabase({
    engine: 'server',
    pool,
    nameOf: createStatementNames(),
    writeCount: () => undefined,
    bind(client, { timeoutMs }) {
      if ((limitByClient.get(client) ?? timeoutMsByClass.read) === timeoutMs) return undefined;
      limitByClient.set(client, timeoutMs);
      return client.query(
        boundedStatement(`set statement_timeout = ${timeoutMs}`, [], timeoutMsByClass.lookup),
      );
    },
    close: async () => undefined,
  });
  try {
    const client = await pool.connect();
    try {
      await checkServer(client);
    } finally {
      client.release();
    }
  } catch (error) {
    await pool.end();
    throw explainConnectionError(error, url);
  }
  return database;
}
