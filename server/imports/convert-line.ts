/** Coordinates of a line in place into degrees, with the range they must keep to. */
import { type Crs, toOwnLngLatInPlace } from '../../geodata/domain/crs.ts';
import { type FlatLine, widenByLine } from './raw-shape.ts';

export type LngLatRange = { west: number; south: number; east: number; north: number };

/**
 * Converts every position of the line into [lng, lat] degrees of the system's datum, in place, and widens `extent` by
 * them. The raw coordinate of the first position beyond the range (or no number), null where all are within.
 */
export function convertLine(
  line: FlatLine,
  crs: Crs,
  range: LngLatRange,
  extent: [number, number, number, number],
): [x: number, y: number] | null {
  const { west, south, east, north } = range;
  for (let at = 0; at < line.length; at += 2) {
    const x = line[at] as number;
    const y = line[at + 1] as number;
    toOwnLngLatInPlace(crs, line, at);
    const lng = line[at] as number;
    const lat = line[at + 1] as number;
    if (!(lng >= west && lng <= east && lat >= south && lat <= north)) return [x, y];
  }
  widenByLine(extent, line);
  return null;
}
