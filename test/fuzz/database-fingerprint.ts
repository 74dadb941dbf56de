/** A digest of every table, to tell whether anything changed and where. */
import type { Database } from '../../server/db/database.ts';

const bulk = { class: 'bulk' } as const;

/** What an administrator may change by asking for it: its trace, accounts, and mappings of columns kept for later. */
const expectedToChange = [
  ...['app.audit', 'app.audit_chain', 'app.import_profile'],
  ...['app.account', 'app.session', 'app.sign_in_attempt'],
];

/** Digest of all rows by table of the schemas app, geo and stage. */
export async function fingerprintDatabase(database: Database): Promise<Record<string, string>> {
  const tables = await database.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname in ('app', 'geo', 'stage') order by 1`,
    [],
    bulk,
  );
  const fingerprint: Record<string, string> = {};
  for (const { name } of tables.filter((table) => !expectedToChange.includes(table.name))) {
    const [row] = await database.query<{ digest: string | null; rows: string }>(
      `select md5(string_agg(md5(t::text), '' order by md5(t::text))) as digest, count(*)::text as rows from ${name} as t`,
      [],
      bulk,
    );
    fingerprint[name] = `${row?.rows ?? '?'} rows, ${row?.digest ?? 'none'}`;
  }
  return fingerprint;
}
