/**
 * How a Web Mercator tile is made from the tiles of another matrix set: which of them, and what each
 * output row and column takes from their pixels. Pure; carried out by server/basemap/resample-tile.ts.
 */
import type { Extent } from './bbox.ts';
import { mercatorHalfMeters, type Tile, tileExtent3857 } from './tile.ts';
import { type TileMatrix, type TileMatrixSet, worldExtent } from './tile-matrix.ts';

/** Pixels on a side of every output tile. */
export const outputTileSize = 256;

/** Source pixels that make up one output row or column: from `first` on, weights that add up to 1. */
export type Taps = { first: number; weights: number[] };

/** Rows and columns of source tiles, all inclusive; the mosaic is these tiles side by side. */
export type TilePlan = {
  matrix: TileMatrix;
  firstColumn: number;
  lastColumn: number;
  firstRow: number;
  lastRow: number;
  /** One per output column, in pixels of the mosaic from its left edge. */
  columns: Taps[];
  /** One per output row, in pixels of the mosaic from its top edge. */
  rows: Taps[];
  /** The mosaic is the output, pixel by pixel: it can be passed on as it is. */
  isExact: boolean;
};

/**
 * The most a source pixel may be stretched: across, to take a level meant for this zoom though its
 * scale is a little off (ArcGIS caches at 96 dpi are by 0.1 %); along the meridian, because a degree of
 * latitude grows with 1/cos φ. Below 45° a level keeps its zoom, and lettering its size.
 */
const mostStretchAcross = 1.1;
const mostStretchAlong = Math.SQRT2;

/** Weights below this are rounding noise and must not ask for another tile. */
const leastWeight = 1e-6;

/** Source pixels of one axis: `at` the place of an output pixel's centre, `step` how far to the next one. */
type Sampling = { at: number; step: number };

/** The plan of one output tile; null where it lies wholly outside the matrix set. */
export function planTile(set: TileMatrixSet, tile: Tile): TilePlan | null {
  const pixels = Array.from({ length: outputTileSize }, (_, index) => index);
  const extent = tileExtent3857(tile);
  const pixelMeters = (extent[2] - extent[0]) / outputTileSize;
  const matrix = chooseMatrix(set, extent, pixelMeters);
  const { resolution } = matrix;
  const perMeter = set.crs === 'EPSG:4490' ? 180 / mercatorHalfMeters : 1;
  const columns = pixels.map((index) => ({
    at: ((extent[0] + (index + 0.5) * pixelMeters) * perMeter - set.origin[0]) / resolution,
    step: (pixelMeters * perMeter) / resolution,
  }));
  const rows = pixels.map((index) => {
    const y = extent[3] - (index + 0.5) * pixelMeters;
    const stretch = set.crs === 'EPSG:4490' ? cosOfLatitude(y) : 1;
    const northing = set.crs === 'EPSG:4490' ? latitudeDegrees(y) : y;
    return {
      at: (set.origin[1] - northing) / resolution,
      step: (pixelMeters * perMeter * stretch) / resolution,
    };
  });
  const limits = worldPixels(set, matrix);
  const across = tapsOf(columns, limits.x, set.tileSize);
  const along = tapsOf(rows, limits.y, set.tileSize);
  if (across === null || along === null) return null;
  return {
    matrix,
    firstColumn: across.firstTile,
    lastColumn: across.lastTile,
    firstRow: along.firstTile,
    lastRow: along.lastTile,
    columns: across.taps,
    rows: along.taps,
    isExact: [across, along].every(
      ({ firstTile, lastTile, taps }) =>
        firstTile === lastTile &&
        set.tileSize === outputTileSize &&
        taps.every(({ first, weights }, index) => first === index && weights.length === 1),
    ),
  };
}

/** The coarsest level that is not stretched too far anywhere in the tile; the finest where all are. */
function chooseMatrix({ crs, matrices }: TileMatrixSet, extent: Extent, pixelMeters: number): TileMatrix {
  const across = crs === 'EPSG:4490' ? (pixelMeters / mercatorHalfMeters) * 180 : pixelMeters;
  const along = crs === 'EPSG:4490' ? across * cosOfLatitude((extent[1] + extent[3]) / 2) : pixelMeters;
  const limit = Math.min(across * mostStretchAcross, along * mostStretchAlong);
  const finest = matrices.at(-1);
  if (finest === undefined) throw new RangeError('a tile matrix set has at least one level');
  return matrices.find(({ resolution }) => resolution <= limit) ?? finest;
}

/** Pixel numbers of a level that hold something: `[first, last + 1]` on each axis, counted from the origin. */
function worldPixels({ crs, origin }: TileMatrixSet, { resolution }: TileMatrix) {
  const [minX, minY, maxX, maxY] = worldExtent(crs);
  const pixel = (distance: number) => Math.round(distance / resolution);
  return {
    x: [Math.max(pixel(minX - origin[0]), 0), pixel(maxX - origin[0])] as const,
    y: [Math.max(pixel(origin[1] - maxY), 0), pixel(origin[1] - minY)] as const,
  };
}

/**
 * Triangle filter round each place: linear between the two nearest pixel centres, and as wide as the
 * output pixel where source pixels are smaller, so that thin lines do not break up. Beyond the edge of
 * the world its last pixel goes on. Null where no place lies inside.
 */
function tapsOf(places: readonly Sampling[], [from, to]: readonly [number, number], tileSize: number) {
  if (!places.some(({ at }) => at > from && at < to)) return null;
  const global = places.map(({ at, step }) => {
    const reach = Math.max(step, 1);
    const byPixel = new Map<number, number>();
    for (let pixel = Math.floor(at - 0.5 - reach); pixel <= Math.ceil(at - 0.5 + reach); pixel += 1) {
      const weight = 1 - Math.abs(pixel + 0.5 - at) / reach;
      if (weight < leastWeight) continue;
      const inside = Math.min(Math.max(pixel, from), to - 1);
      byPixel.set(inside, (byPixel.get(inside) ?? 0) + weight);
    }
    const sum = [...byPixel.values()].reduce((total, weight) => total + weight, 0);
    return {
      first: Math.min(...byPixel.keys()),
      weights: [...byPixel.values()].map((weight) => weight / sum),
    };
  });
  const firstTile = Math.floor(Math.min(...global.map(({ first }) => first)) / tileSize);
  const lastTile = Math.floor(
    Math.max(...global.map(({ first, weights }) => first + weights.length - 1)) / tileSize,
  );
  const taps = global.map(({ first, weights }) => ({ first: first - firstTile * tileSize, weights }));
  return { firstTile, lastTile, taps };
}

/** Inverse of the spherical Mercator of EPSG:3857 (EPSG guidance note 7-2, method 1024): metres to degrees. */
function latitudeDegrees(yMeters: number): number {
  return (Math.atan(Math.sinh((yMeters / mercatorHalfMeters) * Math.PI)) * 180) / Math.PI;
}

function cosOfLatitude(yMeters: number): number {
  return 1 / Math.cosh((yMeters / mercatorHalfMeters) * Math.PI);
}
