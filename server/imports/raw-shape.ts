/** The shape of a row as the file has it, sorted by kind of part, from WKB or EWKT; coordinates flat and in the order written. */

/** x, y, x, y … */
export type FlatLine = Float64Array;

export type RawShape = {
  /** Outermost type, as in `MultiPolygon`. */
  type: string;
  /** EPSG code said with the shape itself; null: none. */
  srid: number | null;
  /** Rings of each polygon, the outer one first; empty polygons are left out. */
  polygons: FlatLine[][];
  lines: FlatLine[];
  points: FlatLine[];
};

export function emptyShape(type: string, srid: number | null = null): RawShape {
  return { type, srid, polygons: [], lines: [], points: [] };
}

export function isEmpty({ polygons, lines, points }: RawShape): boolean {
  return polygons.length === 0 && lines.length === 0 && points.length === 0;
}

type Extent = [minX: number, minY: number, maxX: number, maxY: number];

/** Widens the extent by every coordinate of the shape that is a number. */
export function widenByShape(extent: Extent, { polygons, lines, points }: RawShape): void {
  for (const rings of polygons) for (const ring of rings) widenByLine(extent, ring);
  for (const line of lines) widenByLine(extent, line);
  for (const point of points) widenByLine(extent, point);
}

/** Widens the extent by every position of the line that consists of numbers. */
export function widenByLine(extent: Extent, line: FlatLine): void {
  let [minX, minY, maxX, maxY] = extent;
  for (let at = 0; at < line.length; at += 2) {
    const x = line[at] as number;
    const y = line[at + 1] as number;
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    if (x < minX) minX = x;
    if (x > maxX) maxX = x;
    if (y < minY) minY = y;
    if (y > maxY) maxY = y;
  }
  extent[0] = minX;
  extent[1] = minY;
  extent[2] = maxX;
  extent[3] = maxY;
}
