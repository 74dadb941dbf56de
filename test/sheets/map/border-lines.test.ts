import { describe, expect, it } from 'vitest';
import { borderLines } from '../../../server/sheets/map/border-lines.ts';
import type { Run } from '../../../server/sheets/map/paper-shape.ts';

const box = (x: number, y: number, width: number, height: number): Run => [
  ...[x, y, x + width, y, x + width, y + height],
  ...[x, y + height, x, y],
];
const page = { x: 0, y: 0, width: 200, height: 200 };
const lengthOf = (lines: Run[]): number =>
  lines.reduce((sum, line) => {
    let length = 0;
    for (let index = 2; index < line.length; index += 2) {
      length += Math.hypot(
        (line[index] ?? 0) - (line[index - 2] ?? 0),
        (line[index + 1] ?? 0) - (line[index - 1] ?? 0),
      );
    }
    return sum + length;
  }, 0);

describe('the borders of areas that fill a region', () => {
  it('stand once between two of them, and the outer edge apart', () => {
    const { inner, outer } = borderLines([[[box(10, 10, 40, 40)]], [[box(50, 10, 40, 40)]]], page);
    expect(lengthOf(inner)).toBeCloseTo(40, 5);
    expect(lengthOf(outer)).toBeCloseTo(240, 5);
  });

  it('are the same when the neighbours were simplified apart by a tenth of a millimetre', () => {
    const bent: Run = [50.1, 10, 90, 10, 90, 50, 49.95, 50, 50.1, 30, 50.1, 10];
    const { inner, outer } = borderLines([[[box(10, 10, 40, 40)]], [[bent]]], page);
    expect(lengthOf(inner)).toBeCloseTo(40, 1);
    expect(lengthOf(outer)).toBeCloseTo(240, 0);
  });

  it('run round a hole and a neighbour in it alike, whichever way the rings wind', () => {
    const ring = box(10, 10, 60, 60);
    const hole = [...box(30, 30, 20, 20)];
    const reversed: Run = [];
    for (let index = ring.length - 2; index >= 0; index -= 2)
      reversed.push(ring[index] ?? 0, ring[index + 1] ?? 0);
    for (const outerRing of [ring, reversed]) {
      const { inner, outer } = borderLines([[[outerRing, hole]], [[box(30, 30, 20, 20)]]], page);
      expect(lengthOf(inner)).toBeCloseTo(80, 5);
      expect(lengthOf(outer)).toBeCloseTo(240, 5);
    }
  });

  it('outside the box are left out', () => {
    const { inner, outer } = borderLines([[[box(-100, -100, 20, 20)]]], page);
    expect([inner, outer]).toEqual([[], []]);
  });
});
