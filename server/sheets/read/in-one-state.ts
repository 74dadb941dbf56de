/** Several statements that see one state of the data. */
import type { Database, Queryable } from '../../db/database.ts';
import { namedSql } from '../../db/named-sql.ts';

/** How often the data may change under a sheet before it is read in one piece, while everybody else waits. */
const mostAttempts = 3;

/**
 * On the server engine one snapshot. The embedded engine has one connection for everybody, which a transaction would keep to
 * the end: there others ask in between, and what was read is read again if a layer has changed meanwhile. `work` must be
 * such that it can be done again.
 */
export async function inOneState<T>(database: Database, work: (client: Queryable) => Promise<T>): Promise<T> {
  const snapshot = { class: 'read', isolation: 'snapshot' } as const;
  if (database.engine === 'server') return database.transaction(work, snapshot);
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const before = await state(database);
    const result = await work(database);
    if ((await state(database)) === before) return result;
  }
  return database.transaction(work, snapshot);
}

async function state(client: Queryable): Promise<string> {
  const [row] = await client.query<{ state: string }>(namedSql('system/read-revisions'), [], {
    class: 'lookup',
    isRepeated: true,
    readsOnly: true,
  });
  return row?.state ?? '';
}
