/**
 * Areas and lengths on the CGCS2000 ellipsoid (a = 6 378 137 m, f = 1/298.257222101) along geodesics, after
 * C. F. F. Karney, "Algorithms for geodesics", J. Geodesy 87 (2013). PostGIS geography gives the same figures.
 */

import geodesic from 'geographiclib-geodesic';
import type { Position } from 'geojson';

const ellipsoid = new geodesic.Geodesic.Geodesic(6_378_137, 1 / 298.257222101);

/** Square metres enclosed by a ring of [lng, lat]; unsigned; an empty ring gives 0. */
function ringAreaSquareMeters(ring: readonly Position[]): number {
  const polygon = ellipsoid.Polygon(false);
  const closed = ring.length > 1 && ring[0]?.[0] === ring.at(-1)?.[0] && ring[0]?.[1] === ring.at(-1)?.[1];
  for (const [lng, lat] of closed ? ring.slice(0, -1) : ring) polygon.AddPoint(lat ?? 0, lng ?? 0);
  return Math.abs(polygon.Compute(false, true).area ?? 0);
}

/** Square metres of one polygon given as [outer ring, ...holes] of [lng, lat]; an empty polygon gives 0. */
export function polygonAreaSquareMeters(rings: readonly (readonly Position[])[]): number {
  return rings.reduce(
    (sum, ring, index) => sum + (index === 0 ? ringAreaSquareMeters(ring) : -ringAreaSquareMeters(ring)),
    0,
  );
}

/** Metres along a line of [lng, lat]; fewer than two points give 0. */
export function lineLengthMeters(line: readonly Position[]): number {
  const polyline = ellipsoid.Polygon(true);
  for (const [lng, lat] of line) polyline.AddPoint(lat ?? 0, lng ?? 0);
  return line.length < 2 ? 0 : polyline.Compute(false, true).perimeter;
}
