/**
 * Tile matrix sets of image services: how far a pixel reaches at each level, and from which corner tiles
 * are counted. Terms follow OGC 17-083r4 (Two Dimensional Tile Matrix Set). Pure.
 */
import type { Extent } from './bbox.ts';
import { mercatorHalfMeters } from './tile.ts';

/**
 * EPSG:4490 stands for every geographic system of the WGS84 family: CGCS2000 and WGS84 differ by
 * centimetres, less than a pixel of any tile. Axis order here is always x (lng or east), y (lat or north).
 */
export type TileMatrixCrs = 'EPSG:3857' | 'EPSG:4490';

export type TileMatrix = {
  /** Name of the level in an address: usually its number. */
  id: string;
  /** Side of a pixel in degrees (EPSG:4490) or metres (EPSG:3857). */
  resolution: number;
};

export type TileMatrixSet = {
  crs: TileMatrixCrs;
  /** Top left corner of row 0 and column 0, in degrees or metres. */
  origin: readonly [x: number, y: number];
  /** Pixels on a side of a tile. */
  tileSize: number;
  /** From the coarsest level to the finest; at least one. */
  matrices: readonly TileMatrix[];
};

/** Degrees of longitude under a pixel where 256 pixels go round the earth. */
const worldPixelDegrees = 360 / 256;
const worldPixelMeters = (2 * mercatorHalfMeters) / 256;

/**
 * OGC WebMercatorQuad, the GoogleMapsCompatible of WMTS 1.0.0 (OGC 07-057r7, annex E.4); 天地图 calls it
 * `w`. At level 0 one tile of 256 pixels shows the world.
 */
export function webMercatorQuad(minzoom: number, maxzoom: number): TileMatrixSet {
  return {
    crs: 'EPSG:3857',
    origin: [-mercatorHalfMeters, mercatorHalfMeters],
    tileSize: 256,
    matrices: halvedLevels(minzoom, maxzoom, worldPixelMeters),
  };
}

/**
 * The `c` of 天地图 in EPSG:4490, from its capabilities: two tiles at level 1, counted from 180° W 90° N, so
 * that level z has pixels as wide as those of Web Mercator at zoom z.
 */
export function tiandituC(maxzoom: number): TileMatrixSet {
  return {
    crs: 'EPSG:4490',
    origin: [-180, 90],
    tileSize: 256,
    matrices: halvedLevels(1, maxzoom, worldPixelDegrees),
  };
}

/** OGC WorldCRS84Quad (17-083r4, annex D.2), the EPSG:4326 of GeoServer: two tiles already at level 0. */
export function worldCrs84Quad(maxzoom: number): TileMatrixSet {
  return {
    crs: 'EPSG:4490',
    origin: [-180, 90],
    tileSize: 256,
    matrices: halvedLevels(0, Math.max(maxzoom - 1, 0), worldPixelDegrees / 2),
  };
}

/**
 * The Web Mercator zoom whose pixels are as wide as those of `matrix`, with fractions: tiles of 256
 * pixels, width taken along a parallel.
 */
export function zoomOfMatrix(crs: TileMatrixCrs, { resolution }: TileMatrix): number {
  return Math.log2((crs === 'EPSG:4490' ? worldPixelDegrees : worldPixelMeters) / resolution);
}

/** [minX, minY, maxX, maxY] of all there can be: the globe in degrees, the Mercator square in metres. */
export function worldExtent(crs: TileMatrixCrs): Extent {
  return crs === 'EPSG:4490'
    ? [-180, -90, 180, 90]
    : [-mercatorHalfMeters, -mercatorHalfMeters, mercatorHalfMeters, mercatorHalfMeters];
}

function halvedLevels(first: number, last: number, resolutionAtZero: number): TileMatrix[] {
  return Array.from({ length: last - first + 1 }, (_, index) => ({
    id: String(first + index),
    resolution: resolutionAtZero / 2 ** (first + index),
  }));
}
