/** Passing and returning the report of a month, by the county before it takes effect, by the city after. Pure. */
import type { Answer, Review } from '../../geodata/contract/marking.ts';
import { percentOf, treatedToDate } from '../../geodata/domain/answer-setting.ts';
import { checkDay } from '../../geodata/domain/check-step.ts';
import { rounded } from '../../geodata/domain/hectares.ts';
import { reviewLevel } from '../../geodata/domain/site-actions.ts';
import type { StatusId } from '../../geodata/domain/workflow.ts';
import type { Planned, PlannedEvent, PlannedReport, Setting } from './mark.ts';
import {
  findObstacle,
  later,
  planOf,
  refuse,
  refuseValues,
  sameReport,
  saying,
  standingEvent,
} from './plan-parts.ts';
import type { ReportRecord, SitePatch } from './site-record.ts';
import { changesBetween, type FactSet, revise, type SaidState, saidState, undoOf } from './site-timeline.ts';

export function planReview(setting: Setting, review: Review): Planned {
  const { site, account } = setting;
  const obstacle = findObstacle(setting, review.decision);
  const { report } = site;
  if (obstacle !== null || report === null) return refuse(obstacle ?? 'nothing_reported');
  const level = reviewLevel(account, site.unit?.code ?? null);
  if (review.decision === 'return') {
    return level === 'county'
      ? planReturnBefore(setting, report, review.reason)
      : planReturnAfter(setting, report, review.reason);
  }
  return level === 'county'
    ? planEffect(setting, report, review.note)
    : planConfirmation(setting, report, review.note);
}

/** The next level looks at it: from now on it is not withdrawn. */
export function planOpening(setting: Setting): Planned {
  const { site, account } = setting;
  const level = reviewLevel(account, site.unit?.code ?? null);
  if (level === null) return refuse(findObstacle(setting, 'pass') ?? 'not_your_role');
  if (site.report === null) return refuse('nothing_reported');
  return planOf([], { opens: site.report.state === (level === 'county' ? 'submitted' : 'county_passed') });
}

/** 县级审核通过: what was reported now counts. */
function planEffect(setting: Setting, report: ReportRecord, note: string | undefined): Planned {
  const { site, account } = setting;
  const { answer } = report;
  const isStep = answer.status !== undefined && answer.status !== site.state.status;
  if (isStep) {
    const { workDay, standingSince } = site;
    const problems = checkDay({ effectiveOn: report.effectiveOn, workDay, standingSince });
    if (problems.length > 0) return refuseValues(problems);
  }
  // Values without a step count from the state that stands, should that have begun since.
  const effectiveOn = isStep ? report.effectiveOn : later(report.effectiveOn, site.standingSince);
  const before = saidState(site.state);
  const after = stateAfter(before, report.effectiveOn, answer, site.patches);
  const patches = patchesAfter(answer, site.patches);
  const changes = {
    ...changesBetween(before, after),
    ...(patches.length === 0 ? {} : { patches: patchChanges(patches, site.patches) }),
  };
  const event = standingEvent(setting, {
    kind: 'report_passed',
    setsState: Object.keys(changes).length > 0,
    ...saying(after),
    effectiveOn,
    period: report.period,
    changes,
    note: note ?? null,
    ofReport: true,
  });
  return planOf([event], {
    report: reviewed(report, 'county', account.name, { state: 'county_passed' }),
    patches: patches.map((patch) => ({ ...patch, treatedOn: effectiveOn })),
  });
}

/** 市级审核通过. */
function planConfirmation(setting: Setting, report: ReportRecord, note: string | undefined): Planned {
  const event = standingEvent(setting, {
    kind: 'report_confirmed',
    effectiveOn: report.effectiveOn,
    period: report.period,
    evidence: null,
    note: note ?? null,
    ofReport: true,
  });
  return planOf([event], {
    report: reviewed(report, 'city', setting.account.name, { state: 'city_passed' }),
  });
}

function planReturnBefore(setting: Setting, report: ReportRecord, reason: string): Planned {
  const event = standingEvent(setting, {
    kind: 'report_returned',
    effectiveOn: report.effectiveOn,
    period: report.period,
    evidence: null,
    reason,
    ofReport: true,
  });
  return planOf([event], {
    report: reviewed(report, 'county', setting.account.name, {
      state: 'returned',
      returnedByLevel: 'county',
      returnReason: reason,
    }),
  });
}

