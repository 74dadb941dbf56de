/** Point symbols on paper: their size, their order, their marks. Pure. */
import type { LayerDraw } from '../../../geodata/catalogue/layer-definition.ts';
import { SYMBOL_BOX, symbolShapes } from '../../../geodata/domain/symbol-shapes.ts';
import type { PathMark } from '../page.ts';

type LayerSymbol = NonNullable<LayerDraw['symbol']>;

/** Side of the square of a symbol, its white rim included, so that the ring itself is 3 mm wide. */
const SYMBOL_MM = 3.4;
/** A triangle of the rings' size would look smaller than they do. */
const TRIANGLE_FACTOR = 1.3;

/** Side in millimetres of the square that a symbol covers. */
export function symbolSizeMm({ kind }: LayerSymbol, sizeFactor: number): number {
  return SYMBOL_MM * sizeFactor * (kind === 'triangle-alert' ? TRIANGLE_FACTOR : 1);
}

/** Marks of a symbol with its centre at (x, y). */
export function symbolMarks(symbol: LayerSymbol, x: number, y: number, sizeMm: number): PathMark[] {
  const scale = sizeMm / SYMBOL_BOX;
  const at = { x: x - sizeMm / 2, y: y - sizeMm / 2, scale };
  return symbolShapes(symbol).map(({ d, fill, stroke, strokeWidth }) => ({
    kind: 'path',
    d,
    ...(fill === undefined ? {} : { fill: { color: fill } }),
    ...(stroke === undefined ? {} : { stroke: { color: stroke, widthMm: strokeWidth ?? 1 } }),
    at,
  }));
}

/** Higher is drawn above: problems on top, what is left out of the list at the bottom; of the rest, the less finished above. */
export function symbolRank({ symbol }: LayerDraw, caseIndex: number): number {
  if (symbol?.kind === 'triangle-alert') return 100;
  return symbol?.kind === 'cross-small' ? 0 : 50 - caseIndex;
}
