/** Questions of plane geometry on the page: bounds, inside, meeting a box. Millimetres; pure. */
import type { Box } from '../page.ts';
import type { PaperPolygon, PaperShape, Run } from './paper-shape.ts';

/** Bounds of all runs; null without any point. */
export function boundsOf(runs: readonly Run[]): Box | null {
  let minX = Infinity;
  let minY = Infinity;
  let maxX = -Infinity;
  let maxY = -Infinity;
  for (const run of runs) {
    for (let index = 0; index < run.length; index += 2) {
      const x = run[index] ?? 0;
      const y = run[index + 1] ?? 0;
      if (x < minX) minX = x;
      if (x > maxX) maxX = x;
      if (y < minY) minY = y;
      if (y > maxY) maxY = y;
    }
  }
  return minX > maxX ? null : { x: minX, y: minY, width: maxX - minX, height: maxY - minY };
}

/** All runs of a shape, points as one run. */
export function runsOf(shape: PaperShape): Run[] {
  return [...shape.polygons.flat(), ...shape.lines, ...(shape.points.length > 0 ? [shape.points] : [])];
}

/** By the even-odd rule over all rings. */
export function isInside(rings: readonly Run[], x: number, y: number): boolean {
  let inside = false;
  for (const ring of rings) {
    let fromX = ring.at(-2) ?? 0;
    let fromY = ring.at(-1) ?? 0;
    for (let index = 0; index < ring.length; index += 2) {
      const toX = ring[index] ?? 0;
      const toY = ring[index + 1] ?? 0;
      if (fromY > y !== toY > y && x < ((fromX - toX) * (y - toY)) / (fromY - toY) + toX) inside = !inside;
      fromX = toX;
      fromY = toY;
    }
  }
  return inside;
}

/** Whether two boxes share area. */
export function boxesMeet(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

export function isBoxWithin(inner: Box, outer: Box): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

export function isPointWithin(x: number, y: number, box: Box): boolean {
  return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
}

/** A box that is larger by the margin on every side. */
export function grownBox({ x, y, width, height }: Box, margin: number): Box {
  return { x: x - margin, y: y - margin, width: width + 2 * margin, height: height + 2 * margin };
}

/** Whether anything of the shape lies in the box: not its bounds, the shape itself. */
export function shapeMeetsBox(shape: PaperShape, box: Box): boolean {
  const runs = runsOf(shape);
  const bounds = boundsOf(runs);
  if (bounds === null) return false;
  if (isBoxWithin(bounds, box)) return true;
  if (!boxesMeet(grownBox(bounds, 1e-9), box)) return false;
  const lines = [...shape.polygons.flat(), ...shape.lines];
  if (lines.some((line) => lineMeetsBox(line, box))) return true;
  if (shape.polygons.some((polygon) => isInside(polygon, box.x + box.width / 2, box.y + box.height / 2)))
    return true;
  for (let index = 0; index < shape.points.length; index += 2) {
    if (isPointWithin(shape.points[index] ?? 0, shape.points[index + 1] ?? 0, box)) return true;
  }
  return false;
}

function lineMeetsBox(line: Run, box: Box): boolean {
  for (let index = 0; index + 3 < line.length; index += 2) {
    if (
      segmentMeetsBox(line[index] ?? 0, line[index + 1] ?? 0, line[index + 2] ?? 0, line[index + 3] ?? 0, box)
    ) {
      return true;
    }
  }
  return false;
}

/** Liang and Barsky: whether part of the segment lies in the box. */
export function segmentMeetsBox(x1: number, y1: number, x2: number, y2: number, box: Box): boolean {
  let [from, to] = [0, 1];
  const edges: [number, number][] = [
    [x1 - x2, x1 - box.x],
    [x2 - x1, box.x + box.width - x1],
    [y1 - y2, y1 - box.y],
    [y2 - y1, box.y + box.height - y1],
  ];
  for (const [step, room] of edges) {
    if (step === 0) {
      if (room < 0) return false;
    } else if (step < 0) from = Math.max(from, room / step);
    else to = Math.min(to, room / step);
    if (from > to) return false;
  }
  return true;
}

/** Area in mm² of a ring: positive when it runs clockwise as seen on the page. */
export function signedArea(ring: Run): number {
  let sum = 0;
  let fromX = ring.at(-2) ?? 0;
  let fromY = ring.at(-1) ?? 0;
  for (let index = 0; index < ring.length; index += 2) {
    const toX = ring[index] ?? 0;
    const toY = ring[index + 1] ?? 0;
    sum += fromX * toY - toX * fromY;
    fromX = toX;
    fromY = toY;
  }
  return sum / 2;
}

/** Area of the outer ring, mm²; 0 without one. */
export function polygonArea(polygon: PaperPolygon): number {
  return Math.abs(signedArea(polygon[0] ?? []));
}
