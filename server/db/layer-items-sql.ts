/**
 * Statements that give features of any layer as GeoJSON text, written by the database. The text comes in two
 * columns: coordinates, which are most of it and ASCII throughout, apart from what may hold any character,
 * so that the long one passes through Node as bytes.
 */
import { columnOf, type LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import { relationSql } from './layer-history-sql.ts';
import {
  collectParams,
  columnRef,
  jsonValueSql,
  type LayerFilter,
  type Params,
  quoteLiteral,
  revisionSql,
  type Statement,
  whereSql,
} from './layer-sql.ts';

/** How geometries are written. */
export type GeometryForm = {
  /** SRID the answer is in; the table's own: not transformed. */
  srid: number;
  /** The authority's axis order is northing or latitude first. */
  northFirst: boolean;
  decimals: number;
};

export type DerivedMember = 'anchor' | 'axis';

export type FeatureFormat = {
  form: GeometryForm;
  /** "geometry" is null throughout, for tables that need the properties only. */
  skipGeometry: boolean;
  derived: readonly DerivedMember[];
};

export type ItemsQuery = {
  filter: LayerFilter;
  /** Features with a greater key follow; null: from the first. */
  afterKey: string | null;
  limit: number;
  /** What matched at a revision, from a page before: not counted again while the revision stands. */
  counted: { revision: string; matched: number } | null;
} & FeatureFormat;

/** The text of features in two columns; joinFeatures puts them together. Null: no feature. */
export type FeatureTexts = {
  /** One line a feature: its text up to the geometry. */
  heads: string | null;
  /** One line a feature: its geometry and derived members, ASCII. */
  shapes: string | null;
};

export type ItemsRow = {
  revision: string;
  matched: number;
  returned: number;
  /** Key of the last feature when more follow, else null. */
  next_key: string | null;
} & FeatureTexts;

/** A page ends early after this many stored bytes of geometry, so that its text fits the database's limit. */
const pageGeometryBytes = 32 * 1024 * 1024;

/** One page in the order of the table's key: one row of ItemsRow, all read in one snapshot. */
export function itemsStatement(layer: LayerDefinition, query: ItemsQuery): Statement {
  const params = collectParams();
  const table = relationSql(layer, query.filter.asOf, params);
  const id = columnRef(layer.table.id);
  const where = whereSql(layer, query.filter, params);
  const after = query.afterKey === null ? '' : `\n      and ${id} > ${params.add(query.afterKey, 'bigint')}`;
  const counted = `(
    select count(*)::integer
    from ${table} as f
    where ${where})`;
  const matched = matchedSql(layer, query, counted, params);
  const key = columnRef(layer.table.id, 'p');
  const bytes = query.skipGeometry ? '0' : `pg_column_size(${columnRef(layer.table.geometry)})`;
  const limit = params.add(query.limit, 'integer');
  // Only a page that is full can have others after it.
  const text = `select ${revisionSql(layer)} as revision,
  ${matched} as matched,
  a.returned,
  case when a.more then a.last_key::text end as next_key,
  a.heads,
  a.shapes
from (
  select count(*)::integer as returned,
    max(${key}) as last_key,
    (count(*) = ${limit} or sum(p.bytes) >= ${pageGeometryBytes}) and exists (
      select 1
      from ${table} as f
      where ${where}
        and ${id} > max(${key})) as more,
    string_agg(${headSql(layer, 'p')}, E'\\n') as heads,
    string_agg(${shapeSql(layer, 'p', query)}, E'\\n') as shapes
  from (
    select ${usedColumns(layer, query).join(', ')}, ${bytes} as bytes,
      coalesce(sum(${bytes}) over (
        order by ${id} rows between unbounded preceding and 1 preceding), 0) as bytes_before
    from ${table} as f
    where ${where}${after}
    order by ${id}
    limit ${limit}) as p
  where p.bytes_before < ${pageGeometryBytes}) as a`;
  return { text, params: params.values };
}

/** Where the first page holds everything, its length is the count; where a page before counted, its count stands. */
function matchedSql(layer: LayerDefinition, query: ItemsQuery, counted: string, params: Params): string {
  const known =
    query.counted === null
      ? ''
      : ` when ${revisionSql(layer)} = ${params.add(query.counted.revision, 'text')} then ${params.add(query.counted.matched, 'integer')}`;
  const whole = query.afterKey === null ? ' when not a.more then a.returned' : '';
  return `${whole}${known}` === '' ? counted : `case${whole}${known} else ${counted} end`;
}

/** One feature by its code: no row, or one of FeatureRow. */
export type FeatureRow = { revision: string } & FeatureTexts;

export function featureStatement(
  layer: LayerDefinition,
  code: string,
  format: FeatureFormat & { asOf: string | null },
): Statement {
  const params = collectParams();
  const table = relationSql(layer, format.asOf, params);
  const text = `select ${revisionSql(layer)} as revision,
  ${headSql(layer, 'f')} as heads,
  ${shapeSql(layer, 'f', format)} as shapes
from ${table} as f
where ${columnRef(layer.table.code)} = ${params.add(code, 'text')}`;
  return { text, params: params.values };
}

/** Columns the text of a feature is made of. */
function usedColumns(layer: LayerDefinition, { derived, skipGeometry }: FeatureFormat): string[] {
  const { id, code, geometry } = layer.table;
  const names = [
    id,
    code,
    ...layer.fields.map(columnOf),
    ...(skipGeometry ? [] : [geometry]),
    ...derived.map((member) => layer.table[member]),
  ];
  return [...new Set(names.filter((name) => name !== null))].map((name) => columnRef(name));
}

/** A GeoJSON Feature up to its geometry: its id is the code. */
function headSql(layer: LayerDefinition, alias: string): string {
  const properties = layer.fields.map(
    (field, index) =>
      `${quoteLiteral(`${index === 0 ? '' : ','}"${field.name}":`)} || ${jsonValueSql(field, alias)}`,
  );
  return [
    `'{"type":"Feature","id":' || to_json(${columnRef(layer.table.code, alias)})::text`,
    `',"properties":{' || ${properties.join('\n      || ')}`,
    `'},"geometry":'`,
  ].join('\n      || ');
}

/**
 * What follows the head, but for the closing brace. A null or empty geometry is null; derived members are
 * RFC 7946 foreign members in the CRS of the geometry.
 */
function shapeSql(layer: LayerDefinition, alias: string, format: FeatureFormat): string {
  const { form, derived, skipGeometry } = format;
  const shape = skipGeometry ? `'null'` : geometrySql(layer, columnRef(layer.table.geometry, alias), form);
  const members = derived.flatMap((member) => {
    const column = layer.table[member];
    if (column === null) return [];
    const geometry = columnRef(column, alias);
    const value = member === 'anchor' ? pointSql(layer, geometry, form) : geometrySql(layer, geometry, form);
    return [`${quoteLiteral(`,"${member}":`)} || ${value}`];
  });
  return [shape, ...members].join('\n      || ');
}

function inAskedCrs(layer: LayerDefinition, geometry: string, form: GeometryForm): string {
  const transformed =
    form.srid === layer.table.srid ? geometry : `ST_Transform(${geometry}, ${Math.trunc(form.srid)})`;
  return form.northFirst ? `ST_FlipCoordinates(${transformed})` : transformed;
}

function geometrySql(layer: LayerDefinition, geometry: string, form: GeometryForm): string {
  const text = `ST_AsGeoJSON(${inAskedCrs(layer, geometry, form)}, ${Math.trunc(form.decimals)}, 0)`;
  return `case when ${geometry} is null or ST_IsEmpty(${geometry}) then 'null' else ${text} end`;
}

/** [x, y] of a point column. */
function pointSql(layer: LayerDefinition, geometry: string, form: GeometryForm): string {
  const text = `(ST_AsGeoJSON(${inAskedCrs(layer, geometry, form)}, ${Math.trunc(form.decimals)}, 0)::json -> 'coordinates')::text`;
  return `case when ${geometry} is null or ST_IsEmpty(${geometry}) then 'null' else ${text} end`;
}
