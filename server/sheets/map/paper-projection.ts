/** Between the page and degrees, for the systems that are computed without a database. Pure. */
import { findCrs, fromLngLat, isConvertible, toLngLat } from '../../../geodata/domain/crs.ts';
import type { PageMap } from '../page.ts';

export type PaperProjection = {
  /** [x, y] in millimetres of the page. */
  toPaper(lngLat: readonly [lng: number, lat: number]): [x: number, y: number];
  toLngLat(x: number, y: number): [lng: number, lat: number];
};

/** Null for systems that only the database knows. */
export function paperProjection({ frame, srid, minX, maxY, metersPerMm }: PageMap): PaperProjection | null {
  const crs = findCrs(srid);
  if (crs === undefined || !isConvertible(crs)) return null;
  return {
    toPaper(lngLat) {
      const [east, north] = fromLngLat(crs, lngLat);
      return [frame.x + (east - minX) / metersPerMm, frame.y + (maxY - north) / metersPerMm];
    },
    toLngLat: (x, y) =>
      toLngLat(crs, [minX + (x - frame.x) * metersPerMm, maxY - (y - frame.y) * metersPerMm]),
  };
}
