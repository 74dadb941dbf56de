import { describe, expect, it } from 'vitest';
import { conflictRows, isSubmittedAlready, mergeValues } from '../../../../client/panels/marking/conflict.ts';
import {
  answerOfValues,
  valuesOfAnswer,
  valuesOfSite,
} from '../../../../client/panels/marking/site-values.ts';
import type { Answer } from '../../../../geodata/contract/marking.ts';
import { aReport, aSite } from './a-site.ts';

describe('two versions of a site side by side', () => {
  const before = { progressPercent: 65, issues: '资金', note: '旧' };
  const mine = { progressPercent: 70, issues: '资金', note: '我的', nextSteps: '招标' };
  const theirs = { progressPercent: 80, issues: '雨季', note: '旧' };

  it('lists each field that differs, those both changed first, and suggests who changed it', () => {
    expect(conflictRows(before, mine, theirs)).toEqual([
      {
        field: 'progressPercent',
        before: 65,
        mine: 70,
        theirs: 80,
        contested: true,
        suggested: 'mine',
      },
      {
        field: 'issues',
        before: '资金',
        mine: '资金',
        theirs: '雨季',
        contested: false,
        suggested: 'theirs',
      },
      { field: 'note', before: '旧', mine: '我的', theirs: '旧', contested: false, suggested: 'mine' },
      {
        field: 'nextSteps',
        before: undefined,
        mine: '招标',
        theirs: undefined,
        contested: false,
        suggested: 'mine',
      },
    ]);
  });

  it('loses nothing of either: suggestions hold where nobody chose, choices where somebody did', () => {
    const rows = conflictRows(before, mine, theirs);
    expect(mergeValues(mine, rows, {})).toEqual({ ...mine, issues: '雨季' });
    expect(mergeValues(mine, rows, { progressPercent: 'theirs', nextSteps: 'theirs' })).toEqual({
      progressPercent: 80,
      issues: '雨季',
      note: '我的',
    });
  });
});

describe('a report as a flat list', () => {
  const answer: Answer = {
    progressPercent: 70,
    patches: { 'CT.1': 5 },
    investment: { toDate: 3, bySource: { eod: 1 } },
    issueKinds: ['rain', 'funds'],
    facts: { startedOn: '2025-01-02' },
  };

  it('holds nested fields by their path and comes back as the same answer', () => {
    expect(valuesOfAnswer(answer)).toEqual({
      progressPercent: 70,
      'patches.CT.1': 5,
      'investment.toDate': 3,
      'investment.bySource.eod': 1,
      issueKinds: 'rain,funds',
      'facts.startedOn': '2025-01-02',
    });
    expect(answerOfValues(valuesOfAnswer(answer))).toEqual(answer);
  });

  it('of a site is its report over what stands; a withdrawn report says nothing', () => {
    expect(valuesOfSite(aSite({ report: aReport({ answer: { progressPercent: 70 } }) }))).toEqual({
      status: 'in_progress',
      progressPercent: 70,
      treatedToDateSquareMeters: 12_000,
      effectiveOn: '2025-09-28',
    });
    expect(valuesOfSite(aSite({ report: aReport({ state: 'withdrawn' }) }))).toMatchObject({
      progressPercent: 65,
    });
  });
});

describe('a report sent again, because nobody heard the answer to the first sending', () => {
  const answer: Answer = { progressPercent: 70, nextSteps: '招标', patches: { CT1: 5 } };
  const sent = { answer, effectiveOn: '2025-09-28' };
  const stands = aReport({ state: 'submitted', answer, effectiveOn: '2025-09-28', submittedBy: '张某' });
  const isOwn = (report: ReturnType<typeof aReport> | null, sender = '张某') =>
    isSubmittedAlready(aSite({ report }), sent, sender);

  it('stands already, and is no conflict', () => {
    expect(isOwn(stands)).toBe(true);
  });

  it('is a conflict where anything differs: the answer, the day, who sent it, where it stands', () => {
    expect(isOwn(null)).toBe(false);
    expect(isOwn(stands, '李某')).toBe(false);
    expect(isOwn({ ...stands, effectiveOn: '2025-09-27' })).toBe(false);
    expect(isOwn({ ...stands, answer: { ...answer, progressPercent: 71 } })).toBe(false);
    expect(isOwn({ ...stands, answer: { ...answer, note: '多一项' } })).toBe(false);
    expect(isOwn({ ...stands, state: 'returned' })).toBe(false);
  });
});
