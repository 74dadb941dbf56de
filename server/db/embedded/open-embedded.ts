/** The embedded database: lock, engine, and a pool of one client over the bridge. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { PoolClient } from 'pg';
import pg from 'pg';
import type { Logger } from 'pino';
import type { Database } from '../database.ts';
import { timeoutMsByClass } from '../database.ts';
import type { OpenOptions } from '../open.ts';
import { pooledDatabase } from '../pooled-database.ts';
import { valueTypes } from '../value-types.ts';
import type { ClientStream } from './client-stream.ts';
import { createClientStreams } from './client-stream.ts';
import { startEngine } from './engine.ts';
import { lockDataFolder } from './folder-lock.ts';
import { startHousekeeping } from './housekeeping.ts';

/** How long a request waits for the one client before it hears that the database is busy. */
const queueTimeoutMs = 60_000;

/** Opens, and on the first start creates, the database under `dataDir`. Throws StartupError where it is in use. */
export async function openEmbeddedDatabase(
  dataDir: string,
  log: Logger,
  { onProgress }: OpenOptions,
): Promise<Database> {
  const releaseLock = lockDataFolder(dataDir);
  const folder = join(dataDir, 'postgres');
  onProgress?.(
    existsSync(join(folder, 'PG_VERSION'))
      ? { zh: '正在打开数据库…', en: 'Opening the database …' }
      : { zh: '首次启动:正在创建数据库(约 10 秒)…', en: 'First start: creating the database (about 10 s) …' },
  );
  const engine = startEngine(folder, log);
  try {
    await engine.ready();
  } catch (error) {
    await engine.close();
    releaseLock();
    throw error;
  }
  const pool = new pg.Pool({
    max: 1,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: queueTimeoutMs,
    user: 'postgres',
    database: 'postgres',
    ssl: false,
    types: valueTypes,
    stream: createClientStreams(engine, timeoutMsByClass.read),
  });
  pool.on('error', ({ message }) =>
    log.debug({ reason: message }, 'the client of the embedded database was closed'),
  );
  const database = pooledDatabase({
    engine: 'embedded',
    pool,
    limit(client, timeoutMs) {
      streamOf(client).timeoutMs = timeoutMs;
      return undefined;
    },
    async close() {
      await engine.close();
      releaseLock();
    },
  });
  const stopHousekeeping = startHousekeeping(database, log);
  return {
    ...database,
    close() {
      stopHousekeeping();
      return database.close();
    },
  };
}

function streamOf(client: PoolClient): ClientStream {
  return (client as PoolClient & { connection: { stream: ClientStream } }).connection.stream;
}
