/**
 * Statement that gives the content of some tiles of any layer: shapes in tile units as TWKB, properties
 * as JSON rows. The literal is transformed for the index, the column only where it is drawn. GEOS is
 * asked for nothing but a clip by rectangle, which does not fail on invalid geometry.
 */
import { columnOf, type LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import { pixelDegrees, type Tile, tileExtent3857, tileExtentDegrees } from '../../geodata/domain/tile.ts';
import { relationSql } from './layer-history-sql.ts';
import { collectParams, columnRef, type Params, revisionSql, type Statement, tableOf } from './layer-sql.ts';

/** Tile units along a side. */
export const tileUnits = 4096;
/** Units drawn beyond each side, so that strokes meet across tiles. */
export const tileBufferUnits = 64;
/** The largest features win where a tile holds more than this. */
export const mostFeaturesInTile = 20_000;

/** One row a tile; the columns of shapes hold one TWKB a feature, all in the order of `features`, empty where nothing is to be drawn. */
export type TileRow = {
  /** Place of its tile among those asked for, from 1. */
  place: number;
  revision: string;
  /** Features at the tile that are smaller than a pixel or beyond the cap. */
  left_out: number;
  /** JSON array of one array a feature: its key, then the values of the tile fields in their order. */
  features: string;
  /** TWKB in tile units, one after another, in base64: the driver reads binary values from text that is a half longer. Null without features. */
  shapes: string | null;
  /** Null for layers without them. */
  anchors: string | null;
  axes: string | null;
};

export function tileFields(layer: LayerDefinition): LayerDefinition['fields'] {
  return layer.fields.filter((field) => field.tile);
}

/** Whether features below one pixel are left out at this zoom; at the last one everything is drawn. */
export function dropsSmall(layer: LayerDefinition, z: number): boolean {
  return z < layer.tiles.maxzoom;
}

/**
 * One TileRow for each of `tiles`, in any order. Features are counted before they are drawn, so that only a
 * tile beyond the cap is sorted by size, and are sorted by key after they are drawn, when they are small.
 * Throws an Error for tiles of several zooms.
 */
export function tileStatement(
  layer: LayerDefinition,
  tiles: readonly [Tile, ...Tile[]],
  asOf: string | null = null,
): Statement {
  const { z } = tiles[0];
  if (tiles.some((tile) => tile.z !== z)) throw new Error('a statement draws tiles of one zoom');
  const params = collectParams();
  const relation = relationSql(layer, asOf, params);
  const asked = askedTilesSql(tiles, params);
  const envelope = `ST_MakeEnvelope(q.west, q.south, q.east, q.north, ${layer.table.srid})`;
  const toUnits = toUnitsSql(z, params);
  const { id, geometry, anchor, axis, area } = layer.table;
  const box = `box2d(${columnRef(geometry)})`;
  const width = `ST_XMax(${box}) - ST_XMin(${box})`;
  const height = `ST_YMax(${box}) - ST_YMin(${box})`;
  const pixel = dropsSmall(layer, z) ? params.add(pixelDegrees(z), 'float8') : null;
  const large = pixel === null ? 'true' : `(${width} >= ${pixel} or ${height} >= ${pixel})`;
  // Symbols stand for features too small to be drawn as shapes, so none is left out for its size.
  const symbolsOfSmall =
    anchor !== null && layer.style.symbolBelowZoom !== null && z < layer.style.symbolBelowZoom;
  // Which features are drawn depends on their shapes alone, which have no past.
  const from = (relation: string): string => `from ${relation} as f
    where ${columnRef(geometry)} && ${envelope}${symbolsOfSmall || large === 'true' ? '' : `\n      and ${large}`}`;
  const shapes = [
    ['shapes', twkbSql(clippedSql(geometry, toUnits, area), symbolsOfSmall ? large : 'true')],
    ['anchors', anchor === null ? null : twkbSql(pointSql(anchor, toUnits), 'true')],
    [
      'axes',
      axis === null ? null : twkbSql(clippedSql(axis, toUnits, null), symbolsOfSmall ? large : 'true'),
    ],
  ] as const;
  const values = [id, ...tileFields(layer).map(columnOf)].map((name) => columnRef(name));
  const columns = shapes.map(([name, sql]) =>
    sql === null ? `null as ${name}` : `encode(string_agg(s.${name}, ''::bytea), 'base64') as ${name}`,
  );
  const text = `select q.place::integer as place, t.*
from ${asked}
cross join lateral (
  with c as materialized (
    select count(*) as touching, count(*) filter (where ${large}) as large
    from ${tableOf(layer)} as f
    where ${columnRef(geometry)} && ${envelope})
  select ${revisionSql(layer)} as revision,
    (select c.touching - least(${mostFeaturesInTile}, c.large) from c)::integer as left_out,
    '[' || coalesce(string_agg(s.feature, ','), '') || ']' as features,
    ${columns.join(',\n    ')}
  from (
    select ${columnRef(id)}, json_build_array(${values.join(', ')})::text as feature,
      ${shapes.flatMap(([name, sql]) => (sql === null ? [] : [`${sql} as ${name}`])).join(',\n      ')}
    ${from(relation)}
      and ((select ${symbolsOfSmall ? 'c.touching' : 'c.large'} from c) <= ${mostFeaturesInTile} or ${columnRef(id)} in (
        select ${columnRef(id)}
        ${from(tableOf(layer))}
        order by greatest(${width}, ${height}) desc, ${columnRef(id)}
        limit ${mostFeaturesInTile}))
    order by ${columnRef(id)}) as s) as t`;
  return { text, params: params.values };
}

/** A relation of the tiles: place, edges of the buffered tile in degrees, and what moves EPSG:3857 to its upper left corner. */
function askedTilesSql(tiles: readonly Tile[], params: Params): string {
  const edges = tiles.map((tile) => tileExtentDegrees(tile, tileBufferUnits / tileUnits));
  const extents = tiles.map((tile) => tileExtent3857(tile));
  const columns = {
    west: edges.map(([west]) => west),
    south: edges.map(([, south]) => south),
    east: edges.map(([, , east]) => east),
    north: edges.map(([, , , north]) => north),
    dx: extents.map(([minX]) => -minX),
    dy: extents.map(([, , , maxY]) => -maxY),
  };
  // Unseen by the planner, which would else plan anew for each number of tiles.
  const arrays = Object.values(columns).map((values) => `(select ${params.add(values, 'float8[]')})`);
  return `unnest(${arrays.join(', ')}) with ordinality as q(${Object.keys(columns).join(', ')}, place)`;
}

type ToUnits = (geometry3857: string) => string;

/** Wraps an expression in EPSG:3857 into the units of tile q. */
function toUnitsSql(z: number, params: Params): ToUnits {
  const [minX, minY, maxX, maxY] = tileExtent3857({ z, x: 0, y: 0 });
  const fx = params.add(tileUnits / (maxX - minX), 'float8');
  const fy = params.add(-tileUnits / (maxY - minY), 'float8');
  return (geometry) => `ST_TransScale(${geometry}, q.dx, q.dy, ${fx}, ${fy})`;
}

/**
 * Transformed before it is clipped: a line straight in degrees is not straight in Web Mercator. Snapped
 * last, because snapping may make a shape invalid. Invalid polygons are left whole, as the clip may turn
 * them inside out; the encoder cuts them.
 */
function clippedSql(column: string, toUnits: ToUnits, area: string | null): string {
  const units = toUnits(`ST_Transform(${columnRef(column)}, 3857)`);
  const clip = `ST_ClipByBox2D(${units}, ${bufferedUnitsSql})`;
  const clipped =
    area === null ? clip : `case when ${columnRef(area)} is null then ${units} else ${clip} end`;
  return `ST_SnapToGrid(${clipped}, 1)`;
}

const bufferedUnitsSql = `ST_MakeBox2D(ST_Point(${-tileBufferUnits}, ${-tileBufferUnits}), ST_Point(${tileUnits + tileBufferUnits}, ${tileUnits + tileBufferUnits}))`;

function pointSql(column: string, toUnits: ToUnits): string {
  return `ST_SnapToGrid(${toUnits(`ST_Transform(${columnRef(column)}, 3857)`)}, 1)`;
}

/** TWKB of nothing, in the place of what is not drawn. */
const emptyTwkb = `'\\x0110'::bytea`;

function twkbSql(shape: string, condition: string): string {
  const twkb = `coalesce(ST_AsTWKB(${shape}, 0), ${emptyTwkb})`;
  return condition === 'true' ? twkb : `case when ${condition} then ${twkb} else ${emptyTwkb} end`;
}
