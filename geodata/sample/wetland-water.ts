/** The line of water a wetland park follows, and how hard it is to grow away from it. */
import type { Noise } from './noise.ts';
import type { Point } from './plane.ts';
import type { Course } from './rivers.ts';

/** Kilometres from the axis and how far along it the nearest point is. */
function alongAxis(axis: readonly Point[], [x, y]: Point): { aside: number; along: number } {
  let leastSquared = Number.POSITIVE_INFINITY;
  let along = 0;
  let travelled = 0;
  let [ax, ay] = axis[0] ?? [0, 0];
  for (const [bx, by] of axis) {
    const dx = bx - ax;
    const dy = by - ay;
    const squared = dx * dx + dy * dy;
    const length = Math.sqrt(squared);
    const share = squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / squared));
    const ex = x - ax - share * dx;
    const ey = y - ay - share * dy;
    const distanceSquared = ex * ex + ey * ey;
    if (distanceSquared < leastSquared) {
      leastSquared = distanceSquared;
      along = travelled + share * length;
    }
    travelled += length;
    ax = bx;
    ay = by;
  }
  return { aside: Math.sqrt(leastSquared), along };
}

/** Where a wetland park grows: a middle on the water and the water's line through it. */
export type Water = { middle: Point; axis: Point[] };

/** The river nearest the stated centre where one is near enough, or an invented winding water through the centre. */
export function findWater(
  centre: Point,
  courses: readonly Course[],
  farthest: number,
  reach: number,
  seed: number,
): Water {
  const distanceTo = ([x, y]: Point): number => Math.hypot(x - centre[0], y - centre[1]);
  let middle: Point = [Number.POSITIVE_INFINITY, 0];
  let nearest: readonly Point[] = [];
  for (const { line } of courses) {
    for (const point of line) {
      if (distanceTo(point) < distanceTo(middle)) {
        middle = point;
        nearest = line;
      }
    }
  }
  if (distanceTo(middle) <= farthest) {
    const from = nearest.findIndex(([x, y]) => Math.hypot(x - middle[0], y - middle[1]) < reach * 1.5);
    const to = nearest.findLastIndex(([x, y]) => Math.hypot(x - middle[0], y - middle[1]) < reach * 1.5);
    const stride = Math.max(1, Math.floor((to - from) / 40));
    return { middle, axis: nearest.slice(from, to + 1).filter((_, index) => index % stride === 0) };
  }
  const heading = ((seed % 360) * Math.PI) / 180;
  const axis = Array.from({ length: 41 }, (_, index): Point => {
    const along = ((index - 20) / 20) * reach;
    const aside = reach * 0.1 * Math.sin((along / reach) * 6);
    return [
      centre[0] + along * Math.cos(heading) - aside * Math.sin(heading),
      centre[1] + along * Math.sin(heading) + aside * Math.cos(heading),
    ];
  });
  return { middle: centre, axis };
}

/** How much harder it is to grow aside of the water than along it. */
const WETLAND_SLENDERNESS = 5.5;

export function wetlandEffort(centre: Point, axis: readonly Point[], noise: Noise): (point: Point) => number {
  const middle = alongAxis(axis, centre).along;
  return (point) => {
    const { aside, along } = alongAxis(axis, point);
    const lobes = Math.exp(1.7 * noise(point[0], point[1]));
    return ((aside * WETLAND_SLENDERNESS * lobes) ** 4 + (along - middle) ** 4) ** 0.25;
  };
}
