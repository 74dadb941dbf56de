/**
 * What background processes do on a server and nobody does in the embedded engine: vacuum, statistics and
 * checkpoints; and the reserve of disk space. Without a checkpoint the log grows for ever and the start after a kill takes ever longer.
 */
import type { Logger } from 'pino';
import type { Database } from '../database.ts';
import { isDiskShort, keepReserve } from './disk-reserve.ts';

const everyMs = 30_000;
const dueAfterBytes = 32 * 1024 * 1024;
const bulk = { class: 'bulk' } as const;

/** Tidies the database in `folder` while nobody asks anything, after enough was written. Gives the function that stops it. */
export function startHousekeeping(database: Database, folder: string, log: Logger): () => void {
  let tidiedAt: string | undefined;
  const timer = setInterval(async () => {
    const { idleCount, totalCount, waitingCount } = database.pool;
    if (waitingCount > 0 || idleCount < totalCount) return;
    try {
      // A checkpoint that finds no room ends the engine.
      if (isDiskShort(folder)) return;
      await keepReserve(folder);
      tidiedAt = await tidy(database, tidiedAt);
    } catch (error) {
      log.warn({ err: error }, 'housekeeping of the embedded database failed');
    }
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** Vacuums, analyses and checkpoints if enough was written since `tidiedAt` (a position in the log). */
export async function tidy(database: Database, tidiedAt: string | undefined): Promise<string | undefined> {
  const [log] = await database.query<{ at: string; written: string }>(
    'select pg_current_wal_lsn()::text as at, pg_wal_lsn_diff(pg_current_wal_lsn(), coalesce($1, (pg_control_checkpoint()).redo_lsn::text)::pg_lsn)::text as written',
    [tidiedAt ?? null],
    bulk,
  );
  if (log === undefined || Number(log.written) < dueAfterBytes) return tidiedAt;
  await database.query('vacuum (analyze)', [], bulk);
  await database.query('checkpoint', [], bulk);
  return log.at;
}
