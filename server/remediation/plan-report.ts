/** Submitting the report of a month, and taking it back before the next level has opened it. Pure. */
import type { Answer, SubmitReport, Warning } from '../../geodata/contract/marking.ts';
import type { AnswerSetting } from '../../geodata/domain/answer-setting.ts';
import { describeWarning, needsReason } from '../../geodata/domain/answer-warnings.ts';
import { checkAnswer } from '../../geodata/domain/check-answer.ts';
import type { Planned, PlannedReport, Setting } from './mark.ts';
import { findObstacle, planOf, refuse, refuseValues, sameReport, standingEvent } from './plan-parts.ts';
import type { Changes } from './site-timeline.ts';

export function planSubmission(setting: Setting, order: SubmitReport): Planned {
  const { site, account, evidence, foreignEvidence } = setting;
  const { answer } = order;
  const action = answer.noProgressReason === undefined ? 'report' : 'no_progress';
  const obstacle = findObstacle(setting, action);
  if (obstacle !== null) return refuse(obstacle);
  const { problems, warnings } = checkAnswer(order.effectiveOn, answer, answerSetting(setting));
  if (foreignEvidence.length > 0) problems.push(unknownEvidence(foreignEvidence));
  const flags = warnings.map((warning): Warning => {
    const reason = order.reasons[warning.id];
    return reason === undefined ? warning : { ...warning, reason };
  });
  const open = flags.filter((flag) => needsReason(flag) && flag.reason === undefined);
  if (problems.length > 0 || open.length > 0) return refuseValues(problems, open);
  const before = site.report;
  const report: PlannedReport = {
    period: site.period,
    state: 'submitted',
    round: (before?.round ?? 0) + 1,
    effectiveOn: order.effectiveOn,
    answer,
    flags,
    submittedById: account.id,
    submittedBy: account.name,
    submittedAt: null,
    openedAt: null,
    openedBy: null,
    countyReviewedBy: null,
    countyReviewedAt: null,
    cityReviewedBy: null,
    cityReviewedAt: null,
    returnedByLevel: null,
    returnReason: null,
    effectSeq: null,
  };
  const event = standingEvent(setting, {
    kind: 'report_submitted',
    effectiveOn: order.effectiveOn,
    period: site.period,
    changes: answerChanges(setting, answer),
    reason: answer.noProgressReason ?? reasonsGiven(flags),
    note: answer.note ?? null,
    ofReport: true,
  });
  return planOf([event], { report, joined: evidence.map(({ id }) => id) });
}

export function planWithdrawal(setting: Setting): Planned {
  const { site } = setting;
  const obstacle = findObstacle(setting, 'withdraw');
  if (obstacle !== null || site.report === null) return refuse(obstacle ?? 'nothing_reported');
  const event = standingEvent(setting, {
    kind: 'report_withdrawn',
    effectiveOn: site.report.effectiveOn,
    period: site.period,
    evidence: null,
    ofReport: true,
  });
  return planOf([event], { report: sameReport(site.report, { state: 'withdrawn' }) });
}

export function answerSetting({ site, evidence }: Setting): AnswerSetting {
  const { state } = site;
  return {
    period: site.period,
    workDay: site.workDay,
    status: state.status,
    standingSince: site.standingSince,
    liability: site.liability,
    progressPercent: state.progressPercent,
    treatedAreaSquareMeters: state.treatedAreaSquareMeters,
    measuredAreaSquareMeters: site.measuredAreaSquareMeters,
    declaredAreaSquareMeters: site.declaredAreaSquareMeters,
    startedOn: state.startedOn,
    completedOn: state.completedOn,
    patches: site.patches,
    previous: site.previous?.answer ?? null,
    evidence,
  };
}

export function unknownEvidence(ids: readonly string[]) {
  return {
    field: 'attachments',
    title: {
      zh: `材料 ${ids.join('、')} 不存在、已撤下或不属于这座矿山。请重新上传。`,
      en: `Evidence ${ids.join(', ')} is not there, was withdrawn, or belongs to another site. Upload it again.`,
    },
  };
}

/** The trace keeps the reasons with what they are about; null: there are none. */
function reasonsGiven(flags: readonly Warning[]): string | null {
  const given = flags.filter(({ reason }) => reason !== undefined);
  if (given.length === 0) return null;
  return given.map((flag) => `${describeWarning(flag).zh} ${flag.reason}`).join('\n');
}

/** Every field that was answered, with what stood there: in the former round, else on the site or in the last report. */
function answerChanges({ site }: Setting, answer: Answer): Changes {
  const earlier: Answer | null = site.report?.answer ?? null;
  const { state } = site;
  const stood: Record<string, unknown> = earlier ?? {
    status: state.status,
    progressPercent: state.progressPercent,
    treatedToDateSquareMeters: state.treatedAreaSquareMeters,
    investment: site.previous?.answer.investment,
    expectedFinishOn: site.previous?.answer.expectedFinishOn,
    patches: Object.fromEntries(
      site.patches
        .filter(({ code }) => answer.patches?.[code] !== undefined)
        .map(({ code, treatedAreaSquareMeters }) => [code, treatedAreaSquareMeters]),
    ),
  };
  const given: Record<string, unknown> = answer;
  const names = new Set([...Object.keys(given), ...(earlier === null ? [] : Object.keys(earlier))]);
  return Object.fromEntries([...names].map((name) => [name, [stood[name] ?? null, given[name] ?? null]]));
}
