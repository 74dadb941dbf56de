/**
 * The edges of areas that fill a region without gaps (counties), told apart: borders between two of them, each once
 * so that its dashes stay dashes, and the outer edge of all. Neighbours need not share vertices: simplified shapes
 * differ by a tenth of a millimetre. Millimetres; pure.
 */
import type { Box } from '../page.ts';
import {
  boundsOf,
  grownBox,
  isInside,
  isPointWithin,
  segmentMeetsBox,
  signedArea,
} from './paper-geometry.ts';
import type { PaperPolygon, Run } from './paper-shape.ts';

/** How far outside an edge the neighbour is looked for. */
const PROBE_MM = 0.35;
const PIECE_MM = 1;

type Area = { index: number; rings: PaperPolygon; bounds: Box };
type Edge = 'inner' | 'outer' | 'none';

/** Lines within the box; `none` is what another area draws, or what lies outside the box. */
export function borderLines(areas: readonly PaperPolygon[][], within: Box): { inner: Run[]; outer: Run[] } {
  const visible = grownBox(within, PIECE_MM);
  const all = areas.flatMap((polygons, index) =>
    polygons.flatMap((rings): Area[] => {
      const bounds = boundsOf(rings);
      return bounds === null ? [] : [{ index, rings, bounds: grownBox(bounds, PROBE_MM) }];
    }),
  );
  const lines: { inner: Run[]; outer: Run[] } = { inner: [], outer: [] };
  for (const area of all) {
    area.rings.forEach((ring, ringIndex) => {
      // Clockwise outer rings and counter-clockwise holes have their outside on the left of the way.
      const side = signedArea(ring) > 0 === (ringIndex === 0) ? 1 : -1;
      walk(ring, side, visible, (x, y) => kindOf(all, area.index, x, y), lines);
    });
  }
  return lines;
}

function kindOf(all: readonly Area[], own: number, x: number, y: number): Edge {
  const neighbour = all.find(
    ({ index, rings, bounds }) => index !== own && isPointWithin(x, y, bounds) && isInside(rings, x, y),
  );
  if (neighbour === undefined) return 'outer';
  return own < neighbour.index ? 'inner' : 'none';
}

/** Goes round the ring in pieces and strings together those of one kind. */
function walk(
  ring: Run,
  side: 1 | -1,
  visible: Box,
  probe: (x: number, y: number) => Edge,
  lines: { inner: Run[]; outer: Run[] },
): void {
  let kind: Edge = 'none';
  let line: Run = [];
  const finish = (): void => {
    if (kind !== 'none' && line.length >= 4) lines[kind].push(line);
  };
  for (let index = 0; index + 3 < ring.length; index += 2) {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = ring.slice(index, index + 4);
    const length = Math.hypot(x2 - x1, y2 - y1);
    if (length === 0) continue;
    const [outX, outY] = [((y2 - y1) / length) * side * PROBE_MM, (-(x2 - x1) / length) * side * PROBE_MM];
    const isVisible = segmentMeetsBox(x1, y1, x2, y2, visible);
    const pieces = isVisible ? Math.ceil(length / PIECE_MM) : 1;
    for (let piece = 0; piece < pieces; piece += 1) {
      const at = (share: number): [number, number] => [x1 + (x2 - x1) * share, y1 + (y2 - y1) * share];
      const [midX, midY] = at((piece + 0.5) / pieces);
      const next = isVisible ? probe(midX + outX, midY + outY) : 'none';
      if (next !== kind) {
        finish();
        kind = next;
        line = [...at(piece / pieces)];
      } else if (piece > 0) line.splice(-2);
      line.push(...at((piece + 1) / pieces));
    }
  }
  finish();
}
