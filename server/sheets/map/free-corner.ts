/** The corner of the map with the least in it, for the north arrow: labels stay out of it. Pure. */
import type { Box } from '../page.ts';
import type { SheetContent } from '../sheet-content.ts';
import { focusRings } from './focus-mask.ts';
import { type MapLayer, prepareLayers } from './map-layer.ts';
import { boxesMeet, isInside } from './paper-geometry.ts';
import type { Run } from './paper-shape.ts';
import { symbolSizeMm } from './symbol-marks.ts';

/** An arrow of 8 × 16 mm with its word above and some air. */
const CORNER_MM = { width: 12, height: 23 };
const MARGIN_MM = 3;
/** Of two corners alike the upper right one is taken, then the upper left. */
const ORDER_WEIGHT = 0.3;

/** Box for the north arrow, in millimetres of the page. */
export function freeCorner(content: SheetContent): Box {
  return freeCornerOf(
    prepareLayers(content).layers,
    focusRings(content.focusShape, content.plan.map.frame),
    content,
  );
}

/** As freeCorner, with what is already at hand. */
export function freeCornerOf(
  layers: readonly MapLayer[],
  focus: readonly Run[],
  { plan }: SheetContent,
): Box {
  const { frame } = plan.map;
  const { sizeFactor } = plan.layout;
  const [width, height, margin] = [CORNER_MM.width, CORNER_MM.height, MARGIN_MM].map((mm) => mm * sizeFactor);
  const size = { width: width ?? 0, height: height ?? 0 };
  const [left, top] = [frame.x + (margin ?? 0), frame.y + (margin ?? 0)];
  const right = frame.x + frame.width - (margin ?? 0) - size.width;
  const bottom = frame.y + frame.height - (margin ?? 0) - size.height;
  const furniture = Object.values(plan.layout.parts).filter((part) => boxesMeet(part, frame));
  const corners: Box[] = [
    { x: right, y: top, ...size },
    { x: left, y: top, ...size },
    { x: right, y: bottom, ...size },
    { x: left, y: bottom, ...size },
  ];
  const weighed = corners.map((box, index) => ({
    box,
    weight:
      furniture.filter((part) => boxesMeet(part, box)).length * 1000 +
      crowdIn(box, layers, focus, sizeFactor) +
      index * ORDER_WEIGHT,
  }));
  weighed.sort((a, b) => a.weight - b.weight);
  return weighed[0]?.box ?? { x: right, y: top, ...size };
}

/** Symbols weigh most, then shapes, then ground of the focus. */
function crowdIn(box: Box, layers: readonly MapLayer[], focus: readonly Run[], sizeFactor: number): number {
  let crowd = 0;
  for (const { form, features, definition } of layers) {
    for (const { anchor, draw, shape, bounds } of features) {
      if (form === 'symbol' && anchor !== null && draw.symbol !== undefined) {
        const size = symbolSizeMm(draw.symbol, sizeFactor);
        const own = { x: anchor.x - size / 2, y: anchor.y - size / 2, width: size, height: size };
        if (boxesMeet(own, box)) crowd += 20;
      } else if (
        form !== 'symbol' &&
        definition.group !== 'base' &&
        bounds !== null &&
        boxesMeet(bounds, box)
      ) {
        crowd += sampled(box, (x, y) => isInside(shape.polygons.flat(), x, y)) * 5;
      }
    }
  }
  return crowd + (focus.length === 0 ? 0 : sampled(box, (x, y) => isInside(focus, x, y)) * 3);
}

/** Share of a grid of points for which it holds. */
function sampled({ x, y, width, height }: Box, holds: (x: number, y: number) => boolean): number {
  let count = 0;
  for (const across of [0, 0.25, 0.5, 0.75, 1]) {
    for (const down of [0, 0.25, 0.5, 0.75, 1]) if (holds(x + width * across, y + height * down)) count += 1;
  }
  return count / 25;
}
