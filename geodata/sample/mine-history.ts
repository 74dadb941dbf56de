/**
 * The dated history of each site, in the order of the workflow from the first to the last day of the
 * sample: what was reported when, and where the site stands at the end.
 */
import type { StatusId } from '../domain/workflow.ts';
import { type Day, latestOn, monthOf } from './calendar.ts';
import type { Random } from './random.ts';

export type Step = { status: StatusId; day: Day; progressPercent: number; treatedShare: number };

/** Days a site usually spends before reaching a status. */
const daysBefore: Partial<Record<StatusId, readonly [number, number]>> = {
  verified: [20, 90],
  designing: [25, 110],
  approved: [35, 90],
  in_progress: [15, 60],
  natural_recovery: [20, 60],
  completed: [110, 330],
  county_accepted: [12, 45],
  city_accepted: [20, 60],
  public_notice: [5, 12],
  closed: [20, 45],
  handed_over: [20, 80],
  rectifying: [20, 60],
};

/** A histories' span for which these are meant; shorter ones go at a faster pace. */
const USUAL_SPAN_DAYS = 900;
const REWORK_DAYS = [20, 45] as const;
/** Days kept free for each step before a list's day. */
const LEAST_DAYS = 2;

/** Share of the whole span before its end within which the last step of a site lies. */
const lastStepWithin: Partial<Record<StatusId, readonly [number, number]>> = {
  verified: [0.1, 0.7],
  designing: [0.01, 0.22],
  approved: [0.01, 0.15],
  in_progress: [0.03, 0.27],
  natural_recovery: [0.03, 0.3],
  completed: [0.001, 0.24],
  county_accepted: [0.005, 0.2],
  city_accepted: [0.006, 0.4],
  public_notice: [0.004, 0.02],
  closed: [0.005, 0.58],
  handed_over: [0.005, 0.4],
  rectifying: [0.008, 0.05],
};

/** City acceptances of a county fall on one day of the month, closings of the whole region on another: lists. */
const CLOSING_DAY = 25;

export type HistoryPlan = {
  last: StatusId;
  naturalRecovery: boolean;
  /** For a site being rectified: where it was sent back from. */
  rectifiedFrom: 'county_accepted' | 'city_accepted' | 'closed';
  /** Whether a county acceptance failed once on the way. */
  setBack: boolean;
  /** Day of the month (1–28) on which this county's city acceptances fall. */
  acceptanceDay: number;
  from: Day;
  to: Day;
};

function pathOf(plan: HistoryPlan): StatusId[] {
  const work: StatusId = plan.naturalRecovery ? 'natural_recovery' : 'in_progress';
  const acceptance: StatusId[] = plan.setBack
    ? ['county_accepted', 'rectifying', 'completed', 'county_accepted']
    : ['county_accepted'];
  const whole: StatusId[] = [
    ...(['to_verify', 'verified', 'designing', 'approved', work, 'completed'] as const),
    ...acceptance,
    ...(['city_accepted', 'public_notice', 'closed', 'handed_over'] as const),
  ];
  if (plan.last === 'rectifying')
    return [...whole.slice(0, whole.lastIndexOf(plan.rectifiedFrom) + 1), 'rectifying'];
  return whole.slice(0, whole.lastIndexOf(plan.last) + 1);
}

function between([least, most]: readonly [number, number], random: Random): number {
  return random.between(least, most);
}

