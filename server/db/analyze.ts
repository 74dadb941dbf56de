/** Statistics for the planner after loading: the embedded engine has nobody else to gather them. */
import type { Database, Queryable } from './database.ts';

const bulk = { class: 'bulk' } as const;

/** Six thousand rows are sampled, a fifth of what is usual: someone waits, and large shapes make each row costly. */
const smallTarget = 20;

/**
 * Tells the planner how many rows a table has that was just made, by a glance at a few of its pages; from its size alone it
 * takes long rows for six times as many short ones, and sorts them twice. `table` schema-qualified and quoted. Within a
 * transaction.
 */
export async function countForPlanner(client: Queryable, table: string, column: string): Promise<void> {
  await client.query('set local default_statistics_target = 1', [], bulk);
  await client.query(`analyze ${table} (${column})`, [], bulk);
}

/** Gathers statistics of every table of the schemas geo and app, or of these alone (schema-qualified names of definitions). */
export async function analyze(database: Database, tables?: readonly string[]): Promise<void> {
  if (tables !== undefined) {
    await database.transaction(
      async (client) => {
        await client.query(`set local default_statistics_target = ${smallTarget}`, [], bulk);
        await client.query(`analyze ${tables.join(', ')}`, [], bulk);
      },
      { class: 'bulk' },
    );
    return;
  }
  const [row] = await database.query<{ tables: string | null }>(
    `select string_agg(format('%I.%I', schemaname, tablename), ', ') as tables
     from pg_tables where schemaname in ('geo', 'app')`,
    [],
    bulk,
  );
  if (row?.tables) await database.query(`analyze ${row.tables}`, [], bulk);
}
