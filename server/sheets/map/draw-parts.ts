/** Fill, hatch and stroke of a drawing as marks: the one place where map and legend turn a definition into paint. Pure. */
import type { LayerDraw } from '../../../geodata/catalogue/layer-definition.ts';
import type { Mark, PageStroke, PathMark } from '../page.ts';
import { hatchLines } from './hatch-lines.ts';
import type { Run } from './paper-shape.ts';
import { linesPath, ringsPath, roundMm } from './path-data.ts';
import { mmPerPixel } from './print-scale.ts';

/** Factors on the definition's millimetres: of strokes, and of symbols and the spacing of hatches. */
export type DrawSizes = { line: number; size: number };

export const casingColor = '#FFFFFF';
/** A hatch of one pixel would be heavier on paper than the outline round it. */
const HATCH_MM_PER_PIXEL = 0.17;
/** On each side of a line. */
const CASING_MM = 0.3;

/** The filled rings; none where the drawing has no fill. */
export function fillMarks({ fill }: LayerDraw, rings: readonly Run[]): PathMark[] {
  if (fill === undefined || fill.opacity === 0 || rings.length === 0) return [];
  return [{ kind: 'path', d: ringsPath(rings), fill: { color: fill.color, opacity: fill.opacity } }];
}

/** One path with the hatch lines of all shapes, each told by its rings. */
export function hatchMarks({ hatch }: LayerDraw, shapes: readonly Run[][], sizes: DrawSizes): PathMark[] {
  if (hatch === undefined) return [];
  const spacing = hatch.spacingPx * mmPerPixel * sizes.size;
  const d = linesPath(shapes.flatMap((rings) => hatchLines(rings, hatch.kind, spacing)));
  if (d === '') return [];
  const widthMm = roundMm(hatch.widthPx * HATCH_MM_PER_PIXEL * sizes.line);
  return [{ kind: 'path', d, stroke: { color: hatch.color, widthMm } }];
}

/** A stroke as the definition has it, its dashes in multiples of its width. */
export function pageStroke(stroke: NonNullable<LayerDraw['stroke']>, lineFactor: number): PageStroke {
  const widthMm = stroke.widthMm * lineFactor;
  return {
    color: stroke.color,
    widthMm: roundMm(widthMm),
    ...(stroke.dash ? { dashMm: stroke.dash.map((part) => roundMm(part * widthMm)) } : {}),
  };
}

/** The stroke along path data, on a white casing where asked. */
export function strokeMarks(
  stroke: LayerDraw['stroke'],
  d: string,
  lineFactor: number,
  cased: boolean,
): Mark[] {
  if (stroke === undefined || d === '') return [];
  const own = pageStroke(stroke, lineFactor);
  const casing: PathMark = {
    kind: 'path',
    d,
    stroke: { color: casingColor, widthMm: roundMm(own.widthMm + 2 * CASING_MM * lineFactor) },
  };
  return [...(cased ? [casing] : []), { kind: 'path', d, stroke: own }];
}
