import { describe, expect, it } from 'vitest';
import { reviewRows } from '../../../../client/panels/marking/review-rows.ts';
import { aReport, aSite } from './a-site.ts';

describe('a report as its reviewer reads it', () => {
  it('lays this month beside last month, field by field', () => {
    const site = aSite({
      report: aReport({ answer: { progressPercent: 70, note: '新' } }),
      previous: aReport({
        period: '2025-08',
        answer: { progressPercent: 65, investment: { toDate: 80 }, note: '旧' },
      }),
    });
    expect(reviewRows(site)).toEqual([
      { path: 'status', now: 'in_progress', before: 'in_progress', differs: false },
      { path: 'progressPercent', now: 70, before: 65, differs: true },
      { path: 'note', now: '新', before: '旧', differs: true },
      { path: 'treatedToDateSquareMeters', now: undefined, before: 12_000, differs: true },
      { path: 'investment.toDate', now: undefined, before: 80, differs: true },
    ]);
  });

  it('of no progress shows its reason and nothing as dropped', () => {
    const site = aSite({ report: aReport({ answer: { noProgressReason: '雨季停工' } }) });
    expect(reviewRows(site).map(({ path }) => path)).toEqual(['status', 'noProgressReason']);
  });

  it('is empty where nothing was reported', () => {
    expect(reviewRows(aSite())).toEqual([]);
  });
});
