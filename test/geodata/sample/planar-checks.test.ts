import type { MultiPolygon, Position } from 'geojson';
import { describe, expect, it } from 'vitest';
import { findCrossings, findNested, holds, type Named, turn } from './planar-checks.ts';

function shape(code: string, ...rings: Position[][]): Named {
  return { code, geometry: { type: 'MultiPolygon', coordinates: [rings] } };
}

function square(west: number, south: number, size: number): Position[] {
  const [east, north] = [west + size, south + size];
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
}

describe('the proofs the sample is held against', () => {
  it('find a ring that crosses itself', () => {
    const bowTie = shape('bow-tie', [
      [115, 25],
      [115.01, 25.01],
      [115.01, 25],
      [115, 25.01],
      [115, 25],
    ]);
    expect(findCrossings([bowTie])).toEqual(['bow-tie × bow-tie']);
  });

  it('find shapes that overlap, touch at a corner or share an edge', () => {
    for (const other of [
      square(115.005, 25.005, 0.01),
      square(115.01, 25.01, 0.01),
      square(115.01, 25, 0.01),
    ]) {
      expect(findCrossings([shape('a', square(115, 25, 0.01)), shape('b', other)])).toEqual(['a × b']);
    }
    expect(
      findCrossings([shape('a', square(115, 25, 0.01)), shape('b', square(115.0100001, 25, 0.01))]),
    ).toEqual([]);
  });

  it('find a shape inside another, but not in its hole', () => {
    const inner = shape('inner', square(115.004, 25.004, 0.001));
    expect(findNested([inner, shape('outer', square(115, 25, 0.01))])).toEqual(['inner in outer']);
    const ring = shape('ring', square(115, 25, 0.01), square(115.002, 25.002, 0.006).reverse());
    expect(findNested([inner, ring])).toEqual([]);
    expect(holds(ring.geometry as MultiPolygon, [115.001, 25.001])).toBe(true);
  });

  it('tell which way a ring runs', () => {
    expect(Math.sign(turn(square(115, 25, 0.01)))).toBe(1);
    expect(Math.sign(turn(square(115, 25, 0.01).reverse()))).toBe(-1);
  });
});
