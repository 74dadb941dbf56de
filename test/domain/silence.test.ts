import { describe, expect, it } from 'vitest';
import { duePeriod, monthsOverdue, monthsSilent } from '../../geodata/domain/silence.ts';

describe('the period that was due', () => {
  it.each([
    ['2025-09-30', '2025-09'],
    ['2025-09-29', '2025-08'],
    ['2025-01-15', '2024-12'],
    ['2024-02-29', '2024-02'],
  ])('by %s is %s', (day, period) => expect(duePeriod(day)).toBe(period));
});

describe('months of silence', () => {
  const silent = (
    owes: 'month' | 'quarter' | 'nothing',
    lastAnswer: string | null,
    day: string,
    firstPeriod = '2025-01',
  ) => monthsSilent({ owes, lastAnswer, firstPeriod }, day);

  it('are counted from the last answer, or from the first period asked for', () => {
    expect(silent('month', '2025-09', '2025-09-30')).toBe(0);
    expect(silent('month', '2025-06', '2025-09-30')).toBe(3);
    expect(silent('month', '2024-11', '2025-02-28')).toBe(2);
    expect(silent('month', null, '2025-03-31')).toBe(3);
    expect(silent('month', null, '2025-03-31', '2025-04')).toBe(0);
  });

  it('do not begin before the answer is due', () => {
    expect(silent('month', '2025-08', '2025-09-29')).toBe(0);
    expect(silent('month', '2025-08', '2025-09-30')).toBe(1);
  });

  it('of a site that owes by the quarter begin when a quarter has gone by', () => {
    expect(silent('quarter', '2025-06', '2025-08-31')).toBe(0);
    expect(silent('quarter', '2025-06', '2025-09-30')).toBe(3);
    expect(silent('quarter', '2025-07', '2025-09-30')).toBe(0);
    expect(silent('quarter', '2025-07', '2025-12-30')).toBe(0);
    expect(silent('quarter', null, '2025-03-31')).toBe(3);
  });

  it('are none for what owes nothing', () => expect(silent('nothing', null, '2025-09-30')).toBe(0));
});

describe('months since the plan year', () => {
  it.each([
    [2024, '2024-12-31', 0],
    [2024, '2025-01-01', 1],
    [2023, '2025-09-30', 21],
  ])('%i on %s are %i', (year, day, months) => expect(monthsOverdue(year, day)).toBe(months));
});
