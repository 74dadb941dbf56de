/** Taking back what a change set did to one site, of which nothing was recorded since. Pure. */
import { can } from '../../geodata/domain/can.ts';
import type { Planned, PlannedEvent, PlannedReport, Setting, UndoneMark } from './mark.ts';
import { planOf, refuse, sameReport, saying, standingEvent } from './plan-parts.ts';
import { patchesBack } from './plan-review.ts';
import type { ReportRecord } from './site-record.ts';
import { type Changes, stateBefore } from './site-timeline.ts';

const layer = { id: 'mine_sites' } as const;

export function planUndo(setting: Setting, { reason, isMaker, events, former }: UndoneMark): Planned {
  const { site, account } = setting;
  const isCity = can(account, 'review_city', layer);
  const unit = site.unit?.code ?? null;
  const mayMark = can(account, 'mark', layer, unit) || can(account, 'review_county', layer, unit);
  if (!isCity && !(isMaker && mayMark)) return refuse(isMaker ? 'not_your_unit' : 'not_your_role');
  const isOpened = site.report?.state === 'submitted' && site.report.openedAt !== null;
  if (former !== undefined && isOpened && !isCity) return refuse('already_opened');
  const ofReport = former !== undefined;
  const common = { kind: 'undo', reason, evidence: null, ofReport } as const;
  const undone = events.filter(({ setsState }) => setsState);
  const patches = undone.flatMap(({ changes }) => patchesBack(changes?.patches, site.patches));
  const planned: PlannedEvent[] = undone.map((event) =>
    standingEvent(setting, {
      ...common,
      setsState: true,
      statusBefore: event.status,
      ...saying(stateBefore(event)),
      effectiveOn: event.effectiveOn,
      period: event.period,
      changes: turned(event.changes),
    }),
  );
  const [first] = events;
  if (planned.length === 0 && first !== undefined) {
    const { effectiveOn, period, changes } = first;
    planned.push(standingEvent(setting, { ...common, effectiveOn, period, changes: turned(changes) }));
  }
  return planOf(planned, {
    report: former === undefined || site.report === null ? null : reportBefore(site.report, former),
    patches: patches.map((patch) => ({ ...patch, treatedOn: null })),
  });
}

/** A report there was not is withdrawn; any other is as it was, except that who has opened it has. */
function reportBefore(report: ReportRecord, former: ReportRecord | null): PlannedReport {
  if (former === null) return sameReport(report, { state: 'withdrawn' });
  const { id: _, ...was } = former;
  return { ...was, openedBy: null, openedAt: report.openedAt ?? was.openedAt };
}

function turned(changes: Changes | null): Changes | null {
  if (changes === null) return null;
  return Object.fromEntries(
    Object.entries(changes).map(([name, [before, after]]) => [name, [after, before]]),
  );
}
