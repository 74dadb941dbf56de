/** The tables of the product in the order in which they can be filled, read from the database's own catalogs. */
import type { Queryable } from '../db/database.ts';
import { namedSql } from '../db/named-sql.ts';

export type TablePlan = {
  /** Schema-qualified and quoted, ready for SQL: geo.mine_site. */
  name: string;
  columns: { name: string; type: string }[];
  key: string[] | null;
  refers_to: string[];
  identity: { column: string; sequence: string } | null;
};

/** A table comes after every table it refers to. */
export async function readTablePlans(client: Queryable): Promise<TablePlan[]> {
  return inOrderOfReference(
    await client.query<TablePlan>(namedSql('archive/list-tables'), [], { class: 'lookup' }),
  );
}

/** Referred-to tables first, otherwise in the given order. Throws when tables refer to each other in a circle. */
export function inOrderOfReference<Table extends Pick<TablePlan, 'name' | 'refers_to'>>(
  tables: readonly Table[],
): Table[] {
  const placed = new Set<string>();
  const waiting = [...tables];
  const ordered: Table[] = [];
  while (waiting.length > 0) {
    const at = waiting.findIndex((table) => table.refers_to.every((name) => placed.has(name)));
    const [next] = waiting.splice(at, at < 0 ? 0 : 1);
    if (next === undefined) {
      throw new Error(
        `tables refer to each other in a circle: ${waiting.map(({ name }) => name).join(', ')}`,
      );
    }
    placed.add(next.name);
    ordered.push(next);
  }
  return ordered;
}
