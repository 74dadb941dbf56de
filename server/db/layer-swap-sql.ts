/**
 * Layer definition → the statements that put staged rows into a layer and former rows back: keep, insert, update,
 * remove, restore. Measured values come with the rows (see app.comes_measured), so measuredRowsOf frames each write.
 */
import { columnOf, type LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import { quoteIdentifier, quoteLiteral, tableOf } from './layer-sql.ts';
import { measuredColumns, passingRows, stagedColumns, stagedTable } from './layer-stage-sql.ts';

/** Default expression by column that refuses null. */
export type ColumnDefaults = ReadonlyMap<string, string>;

/** Lets the next writes of the table bring measured values, or former rows come back as they were; null ends it. Within a transaction. */
export function measuredRowsOfSql(
  layer: LayerDefinition | null,
  rows: 'staged' | 'former' = 'staged',
): string {
  const table = layer?.table.name ?? '';
  return `select set_config('lantu.measured_rows_of', ${quoteLiteral(rows === 'former' ? `former ${table}` : table)}, true)`;
}

/** Copies standing rows aside: all, or those whose code is in the staged table. */
export function keepFormerSql(layer: LayerDefinition, former: string, staged: string | null): string {
  const code = quoteIdentifier(layer.table.code);
  const some =
    staged === null ? '' : ` where t.${code} in (select s.${code} from ${stagedTable(staged)} as s)`;
  return `create table ${stagedTable(former)} with (${passingRows}) as select t.* from ${tableOf(layer)} as t${some}`;
}

/**
 * Makes former rows found by code. The planner takes the rows of a delivery that stood before for one row, as each has its
 * match; without an index it may then go through all former rows for every one that comes, which takes minutes.
 */
export function indexFormerSql(layer: LayerDefinition, former: string): string {
  return `create index on ${stagedTable(former)} (${quoteIdentifier(layer.table.code)})`;
}

/** How many staged codes stand in the layer. Result: count. */
export function countStandingSql(layer: LayerDefinition, staged: string): string {
  const code = quoteIdentifier(layer.table.code);
  return `select count(*)::integer as count from ${stagedTable(staged)} as s join ${tableOf(layer)} as t on t.${code} = s.${code}`;
}

/**
 * Inserts the staged rows whose code does not stand in the layer, under dataset $1 of kind $2. A row whose code stood
 * among the `former` ones goes on counting its version, so that an old If-Match never fits it. Result: count.
 */
export function insertStagedSql(
  layer: LayerDefinition,
  staged: string,
  defaults: ColumnDefaults,
  former: string | null,
): string {
  const code = quoteIdentifier(layer.table.code);
  const own = stagedColumns(layer).map(({ name }) => ({
    name,
    value: withDefault(`s.${quoteIdentifier(name)}`, defaults.get(name)),
  }));
  const measured = measuredColumns(layer).map(({ name }) => ({ name, value: `s.${quoteIdentifier(name)}` }));
  const columns = [
    ...own,
    ...measured,
    { name: 'dataset_id', value: '$1::bigint' },
    { name: 'data_kind', value: '$2::text' },
    { name: 'version', value: former === null ? '1' : 'coalesce(f.version, 0) + 1' },
  ];
  const join = former === null ? '' : `\n  left join ${stagedTable(former)} as f on f.${code} = s.${code}`;
  return `with stored as (
  insert into ${tableOf(layer)} (${columns.map(({ name }) => quoteIdentifier(name)).join(', ')})
  select ${columns.map(({ value }) => value).join(', ')}
  from ${stagedTable(staged)} as s${join}
  where not exists (select 1 from ${tableOf(layer)} as t where t.${code} = s.${code})
  order by s."row"
  returning 1
)
select count(*)::integer as count from stored`;
}

/**
 * Overwrites standing rows by staged ones of the same code, under dataset $1 of kind $2: only the columns the delivery
 * fills. `keptWhere` gives, by column, the condition on t under which its standing value stays. Result: count.
 */
export function updateStagedSql(
  layer: LayerDefinition,
  staged: string,
  filled: readonly string[],
  defaults: ColumnDefaults,
  keptWhere: ReadonlyMap<string, string>,
): string {
  const code = quoteIdentifier(layer.table.code);
  const shapes = new Set([layer.table.geometry, ...measuredColumns(layer).map(({ name }) => name)]);
  const names = [...new Set([...filled, ...shapes])].filter((name) => name !== layer.table.code);
  const sets = names.map((name) => {
    const [given, standing] = [`s.${quoteIdentifier(name)}`, `t.${quoteIdentifier(name)}`];
    const keep = keptWhere.get(name);
    const stays = defaults.has(name)
      ? `${given} is null`
      : shapes.has(name)
        ? `s.${quoteIdentifier(layer.table.geometry)} is null`
        : null;
    const either = [keep, stays].filter((condition) => condition != null);
    return `${quoteIdentifier(name)} = ${either.length === 0 ? given : `case when ${either.join(' or ')} then ${standing} else ${given} end`}`;
  });
  return `with stored as (
  update ${tableOf(layer)} as t set ${[...sets, 'dataset_id = $1::bigint', 'data_kind = $2::text'].join(', ')}
  from ${stagedTable(staged)} as s where t.${code} = s.${code}
  returning 1
)
select count(*)::integer as count from stored`;
}

/** Brings the counts of the layer's other standing datasets than $1 up to date; one without features is replaced. Result: none. */
export function recountDatasetsSql(layer: LayerDefinition): string {
  return `update app.dataset as d set feature_count = n.count, removed_at = case when n.count = 0 then now() end
from (
  select o.id, (select count(*)::integer from ${tableOf(layer)} as t where t.dataset_id = o.id) as count
  from app.dataset as o
  where o.layer_id = ${quoteLiteral(layer.id)} and o.removed_at is null and o.id <> $1::bigint) as n
where d.id = n.id and d.feature_count <> n.count`;
}

/** Removes every feature of the layer. Result: count. */
export function removeAllSql(layer: LayerDefinition): string {
  return `with gone as (delete from ${tableOf(layer)} returning 1) select count(*)::integer as count from gone`;
}

/** Removes the features of dataset $1 whose code is not among the former ones; all of them where `former` is null. Result: count. */
export function removeImportedSql(layer: LayerDefinition, former: string | null): string {
  const code = quoteIdentifier(layer.table.code);
  const kept =
    former === null
      ? ''
      : ` and not exists (select 1 from ${stagedTable(former)} as f where f.${code} = t.${code})`;
  return `with gone as (delete from ${tableOf(layer)} as t where t.dataset_id = $1::bigint${kept} returning 1)
select count(*)::integer as count from gone`;
}

/**
 * Puts former rows back where no row of that code stands, with their ids; the version counts on past the one the import
 * gave. `columns`: the stored ones of the table.
 */
export function restoreFormerSql(layer: LayerDefinition, former: string, columns: readonly string[]): string {
  const code = quoteIdentifier(layer.table.code);
  const values = columns.map((name) => (name === 'version' ? 'f.version + 2' : `f.${quoteIdentifier(name)}`));
  return `insert into ${tableOf(layer)} (${columns.map(quoteIdentifier).join(', ')}) overriding system value
select ${values.join(', ')} from ${stagedTable(former)} as f
where not exists (select 1 from ${tableOf(layer)} as t where t.${code} = f.${code})
order by f.id`;
}

/** Gives standing rows the former values of these columns, by code; the version counts on. */
export function revertToFormerSql(
  layer: LayerDefinition,
  former: string,
  columns: readonly string[],
): string {
  const code = quoteIdentifier(layer.table.code);
  const sets = columns
    .filter((name) => !['id', 'version', layer.table.code].includes(name))
    .map((name) => `${quoteIdentifier(name)} = f.${quoteIdentifier(name)}`);
  return `update ${tableOf(layer)} as t set ${[...sets, 'version = t.version + 1'].join(', ')}
from ${stagedTable(former)} as f where t.${code} = f.${code}`;
}

/** Features of dataset $1: how many stand, and how many of them were written since it was made. Result: standing, changed. */
export function countChangedSql(layer: LayerDefinition): string {
  return `select count(*)::integer as standing, (count(*) filter (where t.updated_at <> d.created_at))::integer as changed
from ${tableOf(layer)} as t join app.dataset as d on d.id = t.dataset_id where t.dataset_id = $1::bigint`;
}

/** Columns of the layer's table that the mapped fields fill, with those that follow from them. */
export function filledColumns(layer: LayerDefinition, fieldNames: ReadonlySet<string>): string[] {
  const filled = layer.fields.filter((field) => !field.computed && fieldNames.has(field.name));
  const names = filled.map(columnOf);
  return filled.some(({ name }) => name === 'name') ? [...names, 'name_sort'] : names;
}

function withDefault(value: string, fallback: string | undefined): string {
  return fallback === undefined ? value : `coalesce(${value}, ${fallback})`;
}
