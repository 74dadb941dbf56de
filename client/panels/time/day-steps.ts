/** Days of the slider of 历史时点: as numbers for its thumb, and by months. Days are YYYY-MM-DD. Pure. */

const DAY_MS = 86_400_000;

/** Days from `first` to `day`. */
export function daysAfter(first: string, day: string): number {
  return Math.round((Date.parse(`${day}T00:00:00Z`) - Date.parse(`${first}T00:00:00Z`)) / DAY_MS);
}

export function addDays(first: string, days: number): string {
  return new Date(Date.parse(`${first}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/**
 * The end of a month so many months away, as figures are told of: from within a month, one back is the end of the month
 * before and one on is its own end. Held between `first` and `last`.
 */
export function stepMonths(day: string, months: number, [first, last]: readonly [string, string]): string {
  const [year = 0, month = 1] = day.split('-').map(Number);
  const isMonthEnd = endOfMonth(year, month) === day;
  const target = endOfMonth(year, month + (months > 0 && !isMonthEnd ? months - 1 : months));
  if (target < first) return first;
  return target > last ? last : target;
}

/** `month` from 1 on, also beyond 12 and below 1. */
function endOfMonth(year: number, month: number): string {
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}
