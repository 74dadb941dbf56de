/** Statistics for the planner after loading: the embedded engine has nobody else to gather them. */
import type { Database } from './database.ts';

const bulk = { class: 'bulk' } as const;

/** Gathers statistics of every table of the schemas geo and app. */
export async function analyze(database: Database): Promise<void> {
  const [row] = await database.query<{ tables: string | null }>(
    `select string_agg(format('%I.%I', schemaname, tablename), ', ') as tables
     from pg_tables where schemaname in ('geo', 'app')`,
    [],
    bulk,
  );
  if (row?.tables) await database.query(`analyze ${row.tables}`, [], bulk);
}
