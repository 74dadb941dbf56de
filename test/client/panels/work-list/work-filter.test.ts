import { describe, expect, it } from 'vitest';
import {
  countsBy,
  filterWork,
  isFiltering,
  kindOf,
  noFilter,
} from '../../../../client/panels/work-list/work-filter.ts';
import { workItem } from './work-item.ts';

const flag = { id: 'percent_falls' as const, field: 'answer.progressPercent', values: {} };
const items = [
  workItem({ code: 'CT1', name: '画山采石场' }),
  workItem({ code: 'CT2', name: '社富稀土点', status: 'rectifying', waitsFor: 'resubmit' }),
  workItem({
    code: 'XF3',
    name: '鼎龙砖瓦窑',
    unit: { code: '360722', name: '信丰县', nameEn: 'Xinfeng County' },
    waitsFor: 'county_review',
  }),
];
const codes = (found: { code: string }[]) => found.map(({ code }) => code);

describe('filtering the work list', () => {
  it('shows all without a filter, and finds by name, code whatever the case, phase, task and unit', () => {
    expect(codes(filterWork(items, noFilter, 'unit'))).toEqual(['CT1', 'CT2', 'XF3']);
    expect(codes(filterWork(items, { ...noFilter, text: ' 稀土 ' }, 'unit'))).toEqual(['CT2']);
    expect(codes(filterWork(items, { ...noFilter, text: 'xf' }, 'unit'))).toEqual(['XF3']);
    expect(codes(filterWork(items, { ...noFilter, phase: 'rectifying' }, 'unit'))).toEqual(['CT2']);
    expect(codes(filterWork(items, { ...noFilter, kind: 'waiting' }, 'unit'))).toEqual(['XF3']);
    expect(codes(filterWork(items, { ...noFilter, unit: '360722' }, 'unit'))).toEqual(['XF3']);
    expect(codes(filterWork(items, { ...noFilter, unit: '360722', text: 'CT' }, 'unit'))).toEqual([]);
  });

  it('says when something is left out', () => {
    expect(isFiltering(noFilter)).toBe(false);
    expect(isFiltering({ ...noFilter, text: '  ' })).toBe(false);
    expect(isFiltering({ ...noFilter, phase: 'closed' })).toBe(true);
  });

  it('reads a waiting report as waiting for others by its editor, as a task by its reviewer, flagged apart', () => {
    const report = workItem({ waitsFor: 'county_review' });
    expect(kindOf(report, 'unit')).toBe('waiting');
    expect(kindOf(report, 'county')).toBe('review');
    expect(kindOf({ ...report, flags: [flag] }, 'county')).toBe('flagged');
    expect(kindOf(workItem({ waitsFor: 'nothing' }), 'unit')).toBe('done');
  });

  it('counts only what occurs, in the given order', () => {
    expect(countsBy(items, ['rectifying', 'closed', 'in_progress'], ({ status }) => status)).toEqual([
      { value: 'rectifying', count: 1 },
      { value: 'in_progress', count: 2 },
    ]);
  });
});
