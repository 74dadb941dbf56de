/**
 * Statement that gives features of any layer as they are drawn on paper: shapes in hundredths of a millimetre from the
 * upper left corner of the map frame as TWKB, what legend and labels need as JSON. GEOS is asked for nothing but a clip
 * by rectangle and whether a rectangle is met, which do not fail on invalid geometry.
 */
import { columnOf, type LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import { relationSql } from './layer-history-sql.ts';
import {
  collectParams,
  columnRef,
  type Params,
  quoteIdentifier,
  revisionSql,
  type Statement,
  tableOf,
} from './layer-sql.ts';

/** Where paper lies in a CRS. */
export type PaperPlace = {
  srid: number;
  /** Of the upper left corner of the frame, in units of the CRS. */
  minX: number;
  maxY: number;
  unitsPerMm: number;
  widthMm: number;
  heightMm: number;
  /** What the frame covers and some millimetres around it: [minLng, minLat, maxLng, maxLat]. */
  extentDegrees: readonly [number, number, number, number];
  /** A tenth of a millimetre of paper, in degrees of a meridian. */
  toleranceDegrees: number;
};

type SheetFilter = {
  asOf: string | null;
  /** Values of the category field that are drawn; null: all, and those without. */
  categories: readonly string[] | null;
  /** Of layers that say it: features of this county alone. */
  county: string | null;
  /** Of mine sites and of layers that belong to one: this site alone. */
  site: string | null;
};

/** One batch of features; the columns of shapes hold one TWKB a feature in the order of `features`. */
export type SheetRow = {
  revision: string;
  /** Key of the last feature looked at when more may follow, else null. */
  next_key: string | null;
  /** JSON array of one array a feature: code, title, English title, category, area in m². */
  features: string;
  shapes: Buffer | null;
  anchors: Buffer | null;
  axes: Buffer | null;
};

/** Paper units per millimetre. */
const paperUnitsPerMm = 100;
/** Grid that shapes with common edges are thinned to, in paper units: what meets before meets after. */
const commonEdgeGrid = 5;
/** A batch holds no more features, and ends after so many stored bytes of geometry: the embedded engine is not held up. */
export const mostFeaturesInBatch = 2_000;
const batchGeometryBytes = 1_000_000;

/** One row of SheetRow: the features that meet the frame among the next ones by key. `afterKey` null: from the first. */
export function sheetStatement(
  layer: LayerDefinition,
  place: PaperPlace,
  filter: SheetFilter,
  afterKey: string | null,
): Statement {
  const params = collectParams();
  const relation = relationSql(layer, filter.asOf, params);
  const { id, geometry, anchor, axis, area } = layer.table;
  const paper = paperSql(layer, place, params);
  const key = quoteIdentifier(id);
  const categoryColumn = fieldColumn(layer, layer.style.categories?.field);
  const shownSql =
    filter.categories === null || categoryColumn === null
      ? 'true'
      : `${columnRef(categoryColumn)}::text = any(${params.add(filter.categories, 'text[]')})`;
  const candidates = [`${columnRef(geometry)} && ${paper.box}`, ...subjectSql(layer, filter, params)];
  if (afterKey !== null) candidates.push(`${columnRef(id)} > ${params.add(afterKey, 'bigint')}`);
  const shapes = [
    [
      'shapes',
      `ST_AsTWKB(${layer.style.outerStroke === undefined ? 's.shape' : `ST_SnapToGrid(s.shape, ${commonEdgeGrid})`}, 0)`,
    ],
    ['anchors', anchor === null ? null : `ST_AsTWKB(${paper.onPaper(columnRef(anchor, 's'))}, 0)`],
    ['axes', axis === null ? null : `ST_AsTWKB(${paper.placed(columnRef(axis, 's'), null)}, 0)`],
  ] as const;
  const columns = new Set(
    [id, geometry, anchor, axis, area, ...featureFields(layer).map(({ column }) => column)].filter(
      (name) => name !== null,
    ),
  );
  const text = `with c as materialized (
  select ${columnRef(id)} as id, pg_column_size(${columnRef(geometry)}) as bytes
  from ${tableOf(layer)} as f
  where ${candidates.join('\n    and ')}
  order by ${columnRef(id)}
  limit ${mostFeaturesInBatch}),
k as materialized (
  select b.id
  from (select c.id, sum(c.bytes) over (order by c.id) - c.bytes as bytes_before from c) as b
  where b.bytes_before < ${batchGeometryBytes})
select ${revisionSql(layer)} as revision,
  (select case when count(*) = ${mostFeaturesInBatch} or count(*) > (select count(*) from k) then (select max(k.id)::text from k) end
    from c) as next_key,
  t.*
from (
  select '[' || coalesce(string_agg(d.feature, ','), '') || ']' as features,
    ${shapes.map(([name, sql]) => (sql === null ? `null::bytea as ${name}` : `string_agg(d.${name}, ''::bytea) as ${name}`)).join(',\n    ')}
  from (
    select json_build_array(${featureFields(layer)
      .map((field) => valueSql(field))
      .join(', ')})::text as feature,
      ${shapes.flatMap(([name, sql]) => (sql === null ? [] : [`coalesce(${sql}, ${emptyTwkb}) as ${name}`])).join(',\n      ')}
    from (
      select ${[...columns].map((name) => columnRef(name)).join(', ')}, ${paper.placed(columnRef(geometry), area === null ? null : columnRef(area))} as shape
      from ${relation} as f
      where ${columnRef(id)} in (select k.id from k)
        and ${shownSql}
      offset 0) as s
    where ${paper.meets('s.shape')}
    order by s.${key}) as d) as t`;
  return { text, params: params.values };
}

/** The outline of one feature by its code, as TWKB in paper units: at most one row. Meant for polygons. */
export function sheetOutlineStatement(
  layer: LayerDefinition,
  place: PaperPlace,
  code: string,
  codeField: string,
): Statement {
  const params = collectParams();
  const { geometry, area } = layer.table;
  const paper = paperSql(layer, place, params);
  const column = fieldColumn(layer, codeField) ?? layer.table.code;
  const placed = paper.placed(columnRef(geometry), area === null ? null : columnRef(area));
  const text = `select coalesce(ST_AsTWKB(ST_SnapToGrid(${placed}, ${commonEdgeGrid}), 0), ${emptyTwkb}) as shape
from ${tableOf(layer)} as f
where ${columnRef(column)} = ${params.add(code, 'text')}`;
  return { text, params: params.values };
}

/** TWKB of nothing. */
const emptyTwkb = `'\\x0110'::bytea`;

function paperSql(layer: LayerDefinition, place: PaperPlace, params: Params) {
  const srid = Math.trunc(place.srid);
  const factor = params.add(paperUnitsPerMm / place.unitsPerMm, 'float8');
  const [dx, dy] = [params.add(-place.minX, 'float8'), params.add(-place.maxY, 'float8')];
  const box = `ST_MakeEnvelope(${place.extentDegrees.map((edge) => params.add(edge, 'float8')).join(', ')}, ${layer.table.srid})`;
  const onPaper = (degrees: string): string =>
    `ST_TransScale(ST_Transform(${degrees}, ${srid}), ${dx}, ${dy}, ${factor}, -${factor})`;
  return {
    box,
    onPaper,
    /**
     * Clipped and thinned in degrees, so that only what is drawn is projected. Invalid polygons, which have no area, are
     * left whole, as the clip may turn them inside out. Common edges are thinned alike on paper, not each by itself.
     */
    placed(degrees: string, area: string | null): string {
      const clip = `ST_ClipByBox2D(${degrees}, box2d(${box}))`;
      const clipped = area === null ? clip : `case when ${area} is null then ${degrees} else ${clip} end`;
      if (layer.style.outerStroke !== undefined) return onPaper(clipped);
      return onPaper(`ST_Simplify(${clipped}, ${params.add(place.toleranceDegrees, 'float8')}, true)`);
    },
    meets(shape: string): string {
      const [width, height] = [place.widthMm, place.heightMm].map((side) =>
        params.add(side * paperUnitsPerMm, 'float8'),
      );
      const frame = `ST_MakeEnvelope(0, 0, ${width}, ${height}, ${srid})`;
      return `${shape} && ${frame} and case when ${shape} @ ${frame} then true else ST_Intersects(${shape}, ${frame}) end`;
    },
  };
}

/** Conditions on what belongs to the subject of the sheet. */
function subjectSql(layer: LayerDefinition, { county, site }: SheetFilter, params: Params): string[] {
  const conditions: string[] = [];
  const countyColumn = fieldColumn(layer, 'county_adcode');
  if (county !== null && countyColumn !== null)
    conditions.push(`${columnRef(countyColumn)} = ${params.add(county, 'text')}`);
  const siteColumn = fieldColumn(layer, 'site_code') ?? (layer.id === 'mine_sites' ? layer.table.code : null);
  if (site !== null && siteColumn !== null)
    conditions.push(`${columnRef(siteColumn)} = ${params.add(site, 'text')}`);
  return conditions;
}

type FeatureField = { column: string | null; isNumber: boolean };

/** What `features` tells, in its order. */
function featureFields(layer: LayerDefinition): FeatureField[] {
  const text = (column: string | null): FeatureField => ({ column, isNumber: false });
  return [
    text(layer.table.code),
    text(fieldColumn(layer, layer.titleField)),
    text(fieldColumn(layer, 'name_en')),
    text(fieldColumn(layer, layer.style.categories?.field)),
    { column: fieldColumn(layer, layer.areaField) ?? layer.table.area, isNumber: true },
  ];
}

/** JSON knows neither NaN nor the infinities: they become null. */
function valueSql({ column, isNumber }: FeatureField): string {
  if (column === null) return 'null::text';
  const value = columnRef(column, 's');
  return isNumber
    ? `case when ${value} not in ('NaN', 'Infinity', '-Infinity') then ${value} end`
    : `${value}::text`;
}

function fieldColumn(layer: LayerDefinition, name: string | null | undefined): string | null {
  const field = layer.fields.find((candidate) => candidate.name === name);
  return field === undefined ? null : columnOf(field);
}
