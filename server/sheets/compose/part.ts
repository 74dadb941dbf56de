/** What every part of a sheet is drawn from, and what it gives back. */
import type { Bilingual } from '../../../geodata/catalogue/layer-definition.ts';
import type { SheetNotice } from '../../../geodata/contract/sheets.ts';
import type { DrawnLayer } from '../map/drawn-layers.ts';
import type { Box, Mark } from '../page.ts';
import type { SheetContent } from '../sheet-content.ts';
import type { SheetLanguage } from '../words/sheet-language.ts';

export type PartInput = {
  content: SheetContent;
  language: SheetLanguage;
  /** Factor on text and symbol sizes. */
  factor: number;
  /** What the map shows, in drawing order. */
  drawn: readonly DrawnLayer[];
  /** Marks of the map itself. */
  mapMarks: readonly Mark[];
};
export type PartResult = { marks: Mark[]; notices: SheetNotice[] };
/** Text beside the map of a slide is read from the back of a room: so much larger than that of a sheet. */
export const SLIDE_TEXT = 1.35;

/** Draws into its box and not beyond. */
export type SheetPart = (input: PartInput, box: Box) => PartResult;

export const nothing: PartResult = { marks: [], notices: [] };

/** That a text did not fit its place and was cut. */
export function overflowNotice(place: Bilingual): SheetNotice {
  return {
    id: 'text_overflow',
    severity: 'warning',
    text: {
      zh: `“${place.zh}”放不下,已截断并以“…”标明:请缩短文字或换用更大的纸张。`,
      en: `“${place.en}” does not fit and was cut, marked by “…”: shorten the text or take larger paper.`,
    },
  };
}
