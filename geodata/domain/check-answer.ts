/**
 * A monthly report held against where the site stands: what cannot be is a problem at its field, what is unlikely is a
 * warning that asks for a reason. Pure; the form, the spreadsheet and the server ask the same.
 */
import type { Answer, FieldProblem, Warning } from '../contract/marking.ts';
import { type AnswerSetting, treatedToDate } from './answer-setting.ts';
import { findWarnings } from './answer-warnings.ts';
import { checkDay, checkFactDays, checkNeeds } from './check-step.ts';
import { hectares } from './hectares.ts';
import { lastDayOf, periodOf } from './period.ts';
import { findStep, owes, statuses } from './workflow.ts';

export type Checked = { problems: FieldProblem[]; warnings: Warning[] };

/** `effectiveOn`: 发生日期. */
export function checkAnswer(effectiveOn: string, answer: Answer, setting: AnswerSetting): Checked {
  return {
    problems: [
      ...checkPeriod(effectiveOn, answer, setting),
      ...checkShape(answer, setting),
      ...checkStatus(effectiveOn, answer, setting),
      ...checkPatches(answer, setting),
    ],
    warnings: findWarnings(answer, setting),
  };
}

function checkPeriod(effectiveOn: string, answer: Answer, setting: AnswerSetting): FieldProblem[] {
  const { period, workDay, status, standingSince } = setting;
  if (period > periodOf(workDay)) {
    return [
      {
        field: 'period',
        title: {
          zh: `填报期 ${period} 尚未到来,目前最晚可填 ${periodOf(workDay)}。`,
          en: `The month ${period} has not come yet; the latest to report is ${periodOf(workDay)}.`,
        },
      },
    ];
  }
  const isStep = answer.status !== undefined && answer.status !== status;
  const problems = checkDay({ effectiveOn, workDay, standingSince: isStep ? standingSince : null });
  if (problems.length === 0 && effectiveOn > lastDayOf(period)) {
    problems.push({
      field: 'effectiveOn',
      title: {
        zh: `发生日期 ${effectiveOn} 在填报期 ${period} 之后。请改日期,或填报 ${periodOf(effectiveOn)}。`,
        en: `The date of the fact, ${effectiveOn}, is after the month ${period}. Change it, or report ${periodOf(effectiveOn)}.`,
      },
    });
  }
  return problems;
}

/** What kind of answer the status asks for. */
function checkShape(answer: Answer, { status }: AnswerSetting): FieldProblem[] {
  if (owes(status) === 'quarter') {
    if (answer.aftercare !== undefined) return [];
    return [
      {
        field: 'answer.aftercare',
        title: {
          zh: `已${statuses[status].title.zh.replace('已', '')}的矿山按季报管护检查。请填写检查情况。`,
          en: 'A closed site is reported by its quarterly aftercare check. Tell what was found.',
        },
      },
    ];
  }
  const { noProgressReason, ...others } = answer;
  const given = Object.entries(others).filter(([, value]) => value !== undefined);
  if (noProgressReason !== undefined) {
    return given
      .filter(([name]) => name !== 'note')
      .map(([name]) => ({
        field: `answer.${name}`,
        title: {
          zh: '已选“本期无进展”,其余各项应为空。请清空,或取消“本期无进展”。',
          en: 'With "no progress this period" everything else stays empty. Clear it, or report progress.',
        },
      }));
  }
  if (given.length > 0) return [];
  return [
    {
      field: 'answer',
      title: {
        zh: '月报是空的。请至少填写一项,或选“本期无进展”并说明原因。',
        en: 'The report is empty. Answer at least one field, or choose "no progress" with a reason.',
      },
    },
  ];
}

function checkStatus(effectiveOn: string, answer: Answer, setting: AnswerSetting): FieldProblem[] {
  const { status, liability, workDay, startedOn, completedOn } = setting;
  const facts = answer.facts ?? {};
  const problems = checkFactDays(facts, { workDay, effectiveOn, startedOn, completedOn }, 'answer.facts.');
  const to = answer.status ?? status;
  const percent = answer.progressPercent;
  if (to === 'completed' && answer.status !== undefined && percent !== undefined && percent < 100) {
    problems.push({
      field: 'answer.progressPercent',
      title: {
        zh: `完工自验时形象进度应为 100%,现填 ${percent}%。请核对。`,
        en: `Completed works stand at 100 %, not ${percent} %. Check it.`,
      },
    });
  }
  if (to === status) return problems;
  const step = findStep(status, to, 'editor');
  if (step === undefined) {
    problems.push({
      field: 'answer.status',
      title: {
        zh: `流程中没有从“${statuses[status].title.zh}”到“${statuses[to].title.zh}”的填报步骤。请按可选的下一步填报。`,
        en: `The workflow has no reported step from "${statuses[status].title.en}" to "${statuses[to].title.en}". Take one of the offered ones.`,
      },
    });
    return problems;
  }
  const brought = { facts, reason: answer.note, evidence: setting.evidence };
  return [...problems, ...checkNeeds(step, liability, brought, 'report')];
}

/** What rounding to 0.0001 公顷 can make of a sum. */
const sumToleranceSquareMeters = 1;

function checkPatches(answer: Answer, { patches }: AnswerSetting): FieldProblem[] {
  if (answer.patches === undefined) return [];
  const known = new Set(patches.map(({ code }) => code));
  const problems = Object.keys(answer.patches)
    .filter((code) => !known.has(code))
    .map((code) => ({
      field: `answer.patches.${code}`,
      title: {
        zh: `图斑 ${code} 不属于这座矿山。请刷新后重填。`,
        en: `Patch ${code} does not belong to this site. Reload and fill in again.`,
      },
    }));
  const told = answer.treatedToDateSquareMeters;
  const sum = treatedToDate(answer, patches);
  if (told === undefined || sum === undefined || Math.abs(sum - told) <= sumToleranceSquareMeters)
    return problems;
  return [
    ...problems,
    {
      field: 'answer.treatedToDateSquareMeters',
      title: {
        zh: `累计治理面积 ${hectares(told)} 公顷,各图斑合计 ${hectares(sum)} 公顷。请使两者一致。`,
        en: `Treated to date is ${hectares(told)} ha, its patches add up to ${hectares(sum)} ha. Make them agree.`,
      },
    },
  ];
}
