/** What somebody has typed of a month's report, as text, until it is submitted. Pure. */
import { z } from 'zod';
import type { Answer, MineSite } from '../../../geodata/contract/marking.ts';
import { fundSources, issueKinds } from '../../../geodata/contract/marking.ts';
import { lastFactDay } from '../../../geodata/domain/period.ts';
import { statusIds } from '../../../geodata/domain/workflow.ts';
import { type TypedAreaUnit, typeArea, typedAreaUnits, typeNumber } from './quantities.ts';

const text = z.string().max(2000);
export const moneyFields = ['thisPeriod', 'toDate', 'planned', 'inPlace'] as const;
export type MoneyField = (typeof moneyFields)[number];

export const draftSchema = z.object({
  noProgress: z.boolean(),
  noProgressReason: text,
  /** Null: stays as it was. */
  status: z.enum(statusIds).nullable(),
  progressPercent: text,
  areaUnit: z.enum(typedAreaUnits),
  treatedThisPeriod: text,
  treatedToDate: text,
  /** By patch code. */
  patches: z.record(z.string(), text),
  money: z.record(z.enum(moneyFields), text),
  bySource: z.record(z.enum(fundSources), text),
  issueKinds: z.array(z.enum(issueKinds)),
  issues: text,
  nextSteps: text,
  expectedFinishOn: text,
  effectiveOn: text,
  note: text,
  aftercare: text,
  documentNumber: text,
  startedOn: text,
  /** By warning, why an unlikely value is right. */
  reasons: z.record(z.string(), text),
});
export type Draft = z.infer<typeof draftSchema>;

/** Texts that stand for themselves, by the field of the answer. */
const wordFields = ['issues', 'nextSteps', 'expectedFinishOn', 'note', 'aftercare'] as const;

/**
 * Where typing begins: what was reported for the period before (returned or withdrawn), else what stands and
 * hardly changes from month to month.
 */
export function firstDraft(site: MineSite): Draft {
  const { report, previous } = site;
  const draft = draftOfAnswer(
    report?.answer ?? {},
    'ha',
    report?.effectiveOn ?? lastFactDay(site.period, site.workDay),
  );
  if (report !== null) {
    const reasons = report.flags.flatMap(({ id, reason }) => (reason ? [[id, reason]] : []));
    return { ...draft, reasons: Object.fromEntries(reasons) };
  }
  return {
    ...draft,
    progressPercent: typeNumber(site.state.progressPercent),
    expectedFinishOn: previous?.answer.expectedFinishOn ?? '',
  };
}

/** The texts that say what the answer says. */
export function draftOfAnswer(answer: Answer, areaUnit: TypedAreaUnit, effectiveOn: string): Draft {
  const { investment = {}, facts = {} } = answer;
  const filled = <Name extends string>(names: readonly Name[], read: (name: Name) => string) =>
    Object.fromEntries(names.map((name) => [name, read(name)])) as Record<Name, string>;
  return {
    noProgress: answer.noProgressReason !== undefined,
    noProgressReason: answer.noProgressReason ?? '',
    status: answer.status ?? null,
    progressPercent: typeNumber(answer.progressPercent),
    areaUnit,
    treatedThisPeriod: typeArea(answer.treatedThisPeriodSquareMeters, areaUnit),
    treatedToDate: typeArea(answer.treatedToDateSquareMeters, areaUnit),
    patches: Object.fromEntries(
      Object.entries(answer.patches ?? {}).map(([code, area]) => [code, typeArea(area, areaUnit)]),
    ),
    money: filled(moneyFields, (name) => typeNumber(investment[name])),
    bySource: filled(fundSources, (name) => typeNumber(investment.bySource?.[name])),
    issueKinds: answer.issueKinds ?? [],
    ...filled(wordFields, (name) => answer[name] ?? ''),
    effectiveOn,
    documentNumber: facts.documentNumber ?? '',
    startedOn: facts.startedOn ?? '',
    reasons: {},
  };
}

/** With another step nothing typed for the step before is sent along; completed works stand at 100 %. */
export function withStatus(draft: Draft, status: Draft['status']): Draft {
  const progressPercent = status === 'completed' ? '100' : draft.progressPercent;
  return { ...draft, status, progressPercent, documentNumber: '', startedOn: '' };
}
