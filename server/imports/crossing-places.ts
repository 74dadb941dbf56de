/** Where the rings of a shape cross themselves, for the words about a row the database found not valid. */
import { kinks } from '@turf/kinks';
import type { MultiPolygon } from 'geojson';
import { hasCrossingEdges } from '../../geodata/domain/ring-crossing.ts';

/** Turf looks at every pair of edges: beyond this many vertices of a polygon nothing is searched. */
const maxVertices = 5_000;

/**
 * The places [lng, lat], each once and in the order of the polygons, where an edge of a polygon crosses another of it;
 * coordinates as the shape has them. Empty where rings only touch, or a polygon is too large to search.
 */
export function crossingPlaces({ coordinates }: MultiPolygon): [lng: number, lat: number][] {
  const places = new Map<string, [number, number]>();
  for (const rings of coordinates) {
    const vertices = rings.reduce((sum, ring) => sum + ring.length, 0);
    if (vertices > maxVertices || !hasCrossingEdges(rings)) continue;
    for (const { geometry } of kinks({ type: 'Polygon', coordinates: rings }).features) {
      const [lng = Number.NaN, lat = Number.NaN] = geometry.coordinates;
      places.set(`${lng.toFixed(9)},${lat.toFixed(9)}`, [lng, lat]);
    }
  }
  return [...places.values()];
}
