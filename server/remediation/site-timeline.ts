/** The states a site went through, and putting one of them right without touching what others said since. Pure but for the reading. */
import type { SiteState } from '../../geodata/contract/marking.ts';
import type { StatusId } from '../../geodata/domain/workflow.ts';
import type { Queryable } from '../db/database.ts';
import { namedSql } from '../db/named-sql.ts';

/** Dates and document numbers that hold beside status and progress; what is not known is left out. */
export type FactSet = Partial<Record<FactName, string | number>>;
export const factNames = [
  'startedOn',
  'completedOn',
  'acceptedOn',
  'acceptedAreaSquareMeters',
  'aftercareUntil',
  'recognitionNumber',
  'approvalNumber',
  'acceptanceDocument',
  'closingNumber',
  'handoverNumber',
] as const satisfies readonly (keyof SiteState)[];
export type FactName = (typeof factNames)[number];

/** What an event says of a site. `facts` null: those that stood stay. */
export type SaidState = {
  status: StatusId;
  progressPercent: number | null;
  treatedAreaSquareMeters: number | null;
  facts: FactSet | null;
};

/** Before and after by field of the contract. */
export type Changes = Record<string, [unknown, unknown]>;

export type TimelineEvent = SaidState & { seq: string; effectiveOn: string; changes: Changes | null };

type EventRow = {
  site_code: string;
  seq: string;
  effective_on: string;
  status: StatusId;
  progress_percent: number | null;
  treated_area_m2: number | null;
  facts: FactSet | null;
  changes: Changes | null;
};

/** By site, in the order in which they hold; the last one is the standing one. */
export async function loadTimelines(
  client: Queryable,
  codes: readonly string[],
): Promise<Map<string, TimelineEvent[]>> {
  if (codes.length === 0) return new Map();
  const rows = await client.query<EventRow>(namedSql('remediation/list-state-events'), [codes], {
    class: 'read',
  });
  const timelines = new Map<string, TimelineEvent[]>();
  for (const row of rows) {
    const timeline = timelines.get(row.site_code) ?? [];
    timelines.set(row.site_code, timeline);
    timeline.push({
      seq: row.seq,
      effectiveOn: row.effective_on,
      status: row.status,
      progressPercent: row.progress_percent,
      treatedAreaSquareMeters: row.treated_area_m2,
      facts: row.facts,
      changes: row.changes,
    });
  }
  return timelines;
}

/** The state of the site as an event would say it. */
export function saidState(state: SiteState): SaidState {
  return {
    status: state.status,
    progressPercent: state.progressPercent,
    treatedAreaSquareMeters: state.treatedAreaSquareMeters,
    facts: factsOf(state),
  };
}

export function factsOf(state: SiteState): FactSet {
  return Object.fromEntries(factNames.flatMap((name) => (state[name] === null ? [] : [[name, state[name]]])));
}

/** Before and after of every field that differs. Facts that are not known on one side are not compared. */
export function changesBetween(before: SaidState, after: SaidState): Changes {
  const changes: Changes = {};
  for (const name of fieldNames) {
    if (isFact(name) && (before.facts === null || after.facts === null)) continue;
    const [from, to] = [valueIn(before, name), valueIn(after, name)];
    if (from !== to) changes[name] = [from, to];
  }
  return changes;
}

export type StateField = 'status' | 'progressPercent' | 'treatedAreaSquareMeters' | FactName;
const fieldNames: readonly StateField[] = [
  'status',
  'progressPercent',
  'treatedAreaSquareMeters',
  ...factNames,
];

function isFact(name: StateField): name is FactName {
  return (factNames as readonly string[]).includes(name);
}

function valueIn(state: SaidState, name: StateField): unknown {
  return (isFact(name) ? state.facts?.[name] : state[name]) ?? null;
}

function withValue(state: SaidState, name: StateField, value: unknown): SaidState {
  if (!isFact(name)) return { ...state, [name]: value };
  if (state.facts === null) return state;
  const { [name]: _, ...others } = state.facts;
  return { ...state, facts: value === null ? others : { ...others, [name]: value as string | number } };
}

export type Revision = { effectiveOn: string; before: SaidState; after: SaidState };

