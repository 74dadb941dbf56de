import { describe, expect, it } from 'vitest';
import { addDays, daysAfter, stepMonths } from '../../../client/panels/time/day-steps.ts';

describe('steps by months', () => {
  const range = ['2023-01-15', '2025-09-30'] as const;
  it.each([
    ['2025-09-30', -1, '2025-08-31'],
    ['2025-03-31', -1, '2025-02-28'],
    ['2024-03-15', -1, '2024-02-29'],
    ['2024-03-15', 1, '2024-03-31'],
    ['2024-03-31', 1, '2024-04-30'],
    ['2024-01-31', -12, '2023-01-31'],
    ['2023-01-31', -1, '2023-01-15'],
    ['2025-09-10', 12, '2025-09-30'],
  ])('from %s by %i lead to %s', (day, months, expected) => {
    expect(stepMonths(day, months, range)).toBe(expected);
  });
});

describe('days as numbers', () => {
  it('go there and back, over leap days', () => {
    expect(daysAfter('2024-02-28', '2024-03-01')).toBe(2);
    expect(addDays('2024-02-28', 2)).toBe('2024-03-01');
  });
});
