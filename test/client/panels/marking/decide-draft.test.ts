import { describe, expect, it } from 'vitest';
import {
  evidenceForStep,
  firstDecision,
  readDecision,
} from '../../../../client/panels/marking/decide-draft.ts';
import { findStep } from '../../../../geodata/domain/workflow.ts';
import { anAttachment, aSite } from './a-site.ts';

function stepTo(from: Parameters<typeof findStep>[0], to: Parameters<typeof findStep>[1]) {
  const step = findStep(from, to, 'city_reviewer');
  if (step === undefined) throw new Error(`no step to ${to}`);
  return step;
}

describe('a decision', () => {
  it('names each thing its step needs and has not been given', () => {
    const site = aSite({}, { status: 'city_accepted', statusOn: '2025-08-01' });
    const { problems } = readDecision(
      firstDecision(site),
      stepTo('city_accepted', 'public_notice'),
      site,
      [],
    );
    expect(problems.map(({ field }) => field)).toEqual([
      'facts.notice.from',
      'facts.notice.to',
      'facts.notice.place',
    ]);
  });

  it('is sent with its notice, and not while the notice ends before it begins', () => {
    const site = aSite({}, { status: 'city_accepted', statusOn: '2025-08-01' });
    const step = stepTo('city_accepted', 'public_notice');
    const draft = {
      ...firstDecision(site),
      noticeFrom: '2025-09-01',
      noticeTo: '2025-09-08',
      noticePlace: '村务公开栏',
      noticeObjections: '无异议',
    };
    expect(readDecision(draft, step, site, [])).toEqual({
      problems: [],
      decision: {
        to: 'public_notice',
        effectiveOn: '2025-09-30',
        facts: {
          notice: { from: '2025-09-01', to: '2025-09-08', place: '村务公开栏', objections: '无异议' },
        },
        attachments: [],
      },
    });
    const late = readDecision({ ...draft, noticeTo: '2025-08-30' }, step, site, []).problems;
    expect(late.map(({ field, atOnce }) => [field, atOnce])).toEqual([['facts.notice.to', true]]);
  });

  it('rests on the documents brought for it, and on no others', () => {
    const site = aSite({}, { status: 'county_accepted', statusOn: '2025-08-01' });
    const step = stepTo('county_accepted', 'city_accepted');
    const opinion = anAttachment({ id: '4', kind: 'document', moment: null, purpose: 'expertOpinion' });
    const all = [
      opinion,
      anAttachment({ id: '5', kind: 'document', moment: null, purpose: null }),
      anAttachment({
        id: '6',
        kind: 'document',
        purpose: 'expertOpinion',
        withdrawnAt: '2025-09-01T00:00:00Z',
      }),
    ];
    const evidence = evidenceForStep(all, step.needs);
    expect(evidence).toEqual([opinion]);
    const draft = { ...firstDecision(site), acceptedArea: '2.1', documentNumber: '赣市矿验〔2025〕3号' };
    expect(readDecision(draft, step, site, evidence)).toMatchObject({
      problems: [],
      decision: { facts: { acceptedAreaSquareMeters: 21_000 }, attachments: ['4'] },
    });
    expect(readDecision(draft, step, site, []).problems.map(({ field }) => field)).toEqual(['attachments']);
  });
});
