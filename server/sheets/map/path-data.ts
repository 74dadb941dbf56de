/** Path data of runs and boxes in millimetres, to the hundredth. Pure. */
import type { Box } from '../page.ts';
import type { Run } from './paper-shape.ts';

/** Every ring as a closed subpath; the closing point is not repeated. */
export function ringsPath(rings: readonly Run[]): string {
  return rings.map((ring) => `${runPath(ring, ring.length - (isClosed(ring) ? 2 : 0))}Z`).join('');
}

/** Every line as an open subpath. */
export function linesPath(lines: readonly Run[]): string {
  return lines.map((line) => runPath(line, line.length)).join('');
}

export function boxPath({ x, y, width, height }: Box): string {
  return ringsPath([[x, y, x + width, y, x + width, y + height, x, y + height]]);
}

/** To the hundredth of a millimetre. */
export function roundMm(value: number): number {
  return Math.round(value * 100) / 100;
}

function isClosed(ring: Run): boolean {
  return ring.length > 4 && ring[0] === ring.at(-2) && ring[1] === ring.at(-1);
}

function runPath(run: Run, length: number): string {
  let d = '';
  for (let index = 0; index < length; index += 2) {
    d += `${index === 0 ? 'M' : 'L'}${roundMm(run[index] ?? 0)} ${roundMm(run[index + 1] ?? 0)}`;
  }
  return d;
}
