/** What greys everything but the focus of a sheet, and the focus's own outline. Pure. */
import type { Box, Mark } from '../page.ts';
import { grownBox } from './paper-geometry.ts';
import { type Run, readPaperShapes } from './paper-shape.ts';
import { boxPath, ringsPath } from './path-data.ts';

const GREY = '#E9EAE6';
const GREY_OPACITY = 0.72;
const OUTLINE = { color: '#3D4650', widthMm: 0.5 };
const CASING = { color: '#FFFFFF', widthMm: 1.1 };

/** Rings of the focus on the page; none where nothing is greyed. Even-odd over all of them is inside or not. */
export function focusRings(focusShape: Uint8Array | null, frame: Box): Run[] {
  if (focusShape === null) return [];
  return readPaperShapes(focusShape, frame).flatMap(({ polygons }) => polygons.flat());
}

/** The frame without the focus, in grey that lets the neighbours show through. */
export function focusMask(rings: readonly Run[], frame: Box): Mark[] {
  if (rings.length === 0) return [];
  return [
    {
      kind: 'path',
      d: `${boxPath(grownBox(frame, 1))}${ringsPath(rings)}`,
      fill: { color: GREY, opacity: GREY_OPACITY },
    },
  ];
}

export function focusOutline(rings: readonly Run[], sizeFactor: number, cased: boolean): Mark[] {
  if (rings.length === 0) return [];
  const d = ringsPath(rings);
  const line = ({ color, widthMm }: { color: string; widthMm: number }): Mark => ({
    kind: 'path',
    d,
    stroke: { color, widthMm: widthMm * sizeFactor },
  });
  return [...(cased ? [line(CASING)] : []), line(OUTLINE)];
}
