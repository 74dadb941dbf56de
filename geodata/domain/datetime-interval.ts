/** The request parameter datetime: an instant or an interval, as days in the time zone of the data. */

/** Days as YYYY-MM-DD, both included; null: open on that side. */
export type DayInterval = { from: string | null; to: string | null };

const day = /^(\d{4})-(\d{2})-(\d{2})$/;
const instant = /^(\d{4}-\d{2}-\d{2})[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/;
/** Asia/Shanghai has had no daylight saving time since 1991. */
const shanghaiOffsetMs = 8 * 3_600_000;

/**
 * `2025-03-01`, an RFC 3339 instant, or two of them or `..` (or nothing) joined by a slash; null where
 * the text is none of these, names a day that does not exist, or ends before it begins.
 */
export function parseDatetime(text: string): DayInterval | null {
  const ends = text.split('/');
  if (ends.length === 1) {
    const only = toDay(text);
    return only === null ? null : { from: only, to: only };
  }
  const [start = '', end = ''] = ends;
  if (ends.length !== 2 || (isOpen(start) && isOpen(end))) return null;
  const from = isOpen(start) ? null : toDay(start);
  const to = isOpen(end) ? null : toDay(end);
  if ((from === null && !isOpen(start)) || (to === null && !isOpen(end))) return null;
  return from !== null && to !== null && from > to ? null : { from, to };
}

function isOpen(text: string): boolean {
  return text === '' || text === '..';
}

/** The day in Asia/Shanghai, or null. */
export function toDay(text: string): string | null {
  if (day.test(text)) return existsDay(text) ? text : null;
  const date = instant.exec(text)?.[1];
  const time = Date.parse(text);
  if (date === undefined || !existsDay(date) || Number.isNaN(time)) return null;
  const [local = ''] = new Date(time + shanghaiOffsetMs).toISOString().split('T');
  // The last hours of 9999 in UTC are in the year 10000 in Shanghai, the first of year 1 elsewhere in year 0.
  return day.test(local) && existsDay(local) ? local : null;
}

function existsDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text) && !text.startsWith('0000');
}
