/**
 * What an account can do about a mine site, and why not: the one place where that follows from rights, workflow and
 * the report of the month. Pure; the server decides by it and sends it, so that the screen offers the same.
 */
import type { Answer, ObstacleId, ReportState, SiteAction } from '../contract/marking.ts';
import type { Account } from '../contract/session.ts';
import { can } from './can.ts';
import { endsQuarter } from './period.ts';
import {
  findStep,
  needsOf,
  owes,
  type StatusId,
  type Step,
  type StepTaker,
  statuses,
  steps,
  stepsFrom,
} from './workflow.ts';

/** What of a site decides. `report` is that of the period asked about. */
export type SiteStanding = {
  /** Code of its reporting unit; null: no unit reports it. */
  unit: string | null;
  status: StatusId;
  liability: string | null;
  report: {
    state: ReportState;
    answer: Pick<Answer, 'status'>;
    openedAt: string | null;
    /** Submitted by the account that asks. */
    isOwn: boolean;
    /** Steps taken since stand on a step of this report. */
    isStoodUpon: boolean;
  } | null;
  /** A report of an earlier month waits for the county. */
  hasEarlierPending: boolean;
  /** A report of a later month has taken effect. */
  hasLaterPassed: boolean;
  /** A report of any month that changes the status waits for the county. */
  hasPendingStep: boolean;
};

const layer = { id: 'mine_sites' } as const;

/** The level an account reviews a site of the unit at; null: it does not. */
export function reviewLevel(account: Account, unit: string | null): 'county' | 'city' | null {
  if (can(account, 'review_county', layer, unit)) return 'county';
  return can(account, 'review_city', layer) ? 'city' : null;
}

/** Statuses a city has a part in: only the city corrects or restores from or to them. */
export function isCityMatter(status: StatusId): boolean {
  const { completed } = statuses[status].counts;
  return status === 'excluded' || (completed && status !== 'completed' && status !== 'county_accepted');
}

/** Whether a site owes an answer for the month: 管护 by quarters, until it ends. */
export function owesIn(period: string, status: StatusId, aftercareUntil: string | null): boolean {
  switch (owes(status)) {
    case 'month':
      return true;
    case 'quarter':
      return endsQuarter(period) && (aftercareUntil === null || aftercareUntil >= `${period}-01`);
    case 'nothing':
      return false;
  }
}

/** Everything there is to do about the site, each with what it needs and why it cannot be done now. */
export function siteActions(account: Account, site: SiteStanding): SiteAction[] {
  const plain = (action: SiteAction['action']): SiteAction => ({
    action,
    needs: [],
    obstacle: obstacleTo(account, site, action),
  });
  const taken = (action: 'report' | 'decide', step: Step): SiteAction => ({
    action,
    to: step.to,
    needs: [...needsOf(step, site.liability)],
    obstacle: obstacleTo(account, site, action, step.to),
  });
  const out = stepsFrom(site.status);
  const own = takerOf(account, site.unit);
  // One line for a step both levels may take: that of the asker's own level.
  const decisions = out.filter(({ by }) => by !== 'editor');
  const oneEach = decisions.filter(
    (step) =>
      (decisions.find(({ to, by }) => to === step.to && by === own) ?? firstTo(decisions, step.to)) === step,
  );
  return [
    plain('report'),
    ...out.filter(({ by }) => by === 'editor').map((step) => taken('report', step)),
    plain('no_progress'),
    plain('withdraw'),
    plain('pass'),
    plain('return'),
    ...oneEach.map((step) => taken('decide', step)),
    plain('correct'),
    plain('restore'),
  ];
}

/** Why the account cannot do it; null: it can. `to`: the status a report or decision leads to. */
export function obstacleTo(
  account: Account,
  site: SiteStanding,
  action: SiteAction['action'],
  to?: StatusId,
): ObstacleId | null {
  switch (action) {
    case 'report':
    case 'no_progress':
      return obstacleToMark(account, site.unit) ?? obstacleToReport(site, action, to);
    case 'withdraw':
      return obstacleToMark(account, site.unit) ?? obstacleToWithdraw(site);
    case 'pass':
    case 'return':
      return obstacleToReview(account, site, action);
    case 'decide':
      return obstacleToDecide(account, site, to);
    case 'correct':
    case 'restore':
      return obstacleToAmend(account, site, action);
  }
}

