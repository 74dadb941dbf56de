/**
 * The shapes of point symbols and hatches as path data: one definition that map, legend, layer list and paper
 * draw from. Pure: nothing here knows a canvas or a document.
 */
import type { LayerDraw, SymbolKind } from '../catalogue/layer-definition.ts';

export type ShapePath = { d: string; fill?: string; stroke?: string; strokeWidth?: number };
export type Hatch = NonNullable<LayerDraw['hatch']>;

/** Symbols are drawn in a square of this many units; at 12 px one unit is half a pixel. */
export const SYMBOL_BOX = 24;

const INK = '#1F2933';
const WHITE = '#FFFFFF';
const CENTER = SYMBOL_BOX / 2;
const RING_RADIUS = 9.1;
const RING_WIDTH = 2.6;

function circle(radius: number): string {
  return `M${CENTER} ${CENTER - radius}A${radius} ${radius} 0 1 1 ${CENTER} ${CENTER + radius}A${radius} ${radius} 0 1 1 ${CENTER} ${CENTER - radius}Z`;
}

/** Part of the disc from 12 o'clock clockwise; quarters is 1, 2 or 3. */
function sector(quarters: 1 | 2 | 3): string {
  const r = RING_RADIUS;
  const end = { 1: [CENTER + r, CENTER], 2: [CENTER, CENTER + r], 3: [CENTER - r, CENTER] }[quarters];
  return `M${CENTER} ${CENTER}V${CENTER - r}A${r} ${r} 0 ${quarters > 2 ? 1 : 0} 1 ${end.join(' ')}Z`;
}

function ring(fill: ShapePath[]): ShapePath[] {
  return [
    { d: circle(SYMBOL_BOX / 2), fill: WHITE },
    { d: circle(RING_RADIUS), fill: WHITE },
    ...fill,
    { d: circle(RING_RADIUS), stroke: INK, strokeWidth: RING_WIDTH },
  ];
}

const TRIANGLE = 'M12 2.2L22 20.6H2Z';
const CROSS = 'M7.5 7.5L16.5 16.5M16.5 7.5L7.5 16.5';

const symbols: Record<SymbolKind, (color: string) => ShapePath[]> = {
  'ring-empty': () => ring([]),
  'ring-quarter': (color) => ring([{ d: sector(1), fill: color }]),
  'ring-half': (color) => ring([{ d: sector(2), fill: color }]),
  'ring-three-quarter': (color) => ring([{ d: sector(3), fill: color }]),
  'ring-full': (color) => ring([{ d: circle(RING_RADIUS), fill: color }]),
  'ring-check': (color) => [
    ...ring([{ d: circle(RING_RADIUS), fill: color }]),
    { d: 'M7.4 12.4L10.7 15.6L16.6 9', stroke: WHITE, strokeWidth: 2.8 },
  ],
  'triangle-alert': (color) => [
    { d: TRIANGLE, fill: WHITE, stroke: WHITE, strokeWidth: 4.2 },
    { d: TRIANGLE, fill: color, stroke: INK, strokeWidth: 1.6 },
    { d: 'M12 8.4V14.2M12 16.6V18.4', stroke: WHITE, strokeWidth: 2.2 },
  ],
  'cross-small': (color) => [
    { d: CROSS, stroke: WHITE, strokeWidth: 7.4 },
    { d: CROSS, stroke: INK, strokeWidth: 5 },
    { d: CROSS, stroke: color, strokeWidth: 2.6 },
  ],
};

/** Paths of a symbol, lowest first, in a box of SYMBOL_BOX units. */
export function symbolShapes(symbol: NonNullable<LayerDraw['symbol']>): ShapePath[] {
  return symbols[symbol.kind](symbol.color);
}

/**
 * One tile of a hatch that repeats without a seam: its side in pixels and its lines, which run past
 * the edges so that corners stay whole. Diagonal spacing is measured across the lines.
 */
export function hatchTile(hatch: Hatch): { sizePx: number; d: string } {
  if (hatch.kind === 'wave') {
    const size = Math.round(hatch.spacingPx);
    const half = size / 2;
    const rise = size * 0.32;
    return {
      sizePx: size,
      d: `M${-half} ${half}q${half / 2} ${-rise} ${half} 0t${half} 0t${half} 0t${half} 0`,
    };
  }
  const size = Math.max(2, Math.round(hatch.spacingPx * Math.SQRT2));
  const rising = `M-1 1L1 -1M0 ${size}L${size} 0M${size - 1} ${size + 1}L${size + 1} ${size - 1}`;
  if (hatch.kind === 'diagonal') return { sizePx: size, d: rising };
  const falling = `M-1 ${size - 1}L1 ${size + 1}M0 0L${size} ${size}M${size - 1} -1L${size + 1} 1`;
  return { sizePx: size, d: `${rising}${falling}` };
}
