/** A parameter that names a month. */
import { periodSchema } from '../../geodata/contract/marking.ts';
import { BadRequestError } from '../errors.ts';

/** Null without it. Throws BadRequestError for what is no month. */
export function parsePeriodParameter(text: string | undefined): string | null {
  if (text === undefined) return null;
  if (periodSchema.safeParse(text).success && !text.startsWith('0000')) return text;
  throw new BadRequestError(
    { zh: 'period 应为年月,例如 2025-09。', en: 'period is a month, such as 2025-09.' },
    { field: 'period' },
  );
}
