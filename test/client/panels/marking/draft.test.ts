import { describe, expect, it } from 'vitest';
import { followedBy, inUnit } from '../../../../client/panels/marking/area-fields.tsx';
import { checkDraft } from '../../../../client/panels/marking/check-draft.ts';
import { draftOfAnswer, firstDraft, withStatus } from '../../../../client/panels/marking/draft.ts';
import { readDraft, submissionOf } from '../../../../client/panels/marking/submission.ts';
import type { Answer } from '../../../../geodata/contract/marking.ts';
import { submitReportSchema } from '../../../../geodata/contract/marking.ts';
import { anAttachment, aReport, aSite } from './a-site.ts';

const answer: Answer = {
  status: 'completed',
  progressPercent: 100,
  treatedThisPeriodSquareMeters: 3200,
  treatedToDateSquareMeters: 15_200,
  patches: { CT0001001: 7600, CT0001002: 7600 },
  investment: { thisPeriod: 12.5, toDate: 88, bySource: { central: 50 } },
  issueKinds: ['rain'],
  issues: '雨季',
  nextSteps: '验收',
  expectedFinishOn: '2025-12-31',
  note: '完工',
};

describe('the draft of a report', () => {
  it('says what was answered, and is read back as the same answer', () => {
    for (const unit of ['ha', 'mu', 'm2'] as const) {
      expect(readDraft(draftOfAnswer(answer, unit, '2025-09-30'))).toEqual({ answer, unreadable: [] });
    }
  });

  it('leaves out what was not filled in, so that nothing is sent as zero', () => {
    const draft = draftOfAnswer({}, 'ha', '2025-09-30');
    expect(readDraft(draft).answer).toEqual({});
  });

  it('names every field that cannot be read', () => {
    const draft = {
      ...draftOfAnswer(answer, 'ha', '2025-09-30'),
      treatedToDate: '许多',
      patches: { CT0001001: 'x' },
    };
    expect(readDraft(draft).unreadable).toEqual(['patches.CT0001001', 'treatedToDateSquareMeters']);
  });

  it('begins with the answer that was returned, and with what stands where there is none', () => {
    const returned = aSite({ report: aReport({ state: 'returned', answer, effectiveOn: '2025-09-20' }) });
    expect(readDraft(firstDraft(returned)).answer).toEqual(answer);
    expect(firstDraft(returned).effectiveOn).toBe('2025-09-20');
    expect(firstDraft(aSite()).progressPercent).toBe('65');
    expect(firstDraft(aSite()).effectiveOn).toBe('2025-09-30');
  });

  it('of no progress sends the reason and nothing of what was typed before', () => {
    const draft = {
      ...draftOfAnswer(answer, 'ha', '2025-09-30'),
      noProgress: true,
      noProgressReason: ' 雨季停工 ',
    };
    expect(readDraft(draft).answer).toEqual({ noProgressReason: '雨季停工' });
  });

  it('forgets the document number of a step that was not taken', () => {
    const draft = withStatus(
      { ...draftOfAnswer({}, 'ha', '2025-09-30'), status: 'approved', documentNumber: '赣市〔2025〕1号' },
      'natural_recovery',
    );
    expect(readDraft(draft).answer).toEqual({ status: 'natural_recovery' });
  });

  it('of completed works stands at 100 %', () => {
    const draft = withStatus(
      { ...draftOfAnswer({}, 'ha', '2025-09-30'), progressPercent: '91' },
      'completed',
    );
    expect(readDraft(draft).answer).toEqual({ status: 'completed', progressPercent: 100 });
  });

  it('is sent in the shape of the contract, without empty reasons', () => {
    const draft = {
      ...draftOfAnswer(answer, 'ha', '2025-09-30'),
      reasons: { percent_falls: ' ', treated_falls: '复核' },
    };
    const body = submissionOf(draft, answer, ['7']);
    expect(submitReportSchema.parse(body)).toEqual({
      effectiveOn: '2025-09-30',
      answer,
      attachments: ['7'],
      reasons: { treated_falls: '复核' },
    });
  });

  it('carries 累计 along with 本月新增 until somebody says otherwise', () => {
    const draft = draftOfAnswer({}, 'ha', '2025-09-30');
    expect(followedBy(draft, '0.32', 12_000)).toEqual({ treatedToDate: '1.52' });
    const followed = { ...draft, treatedThisPeriod: '0.32', treatedToDate: '1.52' };
    expect(followedBy(followed, '0.4', 12_000)).toEqual({ treatedToDate: '1.6' });
    expect(followedBy({ ...followed, treatedToDate: '1.9' }, '0.4', 12_000)).toEqual({});
  });

  it('shows the same areas in another unit', () => {
    const draft = { ...draftOfAnswer({}, 'ha', '2025-09-30'), treatedToDate: '1', patches: { a: '0.5' } };
    expect(inUnit(draft, 'mu')).toMatchObject({ areaUnit: 'mu', treatedToDate: '15', patches: { a: '7.5' } });
  });
});

describe('the checks of a draft', () => {
  const fields = (draft: ReturnType<typeof firstDraft>, evidence = [] as ReturnType<typeof anAttachment>[]) =>
    checkDraft(draft, aSite(), evidence).problems.map(({ field, atOnce }) => `${field}${atOnce ? '!' : ''}`);

  it('find nothing wrong with a month that went on', () => {
    expect(fields({ ...firstDraft(aSite()), treatedThisPeriod: '0.32', treatedToDate: '1.52' })).toEqual([]);
  });

  it('tell impossible values at once and missing ones when it is submitted', () => {
    const draft = { ...firstDraft(aSite()), progressPercent: '150', effectiveOn: '2025-10-02' };
    expect(fields(draft)).toEqual(['answer.progressPercent!', 'effectiveOn!']);
    expect(fields({ ...draft, progressPercent: '-1', effectiveOn: '2025-09-30' })).toContain(
      'answer.progressPercent!',
    );
    const noProgress = { ...firstDraft(aSite()), noProgress: true };
    expect(fields(noProgress)).toEqual(['answer.noProgressReason']);
  });

  it('ask for what a step needs until it has been brought', () => {
    const done = { ...firstDraft(aSite()), status: 'completed' as const, progressPercent: '100' };
    expect(fields(done)).toEqual(['attachments', 'attachments']);
    const brought = [
      anAttachment({ moment: 'after' }),
      anAttachment({ id: '2', kind: 'document', moment: null, purpose: 'selfCheckReport' }),
    ];
    expect(fields(done, brought)).toEqual([]);
  });

  it('ask for the reason of an unlikely value', () => {
    const draft = { ...firstDraft(aSite()), progressPercent: '60' };
    expect(fields(draft)).toEqual(['reasons.percent_falls']);
    expect(fields({ ...draft, reasons: { percent_falls: '复核后更正' } })).toEqual([]);
  });

  it('ask for no reason where a photo is in doubt: the reviewer sees it anyway', () => {
    const doubtful = [anAttachment({ checks: [{ id: 'wrong_place', distanceMeters: 900 }] })];
    const draft = { ...firstDraft(aSite()), progressPercent: '70' };
    const { problems, warnings } = checkDraft(draft, aSite(), doubtful);
    expect(problems).toEqual([]);
    expect(warnings.map(({ id }) => id)).toEqual(['evidence_doubtful']);
  });
});