/** What the report changed is put back where nobody has changed it since; the map of that day is as if it had not been. */
function planReturnAfter(setting: Setting, report: ReportRecord, reason: string): Planned {
  const { site, timeline } = setting;
  const effect = timeline.find(({ seq }) => seq === report.effectSeq);
  const revisions =
    effect === undefined ? [] : revise(timeline, effect.effectiveOn, undoOf(effect, timeline));
  const back = patchesBack(effect?.changes?.patches, site.patches);
  const common = {
    kind: 'report_returned',
    period: report.period,
    evidence: null,
    reason,
    ofReport: true,
  } as const;
  const events: PlannedEvent[] = revisions.map(({ effectiveOn, before, after }, index) =>
    standingEvent(setting, {
      ...common,
      setsState: true,
      statusBefore: before.status,
      ...saying(after),
      effectiveOn,
      changes: {
        ...changesBetween(before, after),
        ...(index === 0 && back.length > 0 ? { patches: patchChanges(back, site.patches) } : {}),
      },
    }),
  );
  if (events.length === 0)
    events.push(standingEvent(setting, { ...common, effectiveOn: report.effectiveOn }));
  return planOf(events, {
    report: reviewed(report, 'city', setting.account.name, {
      state: 'returned',
      returnedByLevel: 'city',
      returnReason: reason,
      effectSeq: null,
    }),
    patches: back.map((patch) => ({ ...patch, treatedOn: null })),
  });
}

function reviewed(
  report: ReportRecord,
  level: 'county' | 'city',
  name: string,
  change: Partial<PlannedReport>,
): PlannedReport {
  const at = new Date().toISOString();
  const by =
    level === 'county'
      ? { countyReviewedBy: name, countyReviewedAt: at }
      : { cityReviewedBy: name, cityReviewedAt: at };
  return sameReport(report, { ...by, ...change });
}

function stateAfter(
  before: SaidState,
  effectiveOn: string,
  answer: Answer,
  patches: readonly SitePatch[],
): SaidState {
  const status = answer.status ?? before.status;
  return {
    status,
    progressPercent: percentOf(answer) ?? before.progressPercent,
    treatedAreaSquareMeters: treatedToDate(answer, patches) ?? before.treatedAreaSquareMeters,
    facts: {
      ...before.facts,
      ...(status === before.status ? {} : factsOfStep(status, effectiveOn, answer, before.facts ?? {})),
    },
  };
}

/** What a reported step adds to the facts. */
function factsOfStep(status: StatusId, effectiveOn: string, answer: Answer, before: FactSet): FactSet {
  const { documentNumber, startedOn, completedOn } = answer.facts ?? {};
  switch (status) {
    case 'verified':
      return documentNumber === undefined ? {} : { recognitionNumber: documentNumber };
    case 'approved':
      return documentNumber === undefined ? {} : { approvalNumber: documentNumber };
    case 'in_progress':
    case 'natural_recovery':
      return { startedOn: startedOn ?? before.startedOn ?? effectiveOn };
    case 'completed':
      return {
        startedOn: startedOn ?? before.startedOn ?? effectiveOn,
        completedOn: completedOn ?? effectiveOn,
      };
    default:
      return {};
  }
}

type PatchArea = { code: string; treatedAreaSquareMeters: number | null };

function patchesAfter(answer: Answer, patches: readonly SitePatch[]): PatchArea[] {
  return patches.flatMap(({ code, treatedAreaSquareMeters }) => {
    const told = answer.patches?.[code];
    const area = told === undefined ? treatedAreaSquareMeters : rounded(told);
    return area === treatedAreaSquareMeters ? [] : [{ code, treatedAreaSquareMeters: area }];
  });
}

function patchChanges(now: readonly PatchArea[], before: readonly SitePatch[]): [unknown, unknown] {
  const areas = new Map(before.map(({ code, treatedAreaSquareMeters }) => [code, treatedAreaSquareMeters]));
  return [
    Object.fromEntries(now.map(({ code }) => [code, areas.get(code) ?? null])),
    Object.fromEntries(now.map(({ code, treatedAreaSquareMeters }) => [code, treatedAreaSquareMeters])),
  ];
}

/** Patches that still stand as `change` left them, with what they were before it. */
export function patchesBack(
  change: [unknown, unknown] | undefined,
  patches: readonly SitePatch[],
): PatchArea[] {
  if (change === undefined) return [];
  const [before, after] = change as [Record<string, number | null>, Record<string, number | null>];
  return patches.flatMap(({ code, treatedAreaSquareMeters }) =>
    code in after && after[code] === treatedAreaSquareMeters
      ? [{ code, treatedAreaSquareMeters: before[code] ?? null }]
      : [],
  );
}
