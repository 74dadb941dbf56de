/** Tiles of the Web Mercator quad tree (OGC WebMercatorQuad): x to the east, y to the south. */
import type { Extent } from './bbox.ts';

export type Tile = { z: number; x: number; y: number };

/** Half the side of the Web Mercator square in metres: π times the equatorial radius of WGS84. */
export const mercatorHalfMeters = Math.PI * 6_378_137;
export const maxTileZoom = 24;

/** Whether the tile exists in the quad tree. */
export function isTile({ z, x, y }: Tile): boolean {
  const side = 2 ** z;
  return (
    [z, x, y].every(Number.isInteger) &&
    z >= 0 &&
    z <= maxTileZoom &&
    x >= 0 &&
    x < side &&
    y >= 0 &&
    y < side
  );
}

/** [minX, minY, maxX, maxY] in metres of EPSG:3857, widened by `buffer` of the tile's side on each side. */
export function tileExtent3857({ z, x, y }: Tile, buffer = 0): Extent {
  const side = (2 * mercatorHalfMeters) / 2 ** z;
  const margin = side * buffer;
  const minX = x * side - mercatorHalfMeters;
  const maxY = mercatorHalfMeters - y * side;
  return [minX - margin, maxY - side - margin, minX + side + margin, maxY + margin];
}

/** The same in degrees, latitudes cut at ±90. */
export function tileExtentDegrees(tile: Tile, buffer = 0): Extent {
  const [minX, minY, maxX, maxY] = tileExtent3857(tile, buffer);
  return [toLng(minX), toLat(minY), toLng(maxX), toLat(maxY)];
}

/** Degrees of longitude under one pixel of a screen that shows a tile 512 pixels wide. */
export function pixelDegrees(z: number): number {
  return 360 / 2 ** z / 512;
}

function toLng(x: number): number {
  return (x / mercatorHalfMeters) * 180;
}

function toLat(y: number): number {
  return (Math.atan(Math.sinh((y / mercatorHalfMeters) * Math.PI)) * 180) / Math.PI;
}