/**
 * What has to be said so that from `day` on the fields have these values, up to the day on which somebody said another
 * one: one revision for the day and one for each later day whose state had only carried the value along. Empty where
 * nothing is known of the day, or everything is so already.
 */
export function revise(
  timeline: readonly TimelineEvent[],
  day: string,
  wanted: ReadonlyMap<StateField, unknown>,
): Revision[] {
  const base = timeline.findLast(({ effectiveOn }) => effectiveOn <= day);
  if (base === undefined) return [];
  const carried = new Map([...wanted].filter(([name, value]) => valueIn(base, name) !== value));
  const revisions: Revision[] = [];
  const say = (effectiveOn: string, before: SaidState): void => {
    let after: SaidState = before;
    for (const [name, value] of carried) after = withValue(after, name, value);
    revisions.push({ effectiveOn, before, after });
  };
  if (carried.size === 0) return [];
  say(day, base);
  for (const state of lastOfEachDay(timeline, day)) {
    for (const name of [...carried.keys()]) {
      if (valueIn(state, name) !== valueIn(base, name)) carried.delete(name);
    }
    if (carried.size === 0) break;
    say(state.effectiveOn, state);
  }
  return revisions;
}

function lastOfEachDay(timeline: readonly TimelineEvent[], after: string): TimelineEvent[] {
  return timeline.filter(
    ({ effectiveOn }, index) => effectiveOn > after && timeline[index + 1]?.effectiveOn !== effectiveOn,
  );
}

/** The fields an event changed, with what they were before; only those that still are as it left them on its day. */
export function undoOf(event: TimelineEvent, timeline: readonly TimelineEvent[]): Map<StateField, unknown> {
  const now = timeline.findLast(({ effectiveOn }) => effectiveOn <= event.effectiveOn) ?? event;
  return new Map(
    fieldNames.flatMap((name): [StateField, unknown][] => {
      const change = event.changes?.[name];
      return change !== undefined && valueIn(now, name) === change[1] ? [[name, change[0]]] : [];
    }),
  );
}

/** The state an event found, by the changes it tells of. */
export function stateBefore(event: SaidState & Pick<TimelineEvent, 'changes'>): SaidState {
  const { status, progressPercent, treatedAreaSquareMeters, facts, changes } = event;
  let before: SaidState = { status, progressPercent, treatedAreaSquareMeters, facts };
  for (const name of fieldNames) {
    const change = changes?.[name];
    if (change !== undefined) before = withValue(before, name, change[0]);
  }
  return before;
}

/**
 * Facts that held after an event. One of taken-over history has none: they follow from the first that is known later,
 * without what belongs to steps it had not reached.
 */
export function factsAfter(
  event: TimelineEvent,
  timeline: readonly TimelineEvent[],
  state: SiteState,
): FactSet {
  if (event.facts !== null) return event.facts;
  const index = timeline.indexOf(event);
  const next = timeline.slice(index + 1).find(({ facts }) => facts !== null);
  const facts: FactSet = { ...(next?.facts ?? factsOf(state)) };
  for (const name of factNames) {
    const before = next?.changes?.[name]?.[0];
    if (before !== undefined) {
      if (before === null) delete facts[name];
      else facts[name] = before as string | number;
    }
    if (!holdsIn(name, event.status)) delete facts[name];
  }
  return facts;
}

const accepted: readonly StatusId[] = [
  'city_accepted',
  'public_notice',
  'closed',
  'handed_over',
  'rectifying',
];
const completed: readonly StatusId[] = ['completed', 'county_accepted', ...accepted];

function holdsIn(name: FactName, status: StatusId): boolean {
  if (status === 'excluded') return true;
  switch (name) {
    case 'completedOn':
      return completed.includes(status);
    case 'acceptedOn':
    case 'acceptedAreaSquareMeters':
    case 'acceptanceDocument':
    case 'aftercareUntil':
      return accepted.includes(status);
    case 'closingNumber':
      return ['closed', 'handed_over', 'rectifying'].includes(status);
    case 'handoverNumber':
      return ['handed_over', 'rectifying'].includes(status);
    case 'startedOn':
      return ['in_progress', 'natural_recovery', ...completed].includes(status);
    case 'recognitionNumber':
      return status !== 'to_verify';
    case 'approvalNumber':
      return !['to_verify', 'verified', 'designing'].includes(status);
  }
}
