/** A sheet with a notice that blocks it is not printed; where a reason may set a rule aside, planning has done so. */
import type { SheetNotice } from '../../../geodata/contract/sheets.ts';
import { UnprocessableError } from '../../errors.ts';

/** What of the spec lets the sheet be printed. */
const fieldByNotice: Record<string, string> = {
  map_number_missing: 'slots.mapNumber',
  classification_above_sheet: 'classification',
};

/** Throws UnprocessableError with the words of the notices that block. */
export function refuseBlocked(notices: readonly SheetNotice[]): void {
  const blocking = notices.filter(({ severity }) => severity === 'blocking');
  const [first] = blocking;
  if (first === undefined) return;
  const words = (language: 'zh' | 'en'): string => blocking.map(({ text }) => text[language]).join('\n');
  const field = fieldByNotice[first.id];
  throw new UnprocessableError(
    { zh: words('zh'), en: words('en') },
    { ...(field === undefined ? {} : { field }), members: { notices: blocking } },
  );
}
