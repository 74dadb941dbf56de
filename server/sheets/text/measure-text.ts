/** How wide text is on paper and how it fits a width: what layouts ask. Sizes in points, widths in millimetres. */
import type { FontWeight } from '../page.ts';
import { breakUnits } from './line-breaks.ts';
import { shapeText } from './shape-text.ts';
import { mmPerPt, unitsPerEm } from './sheet-fonts.ts';

/** Width in millimetres of one line; line breaks in it count as spaces. */
export function textWidthMm(text: string, sizePt: number, weight: FontWeight): number {
  return (shapeText(text, weight).width / unitsPerEm) * sizePt * mmPerPt;
}

/**
 * The text in lines no wider than given; broken between Han characters by the rules of 避头尾, between words otherwise,
 * and inside a word only where it is wider than a line of its own. Line breaks stay; '' gives no line.
 */
export function wrapText(text: string, widthMm: number, sizePt: number, weight: FontWeight): string[] {
  if (text === '') return [];
  return text.split(/\r\n|[\n\r\u2028\u2029]/).flatMap((paragraph) => {
    const lines: string[] = [];
    let line = '';
    for (const unit of breakUnits(paragraph)) {
      const longer = line + unit;
      if (textWidthMm(longer.trimEnd(), sizePt, weight) <= widthMm) line = longer;
      else {
        if (line !== '') lines.push(line.trimEnd());
        const rest = unit.trimStart();
        line =
          textWidthMm(rest.trimEnd(), sizePt, weight) <= widthMm
            ? rest
            : cutLong(rest, widthMm, sizePt, weight, lines);
      }
    }
    lines.push(line.trimEnd());
    return lines;
  });
}

export type FittedText = {
  lines: string[];
  sizePt: number /** Even at the least size. */;
  overflows: boolean;
};

/**
 * The largest size from `sizePt` down to `leastPt`, in quarter points, at which the text takes no more than `maxLines`
 * lines of the width; `overflows` where none does: then `lines` are all there are at the least size.
 */
export function fitText(
  text: string,
  widthMm: number,
  sizePt: number,
  weight: FontWeight,
  { leastPt = sizePt * 0.7, maxLines = 1 }: { leastPt?: number; maxLines?: number } = {},
): FittedText {
  for (let size = sizePt; ; size = Math.max(size - 0.25, leastPt)) {
    const lines = wrapText(text, widthMm, size, weight);
    const fits =
      lines.length <= maxLines && lines.every((line) => textWidthMm(line, size, weight) <= widthMm);
    if (fits || size <= leastPt) return { lines, sizePt: size, overflows: !fits };
  }
}

/** Pushes full lines of what cannot be broken by rule; what remains is returned. At least one character a line. */
function cutLong(unit: string, widthMm: number, sizePt: number, weight: FontWeight, lines: string[]): string {
  let line = '';
  for (const character of unit) {
    if (line !== '' && textWidthMm(line + character, sizePt, weight) > widthMm) {
      lines.push(line);
      line = '';
    }
    line += character;
  }
  return line;
}