function firstTo(among: readonly Step[], to: StatusId): Step | undefined {
  return among.find((step) => step.to === to);
}

function obstacleToMark(account: Account, unit: string | null): ObstacleId | null {
  return can(account, 'mark', layer, unit) ? null : missingRight(account, 'mark', unit);
}

function missingRight(account: Account, action: 'mark' | 'review_county', unit: string | null): ObstacleId {
  if (account.role === 'anonymous') return 'not_signed_in';
  const anyUnit = unit ?? 'any';
  const widened = { ...account, layers: [layer.id], units: [anyUnit] };
  if (!can(widened, action, layer, anyUnit)) return 'not_your_role';
  return unit === null ? 'no_unit' : 'not_your_unit';
}

const submittedStates: readonly ReportState[] = ['submitted', 'county_passed', 'city_passed'];

function obstacleToReport(
  { status, report, hasLaterPassed }: SiteStanding,
  action: 'report' | 'no_progress',
  to: StatusId | undefined,
): ObstacleId | null {
  const owed = owes(status);
  if (owed === 'nothing' || (action === 'no_progress' && owed !== 'month')) return 'wrong_status';
  if (report !== null && submittedStates.includes(report.state)) return 'already_reported';
  if (hasLaterPassed) return 'later_passed';
  if (to !== undefined && to !== status && findStep(status, to, 'editor') === undefined)
    return 'wrong_status';
  return null;
}

function obstacleToWithdraw({ report }: SiteStanding): ObstacleId | null {
  if (report?.state !== 'submitted') return 'nothing_reported';
  return report.openedAt === null ? null : 'already_opened';
}

function obstacleToReview(
  account: Account,
  site: SiteStanding,
  action: 'pass' | 'return',
): ObstacleId | null {
  const level = reviewLevel(account, site.unit);
  if (level === null) return missingRight(account, 'review_county', site.unit);
  const { report } = site;
  if (report?.state !== (level === 'county' ? 'submitted' : 'county_passed')) return 'nothing_reported';
  if (report.isOwn) return 'own_report';
  if (level === 'city') return action === 'return' && report.isStoodUpon ? 'stands_on_it' : null;
  if (action === 'return') return null;
  if (site.hasEarlierPending) return 'earlier_pending';
  if (site.hasLaterPassed) return 'later_passed';
  const to = report.answer.status ?? site.status;
  return to !== site.status && findStep(site.status, to, 'editor') === undefined ? 'wrong_status' : null;
}

function obstacleToDecide(account: Account, site: SiteStanding, to: StatusId | undefined): ObstacleId | null {
  const level = reviewLevel(account, site.unit);
  if (level === null) return missingRight(account, 'review_county', site.unit);
  const step = to === undefined ? undefined : findStep(site.status, to, takers[level]);
  if (step !== undefined) return site.hasPendingStep ? 'report_pending' : null;
  const isAnothers = steps.some((other) => other.to === to && other.from.includes(site.status));
  return isAnothers ? 'not_your_role' : 'wrong_status';
}

const takers: Record<'county' | 'city', StepTaker> = { county: 'county_reviewer', city: 'city_reviewer' };

/** Null: no reviewer of the unit. */
function takerOf(account: Account, unit: string | null): StepTaker | null {
  const level = reviewLevel(account, unit);
  return level === null ? null : takers[level];
}

function obstacleToAmend(
  account: Account,
  site: SiteStanding,
  action: 'correct' | 'restore',
): ObstacleId | null {
  const level = reviewLevel(account, site.unit);
  if (level === null) return missingRight(account, 'review_county', site.unit);
  if (level === 'county' && isCityMatter(site.status)) return 'not_your_role';
  return action === 'restore' && site.hasPendingStep ? 'report_pending' : null;
}
