/** Periods (填报期) are calendar months as YYYY-MM; days are YYYY-MM-DD in Asia/Shanghai. Text order is time order. */

/** The month of a day. */
export function periodOf(day: string): string {
  return day.slice(0, 7);
}

/** 报送截止日 unless configured otherwise: the last day of the month. */
export function lastDayOf(period: string): string {
  const [year = 0, month = 1] = period.split('-').map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/** The last day on which a fact of the month can have happened: its end, or the day up to which facts are known. */
export function lastFactDay(period: string, workDay: string): string {
  const end = lastDayOf(period);
  return end < workDay ? end : workDay;
}

/** The month before: of 2025-01, 2024-12. */
export function monthBefore(period: string): string {
  const [year = 0, month = 1] = period.split('-').map(Number);
  return new Date(Date.UTC(year, month - 2, 1)).toISOString().slice(0, 7);
}

/** The month and those before it, `count` in all, the latest first. */
export function monthsBack(period: string, count: number): string[] {
  const months = [period];
  while (months.length < count) months.push(monthBefore(months.at(-1) ?? period));
  return months.slice(0, count);
}

/** Months 3, 6, 9 and 12 close a quarter. */
export function endsQuarter(period: string): boolean {
  return Number(period.slice(5)) % 3 === 0;
}

/** The same day so many years later; 29 February becomes the 28th. */
export function addYears(day: string, years: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year + years, month, 0)).getUTCDate();
  return new Date(Date.UTC(year + years, month - 1, Math.min(date, last))).toISOString().slice(0, 10);
}
