import { expect, it } from 'vitest';
import { median, meetsAim, ratioOf } from './figures.ts';

it('the median is the middle of the sorted values', () => {
  expect(median([10, 9, 100])).toBe(10);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([])).toBeNaN();
});

it('an aim is held against the figure or against its ratio to the floor', () => {
  const figure = { what: 'x', unit: '/s', value: 95, floor: 100 };
  expect(ratioOf(figure)).toBe(0.95);
  expect(meetsAim(figure)).toBeUndefined();
  expect(meetsAim({ ...figure, aim: { of: 'ratio', atLeast: 0.95 } })).toBe(true);
  expect(meetsAim({ ...figure, aim: { of: 'ratio', atLeast: 1.5 } })).toBe(false);
  expect(meetsAim({ ...figure, aim: { of: 'value', atMost: 94 } })).toBe(false);
  expect(meetsAim({ ...figure, value: Number.NaN, aim: { of: 'value', atMost: 400 } })).toBe(false);
});
