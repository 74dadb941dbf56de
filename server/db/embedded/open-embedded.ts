/** The embedded database: lock, engine, and a pool of one client over the bridge. */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PoolClient } from 'pg';
import pg from 'pg';
import type { Logger } from 'pino';
import { StartupError } from '../../errors.ts';
import type { Database, OpenOptions } from '../database.ts';
import { timeoutMsByClass } from '../database.ts';
import { pooledDatabase } from '../pooled-database.ts';
import { valueTypes } from '../value-types.ts';
import type { ClientStream } from './client-stream.ts';
import { createClientStreams } from './client-stream.ts';
import { startEngine } from './engine.ts';
import { lockDataFolder } from './folder-lock.ts';
import { startHousekeeping } from './housekeeping.ts';
import { syncDirectory, syncFolder } from './sync-folder.ts';

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
  const creating = join(dataDir, 'postgres.creating');
  // Cut short by a kill, a creation leaves a folder that looks whole and does not open.
  if (existsSync(creating)) rmSync(folder, { recursive: true, force: true });
  const isNew = !existsSync(join(folder, 'PG_VERSION'));
  if (isNew) writeFileSync(creating, '');
  onProgress?.(
    isNew
      ? { zh: '首次启动:正在创建数据库(约 10 秒)…', en: 'First start: creating the database (about 10 s) …' }
      : { zh: '正在打开数据库…', en: 'Opening the database …' },
  );
  const engine = startEngine(folder, log);
  try {
    await engine.ready();
  } catch (error) {
    log.error({ err: error }, 'the embedded database does not start');
    await engine.close();
    releaseLock();
    throw new StartupError(
      {
        zh: `无法打开 ${folder} 中的数据库;请从备份恢复,或移走该目录后重新启动。`,
        en: `The database in ${folder} cannot be opened; restore a backup, or move the folder away and start again.`,
      },
      { cause: error },
    );
  }
  if (isNew) await syncFolder(folder);
  rmSync(creating, { force: true });
  syncDirectory(dataDir);
  let writes = 0;
  const pool = new pg.Pool({
    max: 1,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: queueTimeoutMs,
    user: 'postgres',
    database: 'postgres',
    ssl: false,
    types: valueTypes,
    stream: createClientStreams(engine, {
      timeoutMs: timeoutMsByClass.read,
      onPossibleWrite() {
        writes += 1;
      },
    }),
  });
  pool.on('error', ({ message }) =>
    log.debug({ reason: message }, 'the client of the embedded database was closed'),
  );
  const database = pooledDatabase({
    engine: 'embedded',
    pool,
    nameOf: () => undefined,
    // The folder is locked and every client of this process is a stream of it: nobody else writes.
    writeCount: () => writes,
    bind(client, { timeoutMs, readsOnly }) {
      const stream = streamOf(client);
      stream.timeoutMs = timeoutMs;
      if (stream.refusesWrites !== readsOnly) return switchWrites(client, stream, readsOnly);
      stream.readsOnly = readsOnly;
      return undefined;
    },
    async close() {
      await engine.close();
      releaseLock();
    },
  });
  const stopHousekeeping = startHousekeeping(database, folder, log);
  return {
    ...database,
    close() {
      stopHousekeeping();
      return database.close();
    },
  };
}

/** Has the engine refuse writes of the client, or take them again; the switch itself is no write. */
async function switchWrites(client: PoolClient, stream: ClientStream, readsOnly: boolean): Promise<void> {
  stream.readsOnly = true;
  await client.query(`set default_transaction_read_only = ${readsOnly ? 'on' : 'off'}`);
  stream.refusesWrites = readsOnly;
  stream.readsOnly = readsOnly;
}

function streamOf(client: PoolClient): ClientStream {
  return (client as PoolClient & { connection: { stream: ClientStream } }).connection.stream;
}
