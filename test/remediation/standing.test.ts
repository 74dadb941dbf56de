import { describe, expect, it } from 'vitest';
import { statusIds } from '../../geodata/domain/workflow.ts';
import { lastDayOfMonthBefore } from '../../server/remediation/read-progress.ts';
import {
  attention,
  byStatus,
  type StandingRow,
  standing,
  standingBefore,
} from '../../server/remediation/standing.ts';

const at = { day: '2025-09-30', firstPeriod: '2025-01' };

/** One site of 1, 2, 4, 8 … m² in each status, so that every sum names its parts. */
const rows: StandingRow[] = statusIds.map((status, index) => ({
  unit: null,
  status,
  status_before: 'to_verify',
  plan_year: 2024,
  last_answer: null,
  in_aftercare: true,
  returned: false,
  waits_county: false,
  waits_city: false,
  count: 1,
  area_m2: 2 ** index,
  treated_m2: 0,
  treated_before_m2: 0,
}));

function areaOf(...ids: (typeof statusIds)[number][]): number {
  return ids.reduce((sum, id) => sum + 2 ** statusIds.indexOf(id), 0);
}

describe('a standing', () => {
  it('counts each status for what the table of the workflow says, by sites and by area', () => {
    const now = standing(rows, at);
    const closed = areaOf('closed', 'handed_over');
    const completed = closed + areaOf('completed', 'county_accepted', 'city_accepted', 'public_notice');
    const started = completed + areaOf('in_progress', 'natural_recovery', 'rectifying');
    expect(now.closed).toEqual({ count: 2, areaSquareMeters: closed });
    expect(now.completed).toEqual({ count: 6, areaSquareMeters: completed });
    expect(now.started).toEqual({ count: 9, areaSquareMeters: started });
    expect(now.listed).toEqual({ count: 13, areaSquareMeters: 2 ** 14 - 1 - areaOf('excluded') });
    expect(now.rectifying).toEqual({ count: 1, areaSquareMeters: areaOf('rectifying') });
    expect(now.excluded).toEqual({ count: 1, areaSquareMeters: areaOf('excluded') });
  });

  it('before looks at the status before', () => {
    expect(standingBefore(rows, at)).toMatchObject({ listed: { count: 14 }, started: { count: 0 } });
  });

  it('has every status, also those of no site', () => {
    const counted = byStatus(rows.slice(0, 1));
    expect(Object.keys(counted)).toEqual([...statusIds]);
    expect(counted.handed_over).toEqual({ count: 0, areaSquareMeters: 0 });
  });

  it('keeps the treated area apart from the area of the sites', () => {
    const treated = rows.map((row) => ({
      ...row,
      treated_m2: 3,
      treated_before_m2: row.status === 'closed' ? 2 : 0,
    }));
    expect(standing(treated, at).treated).toEqual({ count: 13, areaSquareMeters: 39 });
    expect(standingBefore(treated, at).treated).toEqual({ count: 1, areaSquareMeters: 2 });
  });
});

describe('attention', () => {
  it('is needed where a site is listed, not completed and past its plan year, by months', () => {
    const years = rows.map((row, index) => ({ ...row, plan_year: index < 4 ? 2023 : 2024 }));
    const { overdue } = attention(years, at);
    expect(overdue.count).toBe(7);
    expect(overdue.steps.map(({ months, count }) => [months, count])).toEqual([
      [21, 4],
      [9, 3],
    ]);
    expect(
      attention(
        rows.map((row) => ({ ...row, plan_year: 2025 })),
        at,
      ).overdue.count,
    ).toBe(0);
  });

  it('is needed where the answer of the month or the quarter is missing, by months', () => {
    const { silent } = attention(
      rows.map((row) => ({ ...row, last_answer: row.status === 'verified' ? '2025-09' : '2025-07' })),
      at,
    );
    // All listed but the one that answered and the two that owe by the quarter and answered in it.
    expect(silent).toMatchObject({ count: 10, steps: [{ months: 2, count: 10 }] });
  });

  it('is not needed of closed sites once their aftercare is over', () => {
    const over = rows.map((row) => ({ ...row, in_aftercare: false }));
    expect(attention(over, at).silent.count).toBe(11);
    expect(attention(rows, at).silent.count).toBe(13);
  });

  it('counts reports that were returned or wait, of listed sites only', () => {
    const waiting = rows.map((row) => ({ ...row, returned: row.status !== 'to_verify', waits_city: true }));
    expect(attention(waiting, at)).toMatchObject({
      returned: { count: 12 },
      waits_city: { count: 13 },
      waits_county: { count: 0, areaSquareMeters: 0 },
    });
  });
});

describe('the day compared with', () => {
  it.each([
    ['2025-09-30', '2025-08-31'],
    ['2025-03-01', '2025-02-28'],
    ['2024-03-31', '2024-02-29'],
    ['2025-01-15', '2024-12-31'],
  ])('for %s is %s', (day, expected) => {
    expect(lastDayOfMonthBefore(day)).toBe(expected);
  });
});
