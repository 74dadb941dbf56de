import { describe, expect, it } from 'vitest';
import { firstSetDraft, readSetOrder, stepTo } from '../../../../client/panels/review/set-draft.ts';
import { changeSetOrderSchema } from '../../../../geodata/contract/change-sets.ts';
import { workItem } from '../work-list/work-item.ts';

const workDay = '2025-09-30';
const able = [workItem({ code: 'A', version: 4 }), workItem({ code: 'B', version: 7 })];
const about = { able, period: '2025-09', workDay, step: undefined };
const sites = [
  { code: 'A', version: 4 },
  { code: 'B', version: 7 },
];
const fields = ({ problems }: { problems: { field: string }[] }) => problems.map(({ field }) => field);
const documentId = 'a'.repeat(64);

describe('an order for many sites', () => {
  it('has one reason for 本期无进展, with the versions that were seen', () => {
    const draft = { ...firstSetDraft(workDay), reason: ' 雨季停工 ' };
    const { order, problems } = readSetOrder(draft, { do: 'no_progress' }, about);
    expect(problems).toEqual([]);
    expect(changeSetOrderSchema.parse(order)).toEqual({
      kind: 'no_progress',
      sites,
      period: '2025-09',
      effectiveOn: workDay,
      reason: '雨季停工',
    });
    expect(fields(readSetOrder(firstSetDraft(workDay), { do: 'no_progress' }, about))).toEqual(['reason']);
    const tomorrow = { ...draft, effectiveOn: '2025-10-01' };
    expect(fields(readSetOrder(tomorrow, { do: 'no_progress' }, about))).toEqual(['effectiveOn']);
  });

  it('accepts with a note or without, and returns only with a reason', () => {
    const draft = firstSetDraft(workDay);
    expect(readSetOrder(draft, { do: 'pass' }, about)).toMatchObject({
      order: { review: { decision: 'pass' } },
      problems: [],
    });
    const noted = readSetOrder({ ...draft, note: '同意' }, { do: 'pass' }, about);
    expect(noted.order).toMatchObject({ review: { decision: 'pass', note: '同意' } });
    expect(fields(readSetOrder(draft, { do: 'return' }, about))).toEqual(['reason']);
  });

  it('accepts by the city under one 文号 with one document', () => {
    const step = stepTo('city_accepted', 'city_reviewer');
    const task = { do: 'decide', to: 'city_accepted' } as const;
    expect(fields(readSetOrder(firstSetDraft(workDay), task, { ...about, step }))).toEqual([
      'facts.documentNumber',
      'documentId',
    ]);
    const draft = { ...firstSetDraft(workDay), documentNumber: '赣市验〔2025〕9号', documentId };
    const { order, problems } = readSetOrder(draft, task, { ...about, step });
    expect(problems).toEqual([]);
    expect(changeSetOrderSchema.parse(order)).toMatchObject({
      kind: 'decision',
      sites,
      documentId,
      decision: { to: 'city_accepted', facts: { documentNumber: '赣市验〔2025〕9号' } },
    });
  });

  it('asks of a public notice from, to and place, in order', () => {
    const step = stepTo('public_notice', 'city_reviewer');
    const task = { do: 'decide', to: 'public_notice' } as const;
    const read = (part: object) =>
      readSetOrder({ ...firstSetDraft(workDay), ...part }, task, { ...about, step });
    expect(fields(read({}))).toEqual(['facts.notice.from', 'facts.notice.to', 'facts.notice.place']);
    const turned = read({ noticeFrom: '2025-09-20', noticeTo: '2025-09-10' });
    expect(fields(turned)).toEqual(['facts.notice.place', 'facts.notice.to']);
    const whole = read({ noticeFrom: '2025-09-10', noticeTo: '2025-09-20', noticePlace: '市局网站' });
    expect(whole.problems).toEqual([]);
    expect(changeSetOrderSchema.parse(whole.order)).toMatchObject({
      decision: { facts: { notice: { from: '2025-09-10', to: '2025-09-20', place: '市局网站' } } },
    });
  });

  it('closes with the number of the list, without a document', () => {
    const step = stepTo('closed', 'city_reviewer');
    const task = { do: 'decide', to: 'closed' } as const;
    expect(fields(readSetOrder(firstSetDraft(workDay), task, { ...about, step }))).toEqual([
      'facts.documentNumber',
    ]);
  });
});
