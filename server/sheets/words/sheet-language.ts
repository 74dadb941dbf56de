/** The language of a sheet and the side of a bilingual text that belongs to it. */
import type { Bilingual } from '../../../geodata/catalogue/layer-definition.ts';
import type { sheetLanguages } from '../../../geodata/contract/sheets.ts';

export type SheetLanguage = (typeof sheetLanguages)[number];

/** The text in the language of the sheet. */
export function say(text: Bilingual, language: SheetLanguage): string {
  return language === 'en' ? text.en : text.zh;
}
