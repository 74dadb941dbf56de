/** Statements that belong to no database under test, such as creating one. */
import pg from 'pg';

/** Runs one statement in the maintenance database of the cluster at `url` (without a database name). */
export async function asAdministrator(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${url}/postgres` });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
