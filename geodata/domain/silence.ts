/** How long a site that owes an answer has not given one (未报). Periods are YYYY-MM, days YYYY-MM-DD. Pure. */
import { lastDayOf, periodOf } from './period.ts';
import type { owes } from './workflow.ts';

export type Silence = {
  owes: ReturnType<typeof owes>;
  /** The last period there is an answer for, whatever became of it; null: none. */
  lastAnswer: string | null;
  /** The first period anybody was asked for a report; earlier ones are owed by nobody. */
  firstPeriod: string;
};

/** The last period whose 报送截止日 is on or before the day. */
export function duePeriod(day: string): string {
  const period = periodOf(day);
  return day >= lastDayOf(period) ? period : fromIndex(toIndex(period) - 1);
}

/**
 * Months without the answer that was due by the end of `day`; 0: nothing is missing. A site that owes one answer a
 * quarter is silent once a quarter has gone by without any.
 */
export function monthsSilent({ owes: interval, lastAnswer, firstPeriod }: Silence, day: string): number {
  if (interval === 'nothing') return 0;
  const month = toIndex(duePeriod(day));
  // Months 3, 6, 9 and 12 close a quarter.
  const due = interval === 'month' ? month : month - ((month + 1) % 3);
  const least = interval === 'month' ? due : due - 2;
  const answered = lastAnswer === null ? Number.NEGATIVE_INFINITY : toIndex(lastAnswer);
  if (answered >= least) return 0;
  return Math.max(0, due - Math.max(answered + 1, toIndex(firstPeriod)) + 1);
}

/** Months from the end of the plan year to the day, the month of the day counted: 2024 on 2025-01-01 gives 1; 0 or less: not over. */
export function monthsOverdue(planYear: number, day: string): number {
  return toIndex(periodOf(day)) - (planYear * 12 + 11);
}

/** January of a year divides by twelve. */
function toIndex(period: string): number {
  const [year = 0, month = 1] = period.split('-').map(Number);
  return year * 12 + month - 1;
}

function fromIndex(index: number): string {
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}
