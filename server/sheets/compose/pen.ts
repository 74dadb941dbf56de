/** Marks that the furniture of a sheet is drawn with, and its colours. Millimetres; text sizes in points. */
import type { Box, FontWeight, GroupMark, Mark, PathMark, TextMark } from '../page.ts';

export const ink = '#1F2933';
export const softInk = '#52606D';
export const hairline = '#9AA5B1';
export const accent = '#0B5CAD';
export const mmPerPt = 25.4 / 72;

/** Share of the size from the baseline up to the top of a Chinese character, and down to its foot. */
const ABOVE = 0.88;
const BELOW = 0.12;

/** To the thousandth of a millimetre: the same sheet gives the same bytes. */
export function mm(value: number): number {
  return Math.round(value * 1000) / 1000;
}

type TextLook = {
  sizePt: number;
  weight?: FontWeight;
  color?: string;
  align?: TextMark['align'];
  halo?: TextMark['halo'];
};

/** One line of text with its baseline at y. */
export function textAt(text: string, x: number, y: number, look: TextLook): TextMark {
  const { sizePt, weight = 'regular', color = ink, align = 'start', halo } = look;
  const mark: TextMark = { kind: 'text', text, x: mm(x), y: mm(y), sizePt, weight, color, align };
  return halo === undefined ? mark : { ...mark, halo };
}

/** Baseline of a line whose characters stand in the middle of a row. */
export function baselineInRow(top: number, height: number, sizePt: number): number {
  return top + height / 2 + ((ABOVE - BELOW) / 2) * sizePt * mmPerPt;
}

/** Baseline of a line whose characters begin at `top`. */
export function baselineBelow(top: number, sizePt: number): number {
  return top + ABOVE * sizePt * mmPerPt;
}

export function lineAt(
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  widthMm: number,
  color = ink,
): PathMark {
  return {
    kind: 'path',
    d: `M${mm(x1)} ${mm(y1)}L${mm(x2)} ${mm(y2)}`,
    stroke: { color, widthMm: mm(widthMm) },
  };
}

export function boxPath({ x, y, width, height }: Box): string {
  return `M${mm(x)} ${mm(y)}H${mm(x + width)}V${mm(y + height)}H${mm(x)}Z`;
}

export function boxAt(
  box: Box,
  paint: { fill?: string; opacity?: number; stroke?: string; widthMm?: number },
): PathMark {
  const mark: PathMark = { kind: 'path', d: boxPath(box) };
  if (paint.fill !== undefined) {
    mark.fill =
      paint.opacity === undefined ? { color: paint.fill } : { color: paint.fill, opacity: paint.opacity };
  }
  if (paint.stroke !== undefined) {
    mark.stroke = { color: paint.stroke, widthMm: mm(paint.widthMm ?? 0.25), join: 'miter' };
  }
  return mark;
}

export function groupOf(id: string, marks: readonly Mark[]): GroupMark {
  return { kind: 'group', id, marks };
}

/** The box less `by` mm on every side, never smaller than nothing. */
export function inside(box: Box, by: number): Box {
  return {
    x: box.x + by,
    y: box.y + by,
    width: Math.max(0, box.width - 2 * by),
    height: Math.max(0, box.height - 2 * by),
  };
}
