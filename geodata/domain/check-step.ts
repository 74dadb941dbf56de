/** What every mark is held against: its day, and what its step must bring along. Pure; asked by form and server alike. */
import type { Facts, FieldProblem } from '../contract/marking.ts';
import { type MarkBody, requirementField } from './requirement-fields.ts';
import { needsOf, type RequirementId, requirements, type Step, statuses } from './workflow.ts';

/** Evidence brought along with a mark, or already joined to it. */
export type Evidence = {
  kind: 'photo' | 'document';
  moment: 'before' | 'during' | 'after' | null;
  purpose: RequirementId | null;
};

export type Brought = { facts: Facts; reason: string | undefined; evidence: readonly Evidence[] };

/** One problem for each thing the step needs and does not bring. */
export function checkNeeds(
  step: Step,
  liability: string | null,
  brought: Brought,
  body: MarkBody,
): FieldProblem[] {
  return needsOf(step, liability)
    .filter((id) => !isBrought(id, brought))
    .map((id) => missing(id, step, body));
}

function isBrought(id: RequirementId, { facts, reason, evidence }: Brought): boolean {
  switch (requirements[id].form) {
    case 'number':
      return (facts.documentNumber ?? '') !== '';
    case 'date':
      return facts.startedOn !== undefined;
    case 'notice':
      return facts.notice !== undefined;
    case 'text':
      return ((id === 'source' ? facts.source : reason) ?? '') !== '';
    case 'document':
      return evidence.some(({ kind, purpose }) => kind === 'document' && purpose === id);
    case 'photo':
      return evidence.some(
        ({ kind, purpose, moment }) => kind === 'photo' && (purpose === id || moment === 'after'),
      );
  }
}

function missing(id: RequirementId, step: Step, body: MarkBody): FieldProblem {
  const { title, form } = requirements[id];
  const to = statuses[step.to].title;
  const verb = {
    zh: form === 'document' || form === 'photo' ? '请上传' : '请填写',
    en: form === 'document' || form === 'photo' ? 'Upload' : 'Give',
  };
  return {
    field: requirementField(id, body),
    title: {
      zh: `转为“${to.zh}”需要${title.zh}。${verb.zh}${title.zh}。`,
      en: `"${to.en}" needs: ${title.en}. ${verb.en} it.`,
    },
  };
}

/** What days a mark may be dated at. */
export type DayBounds = {
  /** 发生日期 as given. */
  effectiveOn: string;
  /** The day up to which facts are known. */
  workDay: string;
  /** Day of the state the site stands in; null: not known, or it does not bind this mark. */
  standingSince: string | null;
};

/** Problems of the day a mark is dated at. */
export function checkDay({ effectiveOn, workDay, standingSince }: DayBounds): FieldProblem[] {
  if (effectiveOn > workDay) return [inFuture('effectiveOn', effectiveOn, workDay)];
  if (effectiveOn < earliestDay) return [tooEarly('effectiveOn', effectiveOn)];
  if (standingSince === null || effectiveOn >= standingSince) return [];
  return [
    {
      field: 'effectiveOn',
      title: {
        zh: `发生日期 ${effectiveOn} 早于最近一次状态变化 ${standingSince}。请核对日期;过去的数值用“更正”。`,
        en: `The date of the fact, ${effectiveOn}, is before the last change of state, ${standingSince}. Check it; past values are put right by a correction.`,
      },
    },
  ];
}

/** A day after the one up to which facts are known. */
export function inFuture(field: string, day: string, workDay: string): FieldProblem {
  return {
    field,
    title: {
      zh: `日期 ${day} 晚于 ${workDay},不能填报尚未发生的事。请改为 ${workDay} 或之前。`,
      en: `${day} is after ${workDay}; what has not happened cannot be reported. Give ${workDay} or earlier.`,
    },
  };
}

/** Nothing about these sites is known from before; also what a slip of the year gives. */
const earliestDay = '1949-10-01';

function tooEarly(field: string, day: string): FieldProblem {
  return {
    field,
    title: {
      zh: `日期 ${day} 过早,请核对年份。`,
      en: `${day} is too early; check the year.`,
    },
  };
}

/** Problems of the days among the facts: each known, and in order with the others. */
export function checkFactDays(
  facts: Facts,
  days: { workDay: string; effectiveOn: string; startedOn: string | null; completedOn: string | null },
  prefix: string,
): FieldProblem[] {
  const problems: FieldProblem[] = [];
  for (const name of ['startedOn', 'completedOn'] as const) {
    const day = facts[name];
    if (day === undefined) continue;
    if (day > days.workDay) problems.push(inFuture(`${prefix}${name}`, day, days.workDay));
    else if (day < earliestDay) problems.push(tooEarly(`${prefix}${name}`, day));
    else if (day > days.effectiveOn) {
      problems.push({
        field: `${prefix}${name}`,
        title: {
          zh: `${name === 'startedOn' ? '开工' : '完工'}日期 ${day} 晚于发生日期 ${days.effectiveOn}。请核对两个日期。`,
          en: `The ${name === 'startedOn' ? 'start' : 'finish'}, ${day}, is after the date of the fact, ${days.effectiveOn}. Check both.`,
        },
      });
    }
  }
  const started = facts.startedOn ?? days.startedOn;
  if (facts.completedOn !== undefined && started !== null && facts.completedOn < started) {
    problems.push({
      field: `${prefix}completedOn`,
      title: {
        zh: `完工日期 ${facts.completedOn} 早于开工日期 ${started}。请核对。`,
        en: `The finish, ${facts.completedOn}, is before the start, ${started}. Check both.`,
      },
    });
  }
  const { notice } = facts;
  if (notice !== undefined && notice.to < notice.from) {
    problems.push({
      field: `${prefix}notice.to`,
      title: {
        zh: `公示截止 ${notice.to} 早于公示开始 ${notice.from}。请核对。`,
        en: `The notice ends, ${notice.to}, before it begins, ${notice.from}. Check both.`,
      },
    });
  }
  return problems;
}