/** Days of the path: backward from the last step to the city's acceptance list, then forward from the first day. */
function datesOf(path: readonly StatusId[], plan: HistoryPlan, random: Random): Day[] {
  const span = plan.to - plan.from;
  const first = plan.from + Math.round(span * random.between(0.004, 0.06));
  const pace = Math.min(1, span / USUAL_SPAN_DAYS);
  const final = path.length - 1;
  if (final === 0) return [first];
  const days = new Array<Day>(path.length).fill(first);
  const snap = (status: StatusId | undefined, day: Day, index: number): Day => {
    const listed =
      status === 'city_accepted'
        ? latestOn(plan.acceptanceDay, day)
        : status === 'closed'
          ? latestOn(CLOSING_DAY, day)
          : day;
    return listed > first + index * LEAST_DAYS ? listed : day;
  };
  const anchor = path.includes('city_accepted') ? path.indexOf('city_accepted') : final;
  const gapBefore = (status: StatusId | undefined, previous: StatusId | undefined): number => {
    const range =
      status === 'completed' && previous === 'rectifying' ? REWORK_DAYS : status && daysBefore[status];
    return pace * between(range ?? [20, 60], random);
  };
  let day =
    plan.to - Math.round(span * between(lastStepWithin[path[final] ?? 'verified'] ?? [0.01, 0.2], random));
  for (let index = final; index >= anchor; index -= 1) {
    day = snap(path[index], day, index);
    days[index] = day;
    day -= Math.round(gapBefore(path[index], path[index - 1]));
  }
  const gaps = path.slice(1, anchor + 1).map((status, index) => gapBefore(status, path[index]));
  const available = (days[anchor] ?? first) - first;
  const needed = gaps.reduce((sum, gap) => sum + gap, 0);
  const slack = Math.max(0, available - needed);
  const stretched = gaps.map((gap, index) =>
    needed > available
      ? (gap * available) / needed
      : gap + (gaps.length === 1 ? slack : index < 2 ? slack * 0.5 : 0),
  );
  let travelled = 0;
  stretched.slice(0, -1).forEach((gap, index) => {
    travelled += gap;
    days[index + 1] = first + Math.round(travelled);
  });
  // In a short history rounding may bring two steps onto one day.
  for (let index = 1; index <= final; index += 1)
    days[index] = Math.max(days[index] ?? 0, (days[index - 1] ?? 0) + 1);
  return days;
}

/** Reports between the start of works and their end (or the end of the sample), a month or two apart. */
function reportsBetween(work: Step, end: Day, finished: boolean, random: Random): Step[] {
  const planned = finished ? end - work.day : random.between(150, 400);
  const reports: Step[] = [];
  let progress = work.progressPercent;
  for (let day = work.day + random.integer(24, 58); day < end - 6; day += random.integer(24, 58)) {
    const reached = Math.round(96 * Math.min(1, ((day - work.day) / planned) * random.between(0.85, 1.1)));
    progress = Math.min(95, Math.max(progress, reached));
    reports.push({ status: work.status, day, progressPercent: progress, treatedShare: progress / 100 });
  }
  return reports;
}

/** All steps in order; progress and treated share never fall. */
export function writeHistory(plan: HistoryPlan, random: Random): Step[] {
  const path = pathOf(plan);
  const days = datesOf(path, plan, random);
  const treatedAtEnd = random.between(0.955, 1);
  const steps: Step[] = [];
  path.forEach((status, index) => {
    const day = days[index] ?? plan.from;
    const worked = path.indexOf('completed') >= 0 && index >= path.indexOf('completed');
    const works = status === 'in_progress' || status === 'natural_recovery';
    const step: Step = worked
      ? { status, day, progressPercent: 100, treatedShare: treatedAtEnd }
      : { status, day, progressPercent: works ? 5 : 0, treatedShare: 0 };
    steps.push(step);
    if (!works) return;
    const next = days[index + 1];
    const reports = reportsBetween(step, next ?? plan.to, next !== undefined, random);
    steps.push(...reports.map((report) => ({ ...report, treatedShare: report.treatedShare * treatedAtEnd })));
  });
  return steps;
}

/** Number of a document by list: all steps of one status with the same key share one number, by year from 1. */
export function numberLists(keys: readonly { key: string; day: Day }[]): Map<string, string> {
  const firstDays = new Map<string, Day>();
  for (const { key, day } of keys) firstDays.set(key, Math.min(day, firstDays.get(key) ?? day));
  const sorted = [...firstDays].sort(
    ([one, oneDay], [other, otherDay]) => oneDay - otherDay || (one < other ? -1 : 1),
  );
  const counters = new Map<string, number>();
  return new Map(
    sorted.map(([key, day]) => {
      const year = monthOf(day).slice(0, 4);
      const number = (counters.get(year) ?? 0) + 1;
      counters.set(year, number);
      return [key, `〔${year}〕${number}号`];
    }),
  );
}
