import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hatchLines } from '../../../server/sheets/map/hatch-lines.ts';
import { isInside } from '../../../server/sheets/map/paper-geometry.ts';
import type { Run } from '../../../server/sheets/map/paper-shape.ts';

const square = (x: number, y: number, side: number): Run => [
  x,
  y,
  x + side,
  y,
  x + side,
  y + side,
  x,
  y + side,
  x,
  y,
];

/** A star round a middle: simple, seldom convex. */
const star = fc
  .tuple(
    fc.double({ min: 20, max: 200, noNaN: true }),
    fc.double({ min: 20, max: 200, noNaN: true }),
    fc.array(fc.double({ min: 3, max: 40, noNaN: true }), { minLength: 4, maxLength: 24 }),
  )
  .map(([x, y, radii]): { ring: Run; hole: Run } => {
    const around = (factor: number): Run => {
      const run = radii.flatMap((radius, index) => {
        const angle = (index / radii.length) * 2 * Math.PI;
        return [x + Math.cos(angle) * radius * factor, y + Math.sin(angle) * radius * factor];
      });
      return [...run, run[0] ?? 0, run[1] ?? 0];
    };
    return { ring: around(1), hole: around(0.4) };
  });

/** Middles of all pieces of a line. */
function middles(line: Run): [number, number][] {
  const points: [number, number][] = [];
  for (let index = 0; index + 3 < line.length; index += 2) {
    points.push([
      ((line[index] ?? 0) + (line[index + 2] ?? 0)) / 2,
      ((line[index + 1] ?? 0) + (line[index + 3] ?? 0)) / 2,
    ]);
  }
  return points;
}

/** Inside, or so near the edge that the chord of a curve may lie outside. */
function isNearlyInside(rings: Run[], x: number, y: number, reach: number): boolean {
  return isInside(rings, x, y) || rings.some((ring) => edgeDistance(ring, x, y) <= reach);
}

function edgeDistance(ring: Run, x: number, y: number): number {
  let least = Infinity;
  for (let index = 0; index + 3 < ring.length; index += 2) {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = ring.slice(index, index + 4);
    const squared = (x2 - x1) ** 2 + (y2 - y1) ** 2;
    const share = squared === 0 ? 0 : ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / squared;
    const at = Math.min(1, Math.max(0, share));
    least = Math.min(least, Math.hypot(x - x1 - (x2 - x1) * at, y - y1 - (y2 - y1) * at));
  }
  return least;
}

describe('hatch lines', () => {
  it.each(['diagonal', 'cross'] as const)('of kind %s lie within the polygon and out of its hole', (kind) => {
    fc.assert(
      fc.property(star, ({ ring, hole }) => {
        const rings = [ring, hole];
        const lines = hatchLines(rings, kind, 2.1);
        for (const [x, y] of lines.flatMap(middles)) expect(isNearlyInside(rings, x, y, 1e-6)).toBe(true);
      }),
      { seed: 5, numRuns: 150 },
    );
  });

  it('that wave lie within the polygon and out of its hole', () => {
    fc.assert(
      fc.property(star, ({ ring, hole }) => {
        const rings = [ring, hole];
        for (const line of hatchLines(rings, 'wave', 2.6)) {
          for (const [x, y] of middles(line)) expect(isNearlyInside(rings, x, y, 0.04)).toBe(true);
        }
      }),
      { seed: 5, numRuns: 100 },
    );
  });

  it('fill a square to its edges at the spacing asked for', () => {
    const lines = hatchLines([square(10, 10, 30)], 'diagonal', 2);
    const length = lines.reduce(
      (sum, [x1 = 0, y1 = 0, x2 = 0, y2 = 0]) => sum + Math.hypot(x2 - x1, y2 - y1),
      0,
    );
    // Length of lines times their spacing is the area.
    expect(length * 2).toBeGreaterThan(900 * 0.97);
    expect(length * 2).toBeLessThan(900 * 1.03);
    for (const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] of lines) expect(x1 + y1).toBeCloseTo(x2 + y2, 6);
  });

  it('cross in both directions and wave up and down', () => {
    const crossed = hatchLines([square(0, 0, 20)], 'cross', 2);
    const slopes = new Set(
      crossed.map(([x1 = 0, y1 = 0, x2 = 0, y2 = 0]) => Math.sign((y2 - y1) * (x2 - x1))),
    );
    expect(slopes).toEqual(new Set([1, -1]));
    const [wave = []] = hatchLines([square(0, 0, 20)], 'wave', 2.6);
    const heights = wave.filter((_, index) => index % 2 === 1);
    expect(Math.max(...heights) - Math.min(...heights)).toBeGreaterThan(0.35);
  });

  it('of neighbours line up, because they are anchored to the page', () => {
    const offsets = [square(0, 0, 10), square(10, 0, 10)].map(
      (ring) =>
        new Set(
          hatchLines([ring], 'diagonal', 2).map(([x = 0, y = 0]) => Math.round(((x + y) * Math.SQRT1_2) / 2)),
        ),
    );
    const lines = [square(0, 0, 10), square(10, 0, 10)].flatMap((ring) => hatchLines([ring], 'diagonal', 2));
    for (const [x = 0, y = 0] of lines) {
      const turns = ((x + y) * Math.SQRT1_2) / 2;
      expect(Math.abs(turns - Math.round(turns))).toBeLessThan(1e-6);
    }
    expect([...(offsets[0] ?? [])].some((line) => offsets[1]?.has(line))).toBe(true);
  });

  it('of nothing are none', () => {
    expect(hatchLines([], 'cross', 2)).toEqual([]);
    expect(hatchLines([[5, 5, 5, 5, 5, 5, 5, 5]], 'diagonal', 2)).toEqual([]);
    expect(hatchLines([square(0, 0, 10)], 'diagonal', 0)).toEqual([]);
  });
});
