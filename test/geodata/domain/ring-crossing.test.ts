import { kinks } from '@turf/kinks';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasCrossingEdges } from '../../../geodata/domain/ring-crossing.ts';

describe('hasCrossingEdges', () => {
  it('finds the crossing of a bow-tie and of a hole that leaves its shell', () => {
    const bowTie = [
      [115, 25],
      [115.01, 25.01],
      [115.01, 25],
      [115, 25.01],
      [115, 25],
    ];
    expect(hasCrossingEdges([bowTie])).toBe(true);
    const shell = [
      [0, 0],
      [4, 0],
      [4, 4],
      [0, 4],
      [0, 0],
    ];
    const hole = [
      [1, 1],
      [5, 2],
      [1, 3],
      [1, 1],
    ];
    expect(hasCrossingEdges([shell, hole])).toBe(true);
  });

  it('leaves touching rings, spikes and repeated points to the geometry engine', () => {
    const touching = [
      [0, 0],
      [2, 2],
      [4, 0],
      [4, 4],
      [2, 2],
      [0, 4],
      [0, 0],
    ];
    const spike = [
      [0, 0],
      [4, 0],
      [4, 4],
      [4, 6],
      [4, 4],
      [0, 4],
      [0, 0],
    ];
    const repeated = [
      [0, 0],
      [4, 0],
      [4, 0],
      [4, 4],
      [0, 0],
    ];
    for (const ring of [touching, spike, repeated]) expect(hasCrossingEdges([ring])).toBe(false);
    expect(hasCrossingEdges([])).toBe(false);
    expect(
      hasCrossingEdges([
        [
          [0, 0],
          [Number.NaN, 1],
          [1, 1],
          [0, 0],
        ],
      ]),
    ).toBe(false);
  });

  it('agrees with the pairwise search of Turf on rings with corners on a grid no three of which align', () => {
    const ring = fc
      .array(fc.tuple(fc.integer({ min: 0, max: 1_000 }), fc.integer({ min: 0, max: 1_000 })), {
        minLength: 4,
        maxLength: 12,
      })
      // Lifted by an irrational curve, so that edges cross properly or not at all.
      .map((corners) => corners.map(([x, y]) => [x + Math.sqrt(2 + x * y), y + Math.sqrt(3 + x + 2 * y)]))
      .filter((corners) => new Set(corners.map(String)).size === corners.length)
      .map((corners) => [...corners, corners[0] ?? []]);
    fc.assert(
      fc.property(ring, (corners) => {
        const found = kinks({ type: 'Polygon', coordinates: [corners] }).features.length > 0;
        expect(hasCrossingEdges([corners])).toBe(found);
      }),
      { seed: 535, numRuns: 2_000 },
    );
  });
});
