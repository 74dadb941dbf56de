/**
 * The working plane of the generator: kilometres east and north of the region's middle
 * (equirectangular; lengths true within about 1 %). Shapes are made here, areas are measured on the ellipsoid.
 */
import type { Region } from '../reference/region-schema.ts';

/** [x east, y north] in kilometres. */
export type Point = readonly [number, number];
/** Closed ring without the repeated last point. */
export type Ring = readonly Point[];
/** Outer ring counter-clockwise, holes clockwise. */
export type PlanarPolygon = readonly Ring[];

export type Plane = {
  toPlane(lngLat: readonly [number, number]): Point;
  /** [lng, lat] rounded to 8 decimals (about 1 mm). */
  toLngLat(point: Point): [number, number];
};

const KILOMETERS_PER_DEGREE = 111.2;

/** One rounding for every coordinate of the sample. */
function roundDegrees(value: number): number {
  return Math.round(value * 1e8) / 1e8;
}

export function createPlane(extent: Region['extent']): Plane {
  const lng0 = (extent[0] + extent[2]) / 2;
  const lat0 = (extent[1] + extent[3]) / 2;
  const eastPerDegree = KILOMETERS_PER_DEGREE * Math.cos((lat0 * Math.PI) / 180);
  return {
    toPlane: ([lng, lat]) => [(lng - lng0) * eastPerDegree, (lat - lat0) * KILOMETERS_PER_DEGREE],
    toLngLat: ([x, y]) => [
      roundDegrees(lng0 + x / eastPerDegree),
      roundDegrees(lat0 + y / KILOMETERS_PER_DEGREE),
    ],
  };
}

/** Signed area in square kilometres; positive where the ring runs counter-clockwise. */
export function signedAreaOf(ring: Ring): number {
  let sum = 0;
  let [px, py] = ring[ring.length - 1] ?? [0, 0];
  for (const [x, y] of ring) {
    sum += px * y - x * py;
    px = x;
    py = y;
  }
  return sum / 2;
}

/** Whether the point lies inside the ring (even-odd); on the line either answer may come. */
export function ringContains(ring: Ring, [x, y]: Point): boolean {
  let inside = false;
  let [px, py] = ring[ring.length - 1] ?? [0, 0];
  for (const [qx, qy] of ring) {
    if (qy > y !== py > y && x < ((px - qx) * (y - qy)) / (py - qy) + qx) inside = !inside;
    px = qx;
    py = qy;
  }
  return inside;
}

/** Distance in kilometres from a point to the segment a–b. */
export function distanceToSegment(point: Point, a: Point, b: Point): number {
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  const squared = dx * dx + dy * dy;
  const share = squared === 0 ? 0 : ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / squared;
  const clamped = share < 0 ? 0 : share > 1 ? 1 : share;
  const ex = point[0] - a[0] - clamped * dx;
  const ey = point[1] - a[1] - clamped * dy;
  return Math.sqrt(ex * ex + ey * ey);
}

/** Distance in kilometres from a point to the ring's line, inside or out. */
export function distanceToRing(point: Point, ring: Ring): number {
  let least = Number.POSITIVE_INFINITY;
  let previous = ring[ring.length - 1];
  for (const vertex of ring) {
    if (previous !== undefined) least = Math.min(least, distanceToSegment(point, previous, vertex));
    previous = vertex;
  }
  return least;
}

export type Bounds = { minX: number; minY: number; maxX: number; maxY: number };

export function boundsOf(points: Iterable<Point>): Bounds {
  const bounds: Bounds = {
    minX: Number.POSITIVE_INFINITY,
    minY: Number.POSITIVE_INFINITY,
    maxX: Number.NEGATIVE_INFINITY,
    maxY: Number.NEGATIVE_INFINITY,
  };
  for (const [x, y] of points) {
    if (x < bounds.minX) bounds.minX = x;
    if (x > bounds.maxX) bounds.maxX = x;
    if (y < bounds.minY) bounds.minY = y;
    if (y > bounds.maxY) bounds.maxY = y;
  }
  return bounds;
}

/** Whether the bounds, widened by `margin` kilometres, hold the point. */
export function boundsHold(bounds: Bounds, [x, y]: Point, margin: number): boolean {
  return (
    x >= bounds.minX - margin &&
    x <= bounds.maxX + margin &&
    y >= bounds.minY - margin &&
    y <= bounds.maxY + margin
  );
}

/** Whether two segments have a point in common; touching counts. */
export function segmentsMeet(a: Point, b: Point, c: Point, d: Point): boolean {
  const side = (p: Point, q: Point, r: Point): number =>
    Math.sign((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]));
  const abc = side(a, b, c);
  const abd = side(a, b, d);
  const cda = side(c, d, a);
  const cdb = side(c, d, b);
  return abc * abd <= 0 && cda * cdb <= 0 && !(abc === 0 && abd === 0 && cda === 0 && cdb === 0);
}

/** Whether no two edges of the ring meet other than neighbours at their common vertex. */
export function isSimple(ring: Ring): boolean {
  const count = ring.length;
  for (let first = 0; first < count; first += 1) {
    const a = ring[first];
    const b = ring[(first + 1) % count];
    if (a === undefined || b === undefined) return false;
    for (let second = first + 2; second < count; second += 1) {
      if (first === 0 && second === count - 1) continue;
      const c = ring[second];
      const d = ring[(second + 1) % count];
      if (c === undefined || d === undefined || segmentsMeet(a, b, c, d)) return false;
    }
  }
  return true;
}
