/** Coordinates of a line in place into degrees, with the range they must keep to. */
import { type Crs, toOwnLngLat } from '../../geodata/domain/crs.ts';
import type { FlatLine } from './raw-shape.ts';

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
  const isGeographic = crs.kind === 'geographic';
  for (let at = 0; at < line.length; at += 2) {
    const x = line[at] as number;
    const y = line[at + 1] as number;
    const [lng, lat] = isGeographic ? [x, y] : toOwnLngLat(crs, [x, y]);
    if (!(lng >= range.west && lng <= range.east && lat >= range.south && lat <= range.north)) return [x, y];
    line[at] = lng;
    line[at + 1] = lat;
    if (lng < extent[0]) extent[0] = lng;
    if (lng > extent[2]) extent[2] = lng;
    if (lat < extent[1]) extent[1] = lat;
    if (lat > extent[3]) extent[3] = lat;
  }
  return null;
}
