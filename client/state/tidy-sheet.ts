/** From the sheet as it is being typed to the sheet as it can be sent. Pure. */
import type { SheetSlots, SheetSpec } from '../../geodata/contract/sheets.ts';

/** The service takes no shorter reason. */
export const LEAST_REASON = 4;

/**
 * The same sheet as the service will read it: texts without spaces round them, a reason too short to be one left out, a
 * slot that was never touched left to the template ('' stays: it leaves the text out).
 */
export function tidySheet({ overrideReason, slots, ...sheet }: SheetSpec): SheetSpec {
  const reason = overrideReason?.trim() ?? '';
  const texts = Object.entries(slots)
    .filter(([, text]) => text !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, text]) => [name, name === 'note' ? paragraph(text) : oneLine(text)]);
  return {
    ...sheet,
    ...([...reason].length < LEAST_REASON ? {} : { overrideReason: reason }),
    slots: Object.fromEntries(texts) as SheetSlots,
  };
}

/** What is pasted may hold line breaks and other control characters, which no line of a sheet may. */
function oneLine(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ').trim();
}

function paragraph(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n]+/gu, ' ').trim();
}
