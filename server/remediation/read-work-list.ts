/** What an editor owes, and what waits for a reviewer (待办), from one reading of the sites of some units. */
import type { ReportState, Warning } from '../../geodata/contract/marking.ts';
import type { WorkItem, WorkList } from '../../geodata/contract/work-list.ts';
import { lastDayOf, monthBefore } from '../../geodata/domain/period.ts';
import { monthsSilent } from '../../geodata/domain/silence.ts';
import { owesIn } from '../../geodata/domain/site-actions.ts';
import { owes, type StatusId, stepsFrom } from '../../geodata/domain/workflow.ts';
import type { Queryable } from '../db/database.ts';
import { namedSql } from '../db/named-sql.ts';

export type WorkLevel = WorkList['level'];

export type WorkRequest = {
  level: WorkLevel;
  /** Null: all units. */
  units: readonly string[] | null;
  /** Null: the month of the work day. */
  period: string | null;
};

type OpenReport = {
  period: string;
  state: ReportState;
  flags: Warning[];
  returnReason: string | null;
  /** The status it leads to. */
  to: string | null;
};

type SiteRow = {
  code: string;
  name: string;
  version: number;
  data_kind: 'sample' | 'official';
  unit: string;
  unit_name: string;
  unit_name_en: string;
  status: StatusId;
  aftercare_until: string | null;
  declared_area_m2: number | null;
  progress_percent: number | null;
  reports: OpenReport[];
  last_answer: string | null;
  last_passed: string | null;
  has_record: boolean;
};
type WorkRow = { work_day: string; period: string; first_period: string | null } & (SiteRow | { code: null });

/** Rights and the period are the caller's to check. */
export async function readWorkList(client: Queryable, request: WorkRequest): Promise<WorkList> {
  const rows = await client.query<WorkRow>(
    namedSql('remediation/list-work'),
    [request.units, request.period],
    { class: 'read' },
  );
  const [first] = rows;
  if (first === undefined) throw new Error('list-work answers one row at least');
  const { work_day: workDay, period } = first;
  const firstPeriod = first.first_period ?? period;
  const sites = rows.filter((row): row is WorkRow & SiteRow => row.code !== null);
  const works = sites.map((site) => workOf(site, period, firstPeriod, request.level));
  const ranked = works.filter(({ rank }) => rank !== null);
  return {
    level: request.level,
    period,
    workDay,
    dueOn: lastDayOf(period),
    hasSampleData: sites.some(({ data_kind }) => data_kind === 'sample'),
    counts: {
      owed: works.filter(({ owed }) => owed).length,
      reported: works.filter(({ answer }) => answer === 'reported').length,
      returned: works.filter(({ answer }) => answer === 'returned').length,
      left: works.filter(({ owed, answer }) => owed && answer !== 'reported').length,
    },
    // The rows come by name, and sorting keeps that among equals.
    items: ranked.sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0)).map(({ item }) => item),
  };
}

type Work = {
  item: WorkItem;
  /** Place in the list, the lowest first; null: not in it. */
  rank: number | null;
  owed: boolean;
  answer: 'reported' | 'returned' | null;
};

const givenStates: readonly ReportState[] = ['submitted', 'county_passed', 'city_passed'];

function workOf(site: SiteRow, period: string, firstPeriod: string, level: WorkLevel): Work {
  const owed = owesIn(period, site.status, site.aftercare_until);
  const ofPeriod = site.reports.find((report) => report.period === period);
  const hasAnswered = ofPeriod === undefined ? site.has_record : givenStates.includes(ofPeriod.state);
  const silentMonths = monthsSilent(
    { owes: owes(site.status), lastAnswer: site.last_answer, firstPeriod },
    lastDayOf(monthBefore(period)),
  );
  const isOvertaken = owed && !hasAnswered && (site.last_passed ?? '') > period;
  const { report, waitsFor, steps } =
    level === 'unit'
      ? workOfUnit(site, ofPeriod, owed && !hasAnswered && !isOvertaken)
      : workOfReviewer(site, level);
  const item: WorkItem = {
    code: site.code,
    name: site.name,
    version: site.version,
    unit: { code: site.unit, name: site.unit_name, nameEn: site.unit_name_en },
    status: site.status,
    declaredAreaSquareMeters: site.declared_area_m2,
    progressPercent: site.progress_percent,
    period: report?.period ?? period,
    reportState: report?.state ?? null,
    returnReason: report?.state === 'returned' ? report.returnReason : null,
    flags: report?.flags ?? [],
    waitsFor,
    isOvertaken,
    silentMonths,
    steps,
  };
  const isListed = waitsFor !== 'nothing' || (level === 'unit' && (owed || ofPeriod !== undefined));
  return {
    item,
    rank: isListed ? rankOf(item, level) : null,
    owed,
    answer: owed ? answerOf(hasAnswered, ofPeriod) : null,
  };
}

function answerOf(hasAnswered: boolean, report: OpenReport | undefined): Work['answer'] {
  if (hasAnswered) return 'reported';
  return report?.state === 'returned' ? 'returned' : null;
}

type Asked = Pick<WorkItem, 'waitsFor' | 'steps'> & { report: OpenReport | undefined };

const waitsBy: Partial<Record<ReportState, WorkItem['waitsFor']>> = {
  submitted: 'county_review',
  county_passed: 'city_review',
};

function workOfUnit(site: SiteRow, ofPeriod: OpenReport | undefined, isLeft: boolean): Asked {
  // One that a later month has overtaken is not resubmitted any more.
  const returned = site.reports.find(
    (report) =>
      report.state === 'returned' && (site.last_passed === null || site.last_passed < report.period),
  );
  if (returned !== undefined) return { report: returned, waitsFor: 'resubmit', steps: [] };
  if (isLeft) return { report: ofPeriod, waitsFor: 'report', steps: [] };
  return { report: ofPeriod, waitsFor: (ofPeriod && waitsBy[ofPeriod.state]) ?? 'nothing', steps: [] };
}

/** Steps that wait for a level in the course of things; rectifying and excluding are nobody's task. */
const dueSteps: Record<Exclude<WorkLevel, 'unit'>, readonly StatusId[]> = {
  county: ['county_accepted', 'handed_over'],
  city: ['city_accepted', 'public_notice', 'closed'],
};

function workOfReviewer(site: SiteRow, level: Exclude<WorkLevel, 'unit'>): Asked {
  const waiting = site.reports.find(
    ({ state }) => state === (level === 'county' ? 'submitted' : 'county_passed'),
  );
  if (waiting !== undefined) return { report: waiting, waitsFor: `${level}_review`, steps: [] };
  const taker = level === 'county' ? 'county_reviewer' : 'city_reviewer';
  const steps = stepsFrom(site.status)
    .filter(({ by, to }) => by === taker && dueSteps[level].includes(to))
    .map(({ to }) => to);
  // A decision is refused while a report that changes the status waits for the county.
  const isHeld = site.reports.some(
    ({ state, to }) => state === 'submitted' && to !== null && to !== site.status,
  );
  if (steps.length === 0 || isHeld) return { report: undefined, waitsFor: 'nothing', steps: [] };
  return { report: undefined, waitsFor: 'decision', steps };
}

function rankOf({ waitsFor, silentMonths, flags }: WorkItem, level: WorkLevel): number {
  if (level !== 'unit') return waitsFor === 'decision' ? 2 : flags.length > 0 ? 0 : 1;
  switch (waitsFor) {
    case 'resubmit':
      return -Infinity;
    case 'report':
      return -silentMonths - 1;
    case 'nothing':
      return 2;
    default:
      return 1;
  }
}
