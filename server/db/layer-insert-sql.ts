/** Layer definition → the statement that inserts a batch of its features from unnested arrays (no COPY: one engine has none). */
import { columnOf, type LayerDefinition, type LayerField } from '../../geodata/catalogue/layer-definition.ts';
import { quoteIdentifier, tableOf } from './layer-sql.ts';

const arrayTypes: Record<LayerField['type'], string> = {
  text: 'text',
  integer: 'integer',
  real: 'double precision',
  date: 'date',
  boolean: 'boolean',
  timestamp: 'timestamptz',
};

/** Where the values of one array come from; `ewkb` arrays hold hex EWKB. */
export type InsertColumn = {
  name: string;
  type: string;
  from:
    | { kind: 'code' }
    | { kind: 'field'; field: string }
    | { kind: 'name-sort' }
    | { kind: 'geometry' }
    | { kind: 'axis' };
};

/** Columns written for features that have these fields, in the order of the statement's arrays from $2 on. */
export function insertColumns(layer: LayerDefinition, fieldNames: ReadonlySet<string>): InsertColumn[] {
  const { table } = layer;
  const written = layer.fields.filter(
    (field) => !field.computed && columnOf(field) !== table.code && fieldNames.has(field.name),
  );
  const columns: InsertColumn[] = [
    { name: table.code, type: 'text', from: { kind: 'code' } },
    ...written.map(
      (field): InsertColumn => ({
        name: columnOf(field),
        type: arrayTypes[field.type],
        from: { kind: 'field', field: field.name },
      }),
    ),
  ];
  if (written.some((field) => field.name === 'name')) {
    columns.push({ name: 'name_sort', type: 'text', from: { kind: 'name-sort' } });
  }
  columns.push({ name: table.geometry, type: 'text', from: { kind: 'geometry' } });
  if (table.axis !== null) columns.push({ name: table.axis, type: 'text', from: { kind: 'axis' } });
  return columns;
}

/**
 * The insert; $1 is the dataset's id, $2… one array per column. `defaults` are default expressions of
 * columns that refuse null, used in place of a missing value.
 */
export function insertSql(
  layer: LayerDefinition,
  columns: readonly InsertColumn[],
  defaults: ReadonlyMap<string, string>,
): string {
  const names = columns.map((column) => quoteIdentifier(column.name));
  const arrays = columns.map((column, index) => `$${index + 2}::${column.type}[]`);
  const values = columns.map((column) => {
    const value = `u.${quoteIdentifier(column.name)}`;
    if (column.from.kind === 'geometry' || column.from.kind === 'axis') return `${value}::geometry`;
    const fallback = defaults.get(column.name);
    return fallback === undefined ? value : `coalesce(${value}, ${fallback})`;
  });
  return `insert into ${tableOf(layer)} (${[...names, 'dataset_id'].join(', ')})
select ${[...values, '$1::bigint'].join(', ')}
from unnest(${arrays.join(', ')}) as u(${names.join(', ')})`;
}
