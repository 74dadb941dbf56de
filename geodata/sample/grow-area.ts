/** Grows one natural outline of a given size around a point, as far as the land lets it. */
import { createGrid, sampleField, traceRings } from './contour.ts';
import { type Point, type Ring, ringContains, signedAreaOf } from './plane.ts';

export type Growth = {
  centre: Point;
  /** Effort in kilometres to reach a point; about the distance, made uneven by noise. */
  effort: (point: Point) => number;
  /** Kilometres a point lies inside the land it may take; 0 or less is forbidden. */
  clearance: (point: Point) => number;
  areaSquareKilometers: number;
  /** Half the side of the square looked at. */
  reachKilometers: number;
  stepKilometers: number;
};

const BISECTIONS = 18;
/** How many times the wanted area is searched, nearest first. */
const LAND_LOOKED_AT = 4;

/**
 * The ring around the centre that encloses the area (within 0.1 %), or the largest that fits where the land is
 * too small; null where the centre itself is forbidden. Holes are filled.
 */
export function growArea(growth: Growth): Ring | null {
  const [x, y] = growth.centre;
  const reach = growth.reachKilometers;
  const grid = createGrid(
    { minX: x - reach, minY: y - reach, maxX: x + reach, maxY: y + reach },
    growth.stepKilometers,
  );
  const effort = sampleField(grid, (px, py) => growth.effort([px, py]));
  const nodeArea = growth.stepKilometers ** 2;
  const nearest = Float64Array.from(effort).sort();
  // Land is looked at only where the shape can come; the outermost nodes stay outside, so every line closes.
  const farthest =
    nearest[Math.round((growth.areaSquareKilometers * LAND_LOOKED_AT) / nodeArea)] ??
    Number.POSITIVE_INFINITY;
  const clearance = sampleField(
    grid,
    (px, py) => growth.clearance([px, py]),
    (node) => (effort[node] ?? 0) <= farthest,
  );
  const values = new Float64Array(effort.length);
  const ringAt = (level: number): Ring | null => {
    for (let node = 0; node < values.length; node += 1) {
      values[node] = Math.min(level - (effort[node] ?? 0), clearance[node] ?? -1);
    }
    return (
      traceRings(grid, values).find((ring) => signedAreaOf(ring) > 0 && ringContains(ring, growth.centre)) ??
      null
    );
  };
  let low = 0;
  let high = Math.min(farthest, nearest[nearest.length - 1] ?? 0);
  let best = ringAt(high);
  for (let bisection = 0; bisection < BISECTIONS; bisection += 1) {
    const level = (low + high) / 2;
    const ring = ringAt(level);
    if (ring !== null && signedAreaOf(ring) >= growth.areaSquareKilometers) {
      high = level;
      best = ring;
    } else {
      low = level;
    }
  }
  return best;
}
