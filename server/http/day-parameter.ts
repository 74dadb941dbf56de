/** A parameter that names a day. */
import { toDay } from '../../geodata/domain/datetime-interval.ts';
import { BadRequestError } from '../errors.ts';

/** Today in Asia/Shanghai as YYYY-MM-DD. */
export function today(): string {
  const day = toDay(new Date().toISOString());
  if (day === null) throw new Error('the clock of this machine names no day');
  return day;
}

/** The day, at most today; null without the parameter. Throws BadRequestError for bad text and for days to come. */
export function parsePastDay(parameters: ReadonlyMap<string, string>, name: string): string | null {
  const text = parameters.get(name);
  if (text === undefined) return null;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || toDay(text) === null) {
    throw new BadRequestError(
      {
        zh: `${name} 应为日期,例如 2025-09-30。`,
        en: `${name} is a day, such as 2025-09-30.`,
      },
      { field: name },
    );
  }
  if (text <= today()) return text;
  throw new BadRequestError(
    {
      zh: `${name} 不能晚于今天(${today()})。`,
      en: `${name} must not be later than today (${today()}).`,
    },
    { field: name },
  );
}
