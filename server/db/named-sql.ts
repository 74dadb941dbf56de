/** Static queries: sql/queries/<part>/<name>.sql, read once. */
import { readFileSync } from 'node:fs';

const queriesFolder = new URL('../../sql/queries/', import.meta.url);
const textByName = new Map<string, string>();

/** Text of sql/queries/`name`.sql, such as 'features/count-items'. Throws when there is no such file. */
export function namedSql(name: string): string {
  const known = textByName.get(name);
  if (known !== undefined) return known;
  if (!/^[a-z-]+\/[a-z0-9-]+$/.test(name)) throw new Error(`not the name of a query: ${name}`);
  const text = readFileSync(new URL(`${name}.sql`, queriesFolder), 'utf8');
  textByName.set(name, text);
  return text;
}
