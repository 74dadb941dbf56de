/**
 * Layer definition → the statements that stage rows of an import in a table of schema `stage`: made like the layer's
 * own, filled by batches of unnested arrays, each shape judged and measured once, broken ones mended or dropped.
 */
import type { LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import { type InsertColumn, insertColumns } from './layer-insert-sql.ts';
import { quoteIdentifier, tableOf } from './layer-sql.ts';

/** Columns an import may fill, in the order of the arrays of stageRowsSql from $2 on. */
export function stagedColumns(layer: LayerDefinition): InsertColumn[] {
  const writable = layer.fields.filter((field) => !field.computed).map((field) => field.name);
  return insertColumns(layer, new Set(writable));
}

const areaSql = 'app.area_of_valid_m2(s.shape)';
/** app.anchor_of_valid, without a call of it for shapes of one part. */
const anchorSql =
  'case when ST_NumGeometries(s.shape) = 1 then ST_PointOnSurface(ST_GeometryN(s.shape, 1)) else app.anchor_of_valid(s.shape) end';

/** Columns that follow from the shape, each with the SQL that gives it of a valid shape s.shape or an axis s.axis. */
export function measuredColumns({ table }: LayerDefinition): { name: string; value: string }[] {
  const columns: { name: string; value: string }[] = [];
  if (table.area !== null) columns.push({ name: table.area, value: areaSql });
  if (table.anchor !== null) columns.push({ name: table.anchor, value: anchorSql });
  if (table.axis !== null) columns.push({ name: 'length_m', value: 'app.geodesic_length_m(s.axis)' });
  if (table.geometryType === 'MultiLineString') {
    columns.push({ name: 'length_m', value: 'app.geodesic_length_m(s.shape)' });
  }
  return columns;
}

/** `stage."name"`. */
export function stagedTable(name: string): string {
  return `stage.${quoteIdentifier(name)}`;
}

/**
 * Of tables that rows only pass through: PostgreSQL would try in vain to compress each shape from 2 kB on, and shapes up to a
 * page stand in their row anyway.
 */
export const passingRows = 'toast_tuple_target = 8160';

/** Makes the table: column `row` (position in the file), those of the layer, `is_valid`. Not logged: it is gone after a crash. */
export function createStagedSql(layer: LayerDefinition, table: string): string {
  const columns = [...stagedColumns(layer), ...measuredColumns(layer)].map(
    ({ name }) => `t.${quoteIdentifier(name)}`,
  );
  return `create unlogged table ${stagedTable(table)} with (autovacuum_enabled = false, ${passingRows}) as
select 0::integer as "row", ${columns.join(', ')}, true as is_valid
from ${tableOf(layer)} as t with no data`;
}

/**
 * Stores one batch: $1 integer[] rows, then one array per staged column, but for the shapes one bytea with the EWKB of all,
 * and last where in it each starts (from 1), how long it is (null: no shape), whether it is a valid polygon as it is to be
 * stored for sure, and its area in m² if that is known. Result: row and code of those whose shape is not valid; they have
 * no measured values. Raises LT004 for a coordinate that is no finite number.
 */
export function stageRowsSql(layer: LayerDefinition, table: string): string {
  const columns = stagedColumns(layer);
  const measured = measuredColumns(layer).map(({ name, value }) => ({
    name,
    value: value === areaSql ? `coalesce(s.shape_area, ${value})` : value,
  }));
  const shape =
    layer.table.geometryType === 'MultiPolygon'
      ? 'case when g.shape_is_valid then g.given else ST_ForcePolygonCCW(app.storable_shape(g.given)) end'
      : 'app.storable_shape(g.given)';
  const axis = layer.table.axis === null ? 'null::geometry' : 'app.storable_shape(g.axis_text::geometry)';
  const names = columns.map(({ name }) => quoteIdentifier(name));
  const values = columns.map(({ name, from }) => {
    if (from.kind === 'geometry') return 's.shape';
    return from.kind === 'axis' ? 's.axis' : `s.${quoteIdentifier(name)}`;
  });
  const arrays = columns.flatMap(({ name, type, from }, index) => {
    if (from.kind === 'geometry') return [];
    const alias = from.kind === 'axis' ? 'axis_text' : quoteIdentifier(name);
    return [{ name: alias, array: `$${index + 2}::${type}[]` }];
  });
  const start = columns.length + 2;
  arrays.push({ name: 'shape_start', array: `$${start}::integer[]` });
  arrays.push({ name: 'shape_length', array: `$${start + 1}::integer[]` });
  arrays.push({ name: 'shape_is_valid', array: `$${start + 2}::boolean[]` });
  arrays.push({ name: 'shape_area', array: `$${start + 3}::double precision[]` });
  const shapes = columns.findIndex(({ from }) => from.kind === 'geometry') + 2;
  // Nested so that each value is computed once; as lateral joins they would be looked up in tables of all shapes met so far.
  return `with staged as (
  insert into ${stagedTable(table)} ("row", ${names.join(', ')}, is_valid${measured.map(({ name }) => `, ${quoteIdentifier(name)}`).join('')})
  select s."row", ${values.join(', ')}, s.is_valid${measured.map(({ value }) => `, case when s.is_valid then ${value} end`).join('')}
  from (
    select v.*, v.shape_is_valid or coalesce(ST_IsValid(v.shape), true) as is_valid
    from (
      select g.*, ${shape} as shape, ${axis} as axis
      from (
        select u.*, substring($${shapes}::bytea from u.shape_start for u.shape_length)::geometry as given
        from unnest($1::integer[], ${arrays.map(({ array }) => array).join(', ')}) as u("row", ${arrays.map(({ name }) => name).join(', ')})
        offset 0
      ) as g offset 0
    ) as v offset 0
  ) as s
  returning "row", ${quoteIdentifier(layer.table.code)} as code, is_valid
)
select "row", code from staged where not is_valid`;
}

/**
 * Mends what can be mended of the rows $1 integer[]. Result for each of them: row, code, whether it is mended, its area
 * before and after in m² (by the same measure, so that they compare), and where the fault lies in degrees or null.
 */
export function mendRowsSql(layer: LayerDefinition, table: string): string {
  const geometry = quoteIdentifier(layer.table.geometry);
  const measured = measuredColumns(layer);
  const axis = layer.table.axis === null ? 'null::geometry' : `t.${quoteIdentifier(layer.table.axis)}`;
  const sets = [
    `${geometry} = m.shape`,
    'is_valid = true',
    ...measured.map(({ name }) => `${quoteIdentifier(name)} = m.${quoteIdentifier(name)}`),
  ];
  return `with broken as materialized (
  select t."row", t.${quoteIdentifier(layer.table.code)} as code, t.${geometry} as broken, ${axis} as axis,
    (ST_IsValidDetail(t.${geometry})).location as place, ST_ForcePolygonCCW(app.repair_polygon(t.${geometry})) as shape
  from ${stagedTable(table)} as t where t."row" = any ($1::integer[]) and not t.is_valid
), mended as materialized (
  select s."row", s.shape${measured.map(({ name, value }) => `, ${value} as ${quoteIdentifier(name)}`).join('')}
  from broken as s where s.shape is not null
), written as (
  update ${stagedTable(table)} as t set ${sets.join(', ')} from mended as m where t."row" = m."row"
)
select s."row", s.code, s.shape is not null as is_mended, ST_X(s.place) as lng, ST_Y(s.place) as lat,
  app.area_of_valid_m2(s.shape) as area_after, app.area_of_valid_m2(s.shape) * ST_Area(s.broken) / nullif(ST_Area(s.shape), 0) as area_before
from broken as s order by s."row"`;
}

/** Drops the rows $1 integer[], rejected after all. */
export function rejectRowsSql(table: string): string {
  return `delete from ${stagedTable(table)} where "row" = any ($1::integer[])`;
}
