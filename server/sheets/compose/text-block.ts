/** Paragraphs set into a box: first shrunk, then wrapped, and where even the least size does not fit, cut where one sees it. */
import type { Box, FontWeight, TextMark } from '../page.ts';
import { textWidthMm, wrapText } from '../text/measure-text.ts';
import { baselineBelow, mmPerPt, textAt } from './pen.ts';

export type BlockLook = {
  sizePt: number;
  /** Missing: seven tenths of `sizePt`. */
  leastPt?: number;
  weight?: FontWeight;
  color?: string;
  align?: 'start' | 'middle' | 'end';
  /** Distance of baselines in sizes. */
  leading?: number;
  /** Where a text that is lower than the box stands in it. */
  stand?: 'top' | 'middle' | 'bottom';
  maxLines?: number;
};

export type Block = { marks: TextMark[]; sizePt: number; heightMm: number; overflows: boolean };

const STEP_PT = 0.25;
const CUT = '…';

/** Text as lines in the box. `overflows`: it was cut and ends in an ellipsis. Empty paragraphs leave no line. */
export function blockIn(paragraphs: readonly string[], box: Box, look: BlockLook): Block {
  const { sizePt, weight = 'regular', color, align = 'start', stand = 'top' } = look;
  const fitted = fitLines(paragraphs, box, look);
  const advance = advanceOf(fitted.sizePt, look);
  const heightMm = heightOf(fitted.lines.length, fitted.sizePt, look);
  const free = Math.max(0, box.height - heightMm);
  const top = box.y + { top: 0, middle: free / 2, bottom: free }[stand];
  const x = box.x + { start: 0, middle: box.width / 2, end: box.width }[align];
  const marks = fitted.lines.flatMap((line, index) =>
    line === ''
      ? []
      : textAt(line, x, baselineBelow(top + index * advance, fitted.sizePt), {
          sizePt: fitted.sizePt,
          weight,
          align,
          ...(color === undefined ? {} : { color }),
        }),
  );
  return { marks, sizePt: Math.min(sizePt, fitted.sizePt), heightMm, overflows: fitted.overflows };
}

/** Height the paragraphs take at their full size in a column of this width. */
export function blockHeight(paragraphs: readonly string[], width: number, look: BlockLook): number {
  return heightOf(linesOf(paragraphs, width, look.sizePt, look).length, look.sizePt, look);
}

/** The line, cut at its end where it is wider than given. */
export function cutLine(line: string, width: number, sizePt: number, weight: FontWeight): string {
  if (textWidthMm(line, sizePt, weight) <= width) return line;
  const characters = [...line];
  while (characters.length > 0 && textWidthMm(characters.join('') + CUT, sizePt, weight) > width)
    characters.pop();
  return characters.join('').trimEnd() + CUT;
}

function fitLines(paragraphs: readonly string[], box: Box, look: BlockLook) {
  const leastPt = Math.min(look.sizePt, look.leastPt ?? look.sizePt * 0.7);
  for (let sizePt = look.sizePt; ; sizePt = Math.max(leastPt, sizePt - STEP_PT)) {
    const lines = linesOf(paragraphs, box.width, sizePt, look);
    if (fits(lines.length, sizePt, box.height, look)) return { lines, sizePt, overflows: false };
    if (sizePt <= leastPt) return cutLines(lines, sizePt, box, look);
  }
}

function cutLines(lines: readonly string[], sizePt: number, box: Box, look: BlockLook) {
  let most = lines.length;
  while (most > 1 && !fits(most, sizePt, box.height, look)) most -= 1;
  const kept = lines.slice(0, most);
  const last = kept.pop() ?? '';
  const weight = look.weight ?? 'regular';
  return { lines: [...kept, cutLine(`${last}${CUT}`, box.width, sizePt, weight)], sizePt, overflows: true };
}

function linesOf(paragraphs: readonly string[], width: number, sizePt: number, look: BlockLook): string[] {
  return paragraphs.flatMap((paragraph) => wrapText(paragraph, width, sizePt, look.weight ?? 'regular'));
}

function fits(lines: number, sizePt: number, height: number, look: BlockLook): boolean {
  return (
    lines <= (look.maxLines ?? Number.POSITIVE_INFINITY) && heightOf(lines, sizePt, look) <= height + 0.01
  );
}

function advanceOf(sizePt: number, { leading = 1.35 }: BlockLook): number {
  return sizePt * mmPerPt * leading;
}

function heightOf(lines: number, sizePt: number, look: BlockLook): number {
  return lines === 0 ? 0 : (lines - 1) * advanceOf(sizePt, look) + sizePt * mmPerPt;
}
