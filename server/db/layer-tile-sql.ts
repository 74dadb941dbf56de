/**
 * Statement that gives the content of one tile of any layer: shapes in tile units as TWKB, properties
 * as JSON rows. The literal is transformed for the index, the column only where it is drawn. GEOS is
 * asked for nothing but a clip by rectangle, which does not fail on invalid geometry.
 */
import { columnOf, type LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import { pixelDegrees, type Tile, tileExtent3857, tileExtentDegrees } from '../../geodata/domain/tile.ts';
import {
  collectParams,
  columnRef,
  type Params,
  quoteLiteral,
  revisionSql,
  type Statement,
  tableOf,
} from './layer-sql.ts';

/** Tile units along a side. */
export const tileUnits = 4096;
/** Units drawn beyond each side, so that strokes meet across tiles. */
export const tileBufferUnits = 64;
/** The largest features win where a tile holds more than this. */
export const mostFeaturesInTile = 20_000;

/** A group of features: the shapes as one TWKB collection, their properties in the same order. */
export type TileGroupRow = {
  /** '<id>', '<id>_anchor' or '<id>_axis'. */
  name: string;
  revision: string;
  /** Features at the tile that are smaller than a pixel or beyond the cap. */
  left_out: number;
  /** TWKB collection in tile units with feature keys as ids; null for none. */
  shapes: Buffer | null;
  /** JSON array of one array a feature: values of the tile fields in their order. */
  properties: string;
};

export function tileFields(layer: LayerDefinition): LayerDefinition['fields'] {
  return layer.fields.filter((field) => field.tile);
}

/** Whether features below one pixel are left out at this zoom; at the last one everything is drawn. */
export function dropsSmall(layer: LayerDefinition, z: number): boolean {
  return z < layer.tiles.maxzoom;
}

/** One row of TileGroupRow for the shapes, one for anchors and one for axes where the layer has them. */
export function tileStatement(layer: LayerDefinition, tile: Tile): Statement {
  const params = collectParams();
  const buffered = tileExtentDegrees(tile, tileBufferUnits / tileUnits);
  const frame: Frame = {
    envelope: `ST_MakeEnvelope(${buffered.map((edge) => params.add(edge, 'float8')).join(', ')}, ${layer.table.srid})`,
    toUnits: toUnitsSql(tile, params),
    leastDegrees: dropsSmall(layer, tile.z) ? params.add(pixelDegrees(tile.z), 'float8') : null,
  };
  const { geometry, anchor, axis, area } = layer.table;
  const groups = [
    groupSql(layer, layer.id, { column: geometry, shape: clippedSql(geometry, frame, area) }, frame),
  ];
  if (anchor !== null) {
    // Symbols stand for features too small to be drawn as shapes, so none is left out for its size.
    const always = layer.style.symbolBelowZoom !== null && tile.z < layer.style.symbolBelowZoom;
    groups.push(
      groupSql(
        layer,
        `${layer.id}_anchor`,
        { column: anchor, shape: pointSql(anchor, frame), condition: inTileSql },
        always ? { ...frame, leastDegrees: null } : frame,
      ),
    );
  }
  if (axis !== null) {
    groups.push(
      groupSql(layer, `${layer.id}_axis`, { column: axis, shape: clippedSql(axis, frame, null) }, frame),
    );
  }
  return { text: groups.join('\nunion all\n'), params: params.values };
}

type Frame = {
  /** The buffered tile in the table's CRS. */
  envelope: string;
  /** Wraps an expression in EPSG:3857 into tile units. */
  toUnits: (geometry3857: string) => string;
  /** Features smaller than this in both directions are left out; null: none. */
  leastDegrees: string | null;
};

function toUnitsSql(tile: Tile, params: Params): Frame['toUnits'] {
  const [minX, minY, maxX, maxY] = tileExtent3857(tile);
  const dx = params.add(-minX, 'float8');
  const dy = params.add(-maxY, 'float8');
  const fx = params.add(tileUnits / (maxX - minX), 'float8');
  const fy = params.add(-tileUnits / (maxY - minY), 'float8');
  return (geometry) => `ST_TransScale(${geometry}, ${dx}, ${dy}, ${fx}, ${fy})`;
}

/**
 * Transformed before it is clipped: a line straight in degrees is not straight in Web Mercator. Snapped
 * last, because snapping may make a shape invalid. Invalid polygons are left whole, as the clip may turn
 * them inside out; the encoder cuts them.
 */
function clippedSql(column: string, frame: Frame, area: string | null): string {
  const units = frame.toUnits(`ST_Transform(${columnRef(column)}, 3857)`);
  const clip = `ST_ClipByBox2D(${units}, ${bufferedUnitsSql})`;
  const clipped =
    area === null ? clip : `case when ${columnRef(area)} is null then ${units} else ${clip} end`;
  return `ST_SnapToGrid(${clipped}, 1)`;
}

const bufferedUnitsSql = `ST_MakeBox2D(ST_Point(${-tileBufferUnits}, ${-tileBufferUnits}), ST_Point(${tileUnits + tileBufferUnits}, ${tileUnits + tileBufferUnits}))`;

function pointSql(column: string, frame: Frame): string {
  return `ST_SnapToGrid(${frame.toUnits(`ST_Transform(${columnRef(column)}, 3857)`)}, 1)`;
}

/** Without the buffer, so that each anchor is in one tile. */
const inTileSql = `ST_X(s.tile_shape) >= 0 and ST_X(s.tile_shape) < ${tileUnits} and ST_Y(s.tile_shape) >= 0 and ST_Y(s.tile_shape) < ${tileUnits}`;

// `offset 0` keeps the conditions outside: moved in, they would compute each shape three times.
function groupSql(
  layer: LayerDefinition,
  name: string,
  { column, shape, condition = 'true' }: { column: string; shape: string; condition?: string },
  frame: Frame,
): string {
  const { id, geometry } = layer.table;
  const box = `box2d(${columnRef(geometry)})`;
  const size = `greatest(ST_XMax(${box}) - ST_XMin(${box}), ST_YMax(${box}) - ST_YMin(${box}))`;
  const touches = `${columnRef(geometry)} && ${frame.envelope}`;
  const large = frame.leastDegrees === null ? '' : `\n        and ${size} >= ${frame.leastDegrees}`;
  const leftOut =
    frame.leastDegrees === null
      ? `greatest(0, count(*) - ${mostFeaturesInTile})::integer`
      : `(count(*) - least(${mostFeaturesInTile}, count(*) filter (where ${size} >= ${frame.leastDegrees})))::integer`;
  const names = tileFields(layer).map(columnOf);
  const { area } = layer.table;
  const used = [...new Set([id, ...names, column, ...(area === null ? [] : [area])])].map((each) =>
    columnRef(each),
  );
  const drawn = [...new Set([id, ...names])].map((each) => columnRef(each));
  return `select ${quoteLiteral(name)} as name,
  ${revisionSql(layer)} as revision,
  (select ${leftOut} from ${tableOf(layer)} as f where ${touches}) as left_out,
  t.shapes, t.properties
from (
  select ST_AsTWKB(array_agg(s.tile_shape), array_agg(${columnRef(id, 's')}), 0) as shapes,
    '[' || coalesce(string_agg(json_build_array(${names.map((each) => columnRef(each, 's')).join(', ')})::text, ','), '') || ']' as properties
  from (
    select ${drawn.join(', ')}, ${shape} as tile_shape
    from (
      select ${used.join(', ')}
      from ${tableOf(layer)} as f
      where ${touches}${large}
      order by ${size} desc, ${columnRef(id)}
      limit ${mostFeaturesInTile}) as f
    order by ${columnRef(id)}
    offset 0) as s
  where s.tile_shape is not null and not ST_IsEmpty(s.tile_shape) and ${condition}) as t`;
}
