/**
 * What the generator knows of the land: which county a point is in, how far the county lines, the outer
 * rim, rivers and seats are, and from these an invented hilliness (high along the rims, low along rivers).
 */
import type { County, Region } from '../reference/region-schema.ts';
import { createFractalNoise } from './noise.ts';
import {
  type Bounds,
  boundsHold,
  boundsOf,
  createPlane,
  distanceToSegment,
  type Plane,
  type Point,
  type Ring,
  ringContains,
  signedAreaOf,
} from './plane.ts';
import { createSegmentIndex, type Segment } from './segment-index.ts';

export type CountyLand = {
  county: County;
  /** Outer rings and holes of the outline. */
  rings: readonly Ring[];
  bounds: Bounds;
  seat: Point;
};

export type Terrain = {
  region: Region;
  plane: Plane;
  counties: readonly CountyLand[];
  bounds: Bounds;
  areaSquareKilometers: number;
  /** Side of a square as large as the region: the yardstick of everything that scales with it. */
  sizeKilometers: number;
  /** Index into `counties`, or −1 outside the region. */
  countyAt(point: Point): number;
  /** Whether the county with this index has the point; false for an index that is none. */
  countyHolds(countyIndex: number, point: Point): boolean;
  /** Kilometres to the nearest county or outer line, up to `borderReachKilometers`. */
  borderDistance(point: Point): number;
  borderReachKilometers: number;
  /** Kilometres to the outer rim, up to `borderReachKilometers`. */
  outerDistance(point: Point): number;
  /** Invented hilliness, about −1 (valley) … 1 (ridge on the rim). */
  hilliness(point: Point): number;
};

function landHolds(land: CountyLand, point: Point): boolean {
  return (
    boundsHold(land.bounds, point, 0) &&
    land.rings.reduce((inside, ring) => inside !== ringContains(ring, point), false)
  );
}

function openRing(plane: Plane, positions: readonly (readonly [number, number])[]): Ring {
  const ring = positions.map((position) => plane.toPlane(position));
  const first = positions[0];
  const last = positions.at(-1);
  return first !== undefined && last !== undefined && first[0] === last[0] && first[1] === last[1]
    ? ring.slice(0, -1)
    : ring;
}

function segmentsOf(ring: Ring): Segment[] {
  return ring.map((point, index) => [point, ring[(index + 1) % ring.length] ?? point]);
}

/** Segments that only one county has: the outer rim. */
function rimOf(counties: readonly CountyLand[]): Segment[] {
  const met = new Map<string, { segment: Segment; count: number }>();
  for (const land of counties) {
    for (const ring of land.rings) {
      for (const segment of segmentsOf(ring)) {
        const key = segment
          .map(([x, y]) => `${x.toFixed(3)} ${y.toFixed(3)}`)
          .sort()
          .join(',');
        const entry = met.get(key);
        if (entry === undefined) met.set(key, { segment, count: 1 });
        else entry.count += 1;
      }
    }
  }
  return [...met.values()].filter(({ count }) => count === 1).map(({ segment }) => segment);
}

/** A slow function known at the nodes of a coarse grid and bilinear between them. */
function coarsen(bounds: Bounds, step: number, slow: (point: Point) => number): (point: Point) => number {
  const columns = Math.ceil((bounds.maxX - bounds.minX) / step) + 2;
  const rows = Math.ceil((bounds.maxY - bounds.minY) / step) + 2;
  const values = new Float64Array(columns * rows);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      values[row * columns + column] = slow([bounds.minX + column * step, bounds.minY + row * step]);
    }
  }
  return ([x, y]) => {
    const across = Math.min(columns - 1.001, Math.max(0, (x - bounds.minX) / step));
    const up = Math.min(rows - 1.001, Math.max(0, (y - bounds.minY) / step));
    const node = Math.floor(up) * columns + Math.floor(across);
    const dx = across % 1;
    const dy = up % 1;
    const low = (values[node] ?? 0) * (1 - dx) + (values[node + 1] ?? 0) * dx;
    const high = (values[node + columns] ?? 0) * (1 - dx) + (values[node + columns + 1] ?? 0) * dx;
    return low * (1 - dy) + high * dy;
  };
}

function leastDistance(point: Point, segments: readonly Segment[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (const [a, b] of segments) least = Math.min(least, distanceToSegment(point, a, b));
  return least;
}

/** 1 at 0, falling smoothly to 0 at `reach`. */
function fade(distance: number, reach: number): number {
  const share = Math.min(1, distance / reach);
  return 1 - share * share * (3 - 2 * share);
}

export function createTerrain(region: Region): Terrain {
  const plane = createPlane(region.extent);
  const counties = region.counties.map((county): CountyLand => {
    const rings = county.outline.flatMap((polygon) => polygon.map((ring) => openRing(plane, ring)));
    return { county, rings, bounds: boundsOf(rings.flat()), seat: plane.toPlane(county.seat) };
  });
  const bounds = boundsOf(counties.flatMap((land) => land.rings.flat()));
  const areaSquareKilometers = region.counties.reduce((sum, county) => sum + countyArea(plane, county), 0);
  const sizeKilometers = Math.sqrt(areaSquareKilometers);
  const borderReachKilometers = sizeKilometers / 40;
  const borders = createSegmentIndex(
    counties.flatMap((land) => land.rings.flatMap(segmentsOf)),
    borderReachKilometers,
  );
  const rim = rimOf(counties);
  const outer = createSegmentIndex(rim, borderReachKilometers);
  const rivers = region.rivers.flatMap(({ line }) => {
    const points = line.map((position) => plane.toPlane(position));
    return points.slice(1).map((point, index): Segment => [points[index] ?? point, point]);
  });
  const roughness = createFractalNoise(region.sample.seed ^ 0x51ab, sizeKilometers / 9, 3);
  const broad = coarsen(bounds, sizeKilometers / 60, (point) => {
    const rimDistance = leastDistance(point, rim);
    const riverDistance = rivers.length === 0 ? sizeKilometers : leastDistance(point, rivers);
    const seatDistance = Math.min(
      ...counties.map(({ seat }) => Math.hypot(point[0] - seat[0], point[1] - seat[1])),
    );
    return (
      1.0 * fade(rimDistance, sizeKilometers * 0.16) -
      0.45 * fade(riverDistance, sizeKilometers * 0.045) -
      0.4 * fade(seatDistance, sizeKilometers * 0.06)
    );
  });
  return {
    region,
    plane,
    counties,
    bounds,
    areaSquareKilometers,
    sizeKilometers,
    countyAt: (point) => counties.findIndex((land) => landHolds(land, point)),
    countyHolds: (countyIndex, point) => {
      const land = counties[countyIndex];
      return land !== undefined && landHolds(land, point);
    },
    borderDistance: (point) => borders.distanceWithin(point, borderReachKilometers),
    borderReachKilometers,
    outerDistance: (point) => outer.distanceWithin(point, borderReachKilometers),
    hilliness: (point) =>
      broad(point) +
      0.25 * fade(borders.distanceWithin(point, borderReachKilometers), borderReachKilometers) +
      0.75 * roughness(point[0], point[1]),
  };
}

function countyArea(plane: Plane, county: County): number {
  return county.outline.reduce(
    (sum, polygon) =>
      sum +
      polygon.reduce(
        (area, ring, index) => area + (index === 0 ? 1 : -1) * Math.abs(signedAreaOf(openRing(plane, ring))),
        0,
      ),
    0,
  );
}
