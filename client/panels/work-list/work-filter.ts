/** Which of the work list is shown: by words, task, phase and reporting unit. Pure. */
import type { WorkItem } from '../../../geodata/contract/work-list.ts';
import { type PhaseId, statuses } from '../../../geodata/domain/workflow.ts';

export const workKinds = [
  'resubmit',
  'report',
  'missed',
  'waiting',
  'done',
  'flagged',
  'review',
  'decision',
] as const;
export type WorkKind = (typeof workKinds)[number];

export type WorkFilter = { text: string; kind: WorkKind | null; phase: PhaseId | null; unit: string | null };
export const noFilter: WorkFilter = { text: '', kind: null, phase: null, unit: null };

/** What is to be done about a site, or that others are at it. */
export function kindOf(
  { waitsFor, isOvertaken, flags }: WorkItem,
  level: 'unit' | 'county' | 'city',
): WorkKind {
  switch (waitsFor) {
    case 'report':
    case 'resubmit':
    case 'decision':
      return waitsFor;
    case 'nothing':
      return isOvertaken ? 'missed' : 'done';
    case 'county_review':
    case 'city_review':
      if (level === 'unit') return 'waiting';
      return flags.length > 0 ? 'flagged' : 'review';
  }
}

export function isFiltering({ text, kind, phase, unit }: WorkFilter): boolean {
  return text.trim() !== '' || kind !== null || phase !== null || unit !== null;
}

/** In the order of the list. */
export function filterWork(
  items: readonly WorkItem[],
  filter: WorkFilter,
  level: 'unit' | 'county' | 'city',
): WorkItem[] {
  const words = filter.text.trim().toLowerCase();
  return items.filter(
    (item) =>
      (filter.kind === null || kindOf(item, level) === filter.kind) &&
      (filter.phase === null || statuses[item.status].phase === filter.phase) &&
      (filter.unit === null || item.unit.code === filter.unit) &&
      (words === '' || item.name.toLowerCase().includes(words) || item.code.toLowerCase().includes(words)),
  );
}

/** The values that occur with how many sites each has, in the order given; what does not occur is left out. */
export function countsBy<Value>(
  items: readonly WorkItem[],
  order: readonly Value[],
  kindValue: (item: WorkItem) => Value,
): { value: Value; count: number }[] {
  const counts = new Map<Value, number>();
  for (const item of items) counts.set(kindValue(item), (counts.get(kindValue(item)) ?? 0) + 1);
  return order.flatMap((value) => {
    const count = counts.get(value) ?? 0;
    return count === 0 ? [] : [{ value, count }];
  });
}
