/** What of a text can be drawn: everything the fonts have a glyph for; the rest is replaced where one sees it. */
import { sheetFont } from './sheet-fonts.ts';

/** 缺字 as Chinese printing marks it. */
const replacement = '□';

const spaces = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
/** Characters without a picture: joiners, directions, selectors of variants, soft hyphens. */
const unseen = /\p{Default_Ignorable_Code_Point}/gu;

/** The text as it is drawn: one line, each character in the fonts; others as □. */
export function drawableText(text: string): string {
  const line = text.replace(spaces, ' ').replace(unseen, '');
  if (/^[ -~]*$/.test(line)) return line;
  let drawn = '';
  for (const character of line) drawn += isInFont(character) ? character : replacement;
  return drawn;
}

/** Characters of the text that the fonts lack, each once, in order; those are drawn as □. */
export function missingCharacters(text: string): string[] {
  const line = text.replace(spaces, ' ').replace(unseen, '');
  return [...new Set([...line].filter((character) => !isInFont(character)))];
}

function isInFont(character: string): boolean {
  const codePoint = character.codePointAt(0) ?? 0;
  return sheetFont('regular').face.hasGlyphForCodePoint(codePoint);
}
