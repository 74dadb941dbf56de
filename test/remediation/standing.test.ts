import { describe, expect, it } from 'vitest';
import { statusIds } from '../../geodata/domain/workflow.ts';
import { lastDayOfMonthBefore } from '../../server/remediation/read-progress.ts';
import { byStatus, overdue, type StandingRow, standing } from '../../server/remediation/standing.ts';

/** One site of 1, 2, 4, 8 … m² in each status, so that every sum names its parts. */
const rows: StandingRow[] = statusIds.map((status, index) => ({
  unit: null,
  status,
  status_before: 'to_verify',
  plan_year_over: true,
  count: 1,
  area_m2: 2 ** index,
}));

function areaOf(...ids: (typeof statusIds)[number][]): number {
  return ids.reduce((sum, id) => sum + 2 ** statusIds.indexOf(id), 0);
}

describe('a standing', () => {
  it('counts each status for what the table of the workflow says, by sites and by area', () => {
    const now = standing(rows, 'status');
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
    expect(standing(rows, 'status_before')).toMatchObject({ listed: { count: 14 }, started: { count: 0 } });
  });

  it('has every status, also those of no site', () => {
    const counted = byStatus(rows.slice(0, 1));
    expect(Object.keys(counted)).toEqual([...statusIds]);
    expect(counted.handed_over).toEqual({ count: 0, areaSquareMeters: 0 });
  });

  it('calls overdue what is listed, not completed and past its plan year', () => {
    expect(overdue(rows).count).toBe(7);
    expect(overdue(rows.map((row) => ({ ...row, plan_year_over: false }))).count).toBe(0);
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
