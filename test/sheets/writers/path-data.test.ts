import { expect, test } from 'vitest';
import { readPath } from '../../../server/sheets/writers/path-data.ts';

function told(d: string): string {
  const steps: string[] = [];
  const list = (...values: number[]) => values.map((value) => Math.round(value * 100) / 100).join(' ');
  readPath(d, {
    moveTo: (...point) => steps.push(`M${list(...point)}`),
    lineTo: (...point) => steps.push(`L${list(...point)}`),
    curveTo: (...points) => steps.push(`C${list(...points)}`),
    close: () => steps.push('Z'),
  });
  return steps.join(' ');
}

test('relative, repeated and run-together numbers are lines', () => {
  expect(told('m1 1 2,0l0-1.5.5.5h-3v1zl1 0')).toBe('M1 1 L3 1 L3 -0.5 L3.5 0 L0.5 0 L0.5 1 Z L2 1');
});

test('a closed path goes on from its start', () => {
  expect(told('M5 5h2v2zl1 0M9 9H1V2')).toBe('M5 5 L7 5 L7 7 Z L6 5 M9 9 L1 9 L1 2');
});

test('smooth and quadratic curves are cubic ones', () => {
  expect(told('M0 0q3 3 6 0t6 0')).toBe('M0 0 C2 2 4 2 6 0 C8 -2 10 -2 12 0');
  expect(told('M0 0c1 1 2 1 3 0s2-1 3 0')).toBe('M0 0 C1 1 2 1 3 0 C4 -1 5 -1 6 0');
  expect(told('M0 0T2 2S3 3 4 4')).toBe('M0 0 C0 0 0.67 0.67 2 2 C2 2 3 3 4 4');
});

test('arcs follow their flags, written with or without spaces', () => {
  expect(told('M0 10A10 10 0 0 1 10 0')).toBe('M0 10 C0 4.48 4.48 0 10 0');
  expect(told('M0 10a10 10 0 0110-10')).toBe('M0 10 C0 4.48 4.48 0 10 0');
  expect(told('M12 3A9 9 0 1 1 12 21').split('C')).toHaveLength(3);
  expect(told('M12 3A9 9 0 1 0 12 21').startsWith('M12 3 C7.03 3')).toBe(true);
  expect(told('M0 0A0 5 0 0 1 4 4')).toBe('M0 0 L4 4');
});

test('what is no path data is refused', () => {
  for (const d of ['M1', 'M1 1 X', 'M1 1 L2', '1 2', 'M1 1"/>', 'M0 0 A1 1 0 2 1 3 3']) {
    expect(() => told(d), d).toThrow(TypeError);
  }
});
