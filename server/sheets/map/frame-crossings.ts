/** Where lines of equal longitude, latitude, east or north meet the sides of a frame. Millimetres; pure. */
import type { Box } from '../page.ts';

export type Side = 'top' | 'bottom' | 'left' | 'right';
export type Crossing = { side: Side; value: number; x: number; y: number };

/** What is level along a side: [longitude or east, latitude or north] of a point of the page. */
export type ValuesAt = (x: number, y: number) => readonly [across: number, up: number];

const SAMPLES = 24;

/**
 * Crossings of the first value with top and bottom and of the second with left and right. `valuesWithin` gives the
 * lines between two values.
 */
export function frameCrossings(
  frame: Box,
  valuesAt: ValuesAt,
  valuesWithin: (from: number, to: number) => number[],
): Crossing[] {
  const { x, y, width, height } = frame;
  const sides: { side: Side; axis: 0 | 1; at(share: number): [number, number] }[] = [
    { side: 'top', axis: 0, at: (share) => [x + width * share, y] },
    { side: 'bottom', axis: 0, at: (share) => [x + width * share, y + height] },
    { side: 'left', axis: 1, at: (share) => [x, y + height * share] },
    { side: 'right', axis: 1, at: (share) => [x + width, y + height * share] },
  ];
  return sides.flatMap(({ side, axis, at }) => {
    const valueAt = (share: number): number => valuesAt(...at(share))[axis];
    const found: Crossing[] = [];
    for (let sample = 0; sample < SAMPLES; sample += 1) {
      const [from, to] = [sample / SAMPLES, (sample + 1) / SAMPLES];
      const [low, high] = [valueAt(from), valueAt(to)].sort((a, b) => a - b) as [number, number];
      for (const value of valuesWithin(low, high)) {
        const [px, py] = at(solve(valueAt, value, from, to));
        const last = found.at(-1);
        if (last === undefined || Math.abs(last.value - value) > 1e-12)
          found.push({ side, value, x: px, y: py });
      }
    }
    return found;
  });
}

/** By secants, which is exact for straight sides after a few steps. */
function solve(valueAt: (share: number) => number, value: number, from: number, to: number): number {
  let [a, b] = [from, to];
  let [fa, fb] = [valueAt(a) - value, valueAt(b) - value];
  for (let step = 0; step < 8 && Math.abs(fb) > 1e-13 && fa !== fb; step += 1) {
    const next = b - (fb * (b - a)) / (fb - fa);
    [a, fa] = [b, fb];
    b = next;
    fb = valueAt(b) - value;
  }
  return Math.min(to, Math.max(from, b));
}
