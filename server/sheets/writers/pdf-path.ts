/** Path data as operators of a PDF content stream, in the same units and the same direction of y. */
import { readPath } from './path-data.ts';
import { rounded } from './rounded.ts';

/** `box`: [minX, minY, maxX, maxY] of all points and control points; empty paths have zeros. */
export type PdfPath = { operators: string; box: readonly [number, number, number, number] };

/** Builds the path, without painting it. Throws a TypeError on what is no path data. */
export function pdfPath(d: string): PdfPath {
  const parts: string[] = [];
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  const point = (x: number, y: number): string => {
    if (x < minX) minX = x;
    if (x > maxX) maxX = x;
    if (y < minY) minY = y;
    if (y > maxY) maxY = y;
    return `${rounded(x)} ${rounded(y)}`;
  };
  readPath(d, {
    moveTo: (x, y) => parts.push(`${point(x, y)} m`),
    lineTo: (x, y) => parts.push(`${point(x, y)} l`),
    curveTo: (x1, y1, x2, y2, x, y) => parts.push(`${point(x1, y1)} ${point(x2, y2)} ${point(x, y)} c`),
    close: () => parts.push('h'),
  });
  return { operators: parts.join('\n'), box: minX > maxX ? [0, 0, 0, 0] : [minX, minY, maxX, maxY] };
}
