/** What can be done to many sites at once, and to which of those selected. Pure. */
import type { WorkItem } from '../../../geodata/contract/work-list.ts';
import { owes, type StatusId } from '../../../geodata/domain/workflow.ts';

export type SetTask =
  | { do: 'no_progress' }
  | { do: 'pass' }
  | { do: 'return' }
  | { do: 'decide'; to: StatusId };

export type WhyNot =
  | 'needs_check'
  | 'already_reported'
  | 'owes_nothing'
  | 'other_month'
  | 'not_waiting'
  | 'wrong_status';

export type SetTargets = {
  /** The one month of the set. */
  period: string;
  able: WorkItem[];
  unable: { item: WorkItem; why: WhyNot }[];
};

export function taskKey(task: SetTask): string {
  return task.do === 'decide' ? task.to : task.do;
}

/** The tasks at least one of the sites can take, in the order of the work: an answer, reviews, then decisions. */
export function offeredTasks(items: readonly WorkItem[], level: 'unit' | 'county' | 'city'): SetTask[] {
  const tasks: SetTask[] = [];
  if (level === 'unit') {
    if (items.some((item) => whyNot(item, { do: 'no_progress' }) === null)) tasks.push({ do: 'no_progress' });
    return tasks;
  }
  if (items.some((item) => whyNot(item, { do: 'pass' }) === null)) {
    tasks.push({ do: 'pass' }, { do: 'return' });
  }
  const steps = new Set(items.flatMap((item) => item.steps));
  return [...tasks, ...[...steps].map((to): SetTask => ({ do: 'decide', to }))];
}

/** `period`: the month of the work list. Reviews are of the month most of the selected reports are of. */
export function splitTargets(items: readonly WorkItem[], task: SetTask, period: string): SetTargets {
  const possible = items.filter((item) => whyNot(item, task) === null);
  const ofSet =
    task.do === 'pass' || task.do === 'return' ? (mostFrequentPeriod(possible) ?? period) : period;
  const targets: SetTargets = { period: ofSet, able: [], unable: [] };
  for (const item of items) {
    const why = whyNot(item, task) ?? (task.do !== 'decide' && item.period !== ofSet ? 'other_month' : null);
    if (why === null) targets.able.push(item);
    else targets.unable.push({ item, why });
  }
  return targets;
}

/** 销号 sites owe an aftercare check, which has to say what was found. */
export function mayHaveNoProgress({ status }: Pick<WorkItem, 'status'>): boolean {
  return owes(status) === 'month';
}

function whyNot(item: WorkItem, task: SetTask): WhyNot | null {
  switch (task.do) {
    case 'no_progress':
      if (item.waitsFor === 'report' || item.waitsFor === 'resubmit') {
        return mayHaveNoProgress(item) ? null : 'needs_check';
      }
      return item.reportState === null ? 'owes_nothing' : 'already_reported';
    case 'pass':
    case 'return':
      return item.waitsFor === 'county_review' || item.waitsFor === 'city_review' ? null : 'not_waiting';
    case 'decide':
      return item.steps.includes(task.to) ? null : 'wrong_status';
  }
}

/** The later of two that are as frequent; null without items. */
function mostFrequentPeriod(items: readonly WorkItem[]): string | null {
  const counts = new Map<string, number>();
  for (const { period } of items) counts.set(period, (counts.get(period) ?? 0) + 1);
  const [best] = [...counts].sort((a, b) => b[1] - a[1] || b[0].localeCompare(a[0]));
  return best?.[0] ?? null;
}
