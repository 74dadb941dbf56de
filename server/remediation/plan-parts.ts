/** Pieces every plan is made of. Pure. */
import type { FieldProblem, ObstacleId, SiteAction, Warning } from '../../geodata/contract/marking.ts';
import { periodOf } from '../../geodata/domain/period.ts';
import { obstacleTo, type SiteStanding } from '../../geodata/domain/site-actions.ts';
import type { StatusId } from '../../geodata/domain/workflow.ts';
import type { Plan, Planned, PlannedEvent, PlannedReport, Setting } from './mark.ts';
import type { ReportRecord, SiteRecord } from './site-record.ts';
import { factsOf, type SaidState } from './site-timeline.ts';

/** What decides about the next steps, for whoever has this id. */
export function standingOf(site: SiteRecord, accountId: string | null): SiteStanding {
  return {
    unit: site.unit?.code ?? null,
    status: site.state.status,
    liability: site.liability,
    report:
      site.report === null
        ? null
        : {
            state: site.report.state,
            answer: site.report.answer,
            openedAt: site.report.openedAt,
            isOwn: accountId !== null && site.report.submittedById === accountId,
            isStoodUpon: site.isStoodUpon,
          },
    hasEarlierPending: site.hasEarlierPending,
    hasLaterPassed: site.hasLaterPassed,
    hasPendingStep: site.hasPendingStep,
  };
}

export function findObstacle(
  { site, account }: Setting,
  action: SiteAction['action'],
  to?: StatusId,
): ObstacleId | null {
  return obstacleTo(account, standingOf(site, account.id), action, to);
}

export function refuse(obstacle: ObstacleId): Planned {
  return { refusal: { kind: 'obstacle', obstacle } };
}

export function refuseValues(problems: FieldProblem[], warnings: Warning[] = []): Planned {
  return { refusal: { kind: 'problems', problems, warnings } };
}

/** An event that leaves the state as it stands. */
export function standingEvent(
  { site, evidence }: Pick<Setting, 'site' | 'evidence'>,
  event: Pick<PlannedEvent, 'kind' | 'effectiveOn'> & Partial<PlannedEvent>,
): PlannedEvent {
  const { state } = site;
  return {
    setsState: false,
    statusBefore: state.status,
    status: state.status,
    period: periodOf(site.workDay),
    progressPercent: state.progressPercent,
    treatedAreaSquareMeters: state.treatedAreaSquareMeters,
    note: null,
    changes: null,
    facts: factsOf(state),
    reason: null,
    evidence: evidence.length === 0 ? null : evidence.map(({ sha256 }) => sha256),
    ofReport: false,
    ...event,
  };
}

/** What an event says of the state, as columns of it. */
export function saying({ status, progressPercent, treatedAreaSquareMeters, facts }: SaidState) {
  return { status, progressPercent, treatedAreaSquareMeters, facts };
}

/** A plan of events and nothing else, unless said. */
export function planOf(events: readonly PlannedEvent[], more: Partial<Plan> = {}): Planned {
  return { plan: { events, report: null, joined: [], patches: [], opens: false, ...more } };
}

/** The report as it stands, to be changed in part. */
export function sameReport(report: ReportRecord, change: Partial<PlannedReport>): PlannedReport {
  const { id: _, ...same } = report;
  return { ...same, openedBy: null, ...change };
}

export function later(a: string, b: string | null): string {
  return b !== null && b > a ? b : a;
}
