import { describe, expect, it } from 'vitest';
import { offeredTasks, splitTargets } from '../../../../client/panels/review/set-task.ts';
import { workItem } from '../work-list/work-item.ts';

const september = '2025-09';

describe('many sites at once', () => {
  it('answers 本期无进展 for those that owe a report of the month, and says why not for the others', () => {
    const owing = workItem({ code: 'A' });
    const returned = workItem({ code: 'B', waitsFor: 'resubmit', reportState: 'returned' });
    const ofAugust = workItem({
      code: 'C',
      waitsFor: 'resubmit',
      period: '2025-08',
      reportState: 'returned',
    });
    const reported = workItem({ code: 'D', waitsFor: 'county_review', reportState: 'submitted' });
    const none = workItem({ code: 'E', waitsFor: 'nothing' });
    const closed = workItem({ code: 'F', status: 'closed' });
    const items = [owing, returned, ofAugust, reported, none, closed];
    const { able, unable, period } = splitTargets(items, { do: 'no_progress' }, september);
    expect(period).toBe(september);
    expect(able).toEqual([owing, returned]);
    expect(unable).toEqual([
      { item: ofAugust, why: 'other_month' },
      { item: reported, why: 'already_reported' },
      { item: none, why: 'owes_nothing' },
      { item: closed, why: 'needs_check' },
    ]);
  });

  it('reviews the reports of the month most of them are of', () => {
    const report = (code: string, period: string) => workItem({ code, period, waitsFor: 'city_review' });
    const items = [
      report('A', september),
      report('B', '2025-08'),
      report('C', '2025-08'),
      workItem({ code: 'D' }),
    ];
    const { able, unable, period } = splitTargets(items, { do: 'pass' }, september);
    expect(period).toBe('2025-08');
    expect(able.map(({ code }) => code)).toEqual(['B', 'C']);
    expect(unable.map(({ item, why }) => [item.code, why])).toEqual([
      ['A', 'other_month'],
      ['D', 'not_waiting'],
    ]);
  });

  it('offers only what at least one of the sites can take', () => {
    const report = workItem({ waitsFor: 'city_review' });
    const toAccept = workItem({ waitsFor: 'decision', status: 'county_accepted', steps: ['city_accepted'] });
    expect(offeredTasks([report, toAccept], 'city')).toEqual([
      { do: 'pass' },
      { do: 'return' },
      { do: 'decide', to: 'city_accepted' },
    ]);
    expect(offeredTasks([toAccept], 'city')).toEqual([{ do: 'decide', to: 'city_accepted' }]);
    expect(offeredTasks([workItem()], 'unit')).toEqual([{ do: 'no_progress' }]);
    expect(offeredTasks([report], 'unit')).toEqual([]);
    expect(offeredTasks([], 'county')).toEqual([]);
    expect(splitTargets([toAccept, report], { do: 'decide', to: 'city_accepted' }, september).unable).toEqual(
      [{ item: report, why: 'wrong_status' }],
    );
  });
});
