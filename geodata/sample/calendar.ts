/** Days as whole numbers since 1970-01-01, for dates without time zones. */

export type Day = number;

export function dayOf(isoDate: string): Day {
  return Date.parse(`${isoDate}T00:00:00Z`) / 86_400_000;
}

/** YYYY-MM-DD. */
export function isoDateOf(day: Day): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

/** YYYY-MM. */
export function monthOf(day: Day): string {
  return isoDateOf(day).slice(0, 7);
}

export function lastDayOfMonth(day: Day): Day {
  const [year = 0, month = 0] = monthOf(day).split('-').map(Number);
  return Date.UTC(year, month, 0) / 86_400_000;
}

/** The latest day with this number in its month (1–28) that is not after `day`. */
export function latestOn(dayOfMonth: number, day: Day): Day {
  const [year = 0, month = 0, date = 0] = isoDateOf(day).split('-').map(Number);
  return Date.UTC(year, date >= dayOfMonth ? month - 1 : month - 2, dayOfMonth) / 86_400_000;
}
