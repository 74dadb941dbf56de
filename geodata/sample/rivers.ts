/** Rivers: the region's schematic lines, bent into natural courses that still pass through the given points. */
import type { FeatureInput } from '../domain/feature-input.ts';
import type { Region } from '../reference/region-schema.ts';
import type { Plane, Point } from './plane.ts';
import { createRandom, type Random } from './random.ts';

export type Course = { name: string; line: readonly Point[] };

/** Catmull-Rom tangent at a vertex, damped so that unequal neighbours cause no loops. */
function tangentAt(points: readonly Point[], index: number): Point {
  const before = points[Math.max(0, index - 1)] ?? [0, 0];
  const after = points[Math.min(points.length - 1, index + 1)] ?? before;
  const length = Math.hypot(after[0] - before[0], after[1] - before[1]) || 1;
  return [(after[0] - before[0]) / length, (after[1] - before[1]) / length];
}

/** Points from a to b (b left out): a cubic curve with meanders that vanish at both ends. */
function bend(a: Point, b: Point, leaving: Point, arriving: Point, random: Random): Point[] {
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
  if (length === 0) return [];
  const steps = Math.max(4, Math.round(length / 0.8));
  const waves = Math.max(1, Math.round(length / 9));
  const strength = Math.min(1.3, length * 0.05) * random.between(0.6, 1.2);
  const phase = random.between(0, Math.PI);
  const across: Point = [-(b[1] - a[1]) / length, (b[0] - a[0]) / length];
  return Array.from({ length: steps }, (_, step): Point => {
    const t = step / steps;
    const h1 = 2 * t ** 3 - 3 * t ** 2 + 1;
    const h2 = t ** 3 - 2 * t ** 2 + t;
    const h3 = -2 * t ** 3 + 3 * t ** 2;
    const h4 = t ** 3 - t ** 2;
    const envelope = Math.sin(Math.PI * t) ** 0.8;
    const meander =
      strength *
      envelope *
      (Math.sin(2 * Math.PI * waves * t + phase) +
        0.2 * Math.sin(2 * Math.PI * (2 * waves + 1) * t + 2 * phase));
    const reach = length * 0.8;
    return [
      h1 * a[0] + h2 * reach * leaving[0] + h3 * b[0] + h4 * reach * arriving[0] + meander * across[0],
      h1 * a[1] + h2 * reach * leaving[1] + h3 * b[1] + h4 * reach * arriving[1] + meander * across[1],
    ];
  });
}

/** Share of the region's size within which a river's end is carried on to the river it must flow into. */
const MOUTH_REACH = 0.06;

/** The course of each river through its given points, in kilometres, ending in another river where one is near. */
export function bendRivers(region: Region, plane: Plane, sizeKilometers: number): Course[] {
  const courses = region.rivers.map(({ name, line }): Course => {
    const random = createRandom(region.sample.seed, `river ${name}`);
    const points = line.map((position) => plane.toPlane(position));
    const course = points.slice(1).flatMap((point, index) => {
      const from = points[index] ?? point;
      return bend(from, point, tangentAt(points, index), tangentAt(points, index + 1), random);
    });
    return { name, line: [...course, ...points.slice(-1)] };
  });
  return courses.map((course) => {
    const end = course.line.at(-1);
    if (end === undefined) return course;
    const others = courses.filter((other) => other !== course).flatMap((other) => other.line);
    const distanceTo = (point: Point): number => Math.hypot(point[0] - end[0], point[1] - end[1]);
    const mouth = others.reduce((best, point) => (distanceTo(point) < distanceTo(best) ? point : best), [
      Number.POSITIVE_INFINITY,
      0,
    ] as Point);
    if (distanceTo(mouth) < 0.01 || distanceTo(mouth) > sizeKilometers * MOUTH_REACH) return course;
    const random = createRandom(region.sample.seed, `mouth ${course.name}`);
    const direction: Point = [
      (mouth[0] - end[0]) / distanceTo(mouth),
      (mouth[1] - end[1]) / distanceTo(mouth),
    ];
    return {
      name: course.name,
      line: [...course.line.slice(0, -1), ...bend(end, mouth, direction, direction, random), mouth],
    };
  });
}

export function riverFeatures(courses: readonly Course[], plane: Plane, adcode: string): FeatureInput[] {
  return courses.map(({ name, line }, index) => ({
    code: `SX${adcode}${String(index + 1).padStart(3, '0')}`,
    geometry: { type: 'MultiLineString', coordinates: [line.map((point) => plane.toLngLat(point))] },
    properties: { name },
  }));
}
