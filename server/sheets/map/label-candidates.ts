/** Where a label may stand, best first: beside a point, in or beside an area, along a line. Millimetres; pure. */
import type { Box } from '../page.ts';
import type { LabelText } from './label-box.ts';
import { boundsOf, grownBox, isInside, polygonArea } from './paper-geometry.ts';
import type { PaperPolygon, Run } from './paper-shape.ts';

export type Leader = readonly [x1: number, y1: number, x2: number, y2: number];
export type Candidate = {
  /** Middle of the text. */
  x: number;
  y: number;
  degrees: number;
  /** All that the text covers; several where it is turned. */
  boxes: Box[];
  leader?: Leader;
  /** Must hold no symbol but the label's own: beside another's it would be read as that one's name. */
  air?: Box;
};

const GAPS_MM = [0.3, 1.1];
const LEADER_FROM_MM = [2.5, 5, 7.5, 10, 12];
const LEADER_DIRECTIONS = 16;
const EDGE_MM = 0.15;
const AIR_MM = 0.7;

type LevelCandidate = Candidate & { box: Box };

function level(x: number, y: number, { width, height }: LabelText): LevelCandidate {
  const box = {
    x: x - width / 2 - EDGE_MM,
    y: y - height / 2,
    width: width + 2 * EDGE_MM,
    height,
  };
  return { x, y, degrees: 0, box, boxes: [box] };
}

/**
 * Right, left, above, below, the diagonals, at two distances and away from other symbols; then at the end of a leader of
 * up to 14 mm (× the sheet's size factor); at last close to other symbols.
 */
export function* besidePoint(
  x: number,
  y: number,
  radius: number,
  label: LabelText,
  sizeFactor = 1,
): Generator<Candidate> {
  const near = [...beside({ x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius }, label)];
  for (const candidate of near) yield { ...candidate, air: grownBox(candidate.box, AIR_MM) };
  for (const from of LEADER_FROM_MM) {
    for (let step = 0; step < LEADER_DIRECTIONS; step += 1) {
      // Alternating sides of the right: nearer to level first.
      const turn = (step % 2 === 0 ? step : -step - 1) / 2;
      yield besideDirection(x, y, radius, from * sizeFactor, (turn * 2 * Math.PI) / LEADER_DIRECTIONS, label);
    }
  }
  yield* near;
}

function besideDirection(
  x: number,
  y: number,
  radius: number,
  from: number,
  angle: number,
  label: LabelText,
): Candidate {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [endX, endY] = [x + cos * (radius + from), y + sin * (radius + from)];
  const isLevel = Math.abs(cos) > 0.3;
  const middleX = isLevel ? endX + Math.sign(cos) * (label.width / 2 + EDGE_MM + 0.2) : endX;
  const middleY = isLevel ? endY : endY + Math.sign(sin) * (label.height / 2 + 0.1);
  return {
    ...level(middleX, middleY, label),
    leader: [x + cos * radius, y + sin * radius, endX, endY],
  };
}

/** Round a box, at two distances. */
export function* beside(box: Box, label: LabelText): Generator<LevelCandidate> {
  const [middleX, middleY] = [box.x + box.width / 2, box.y + box.height / 2];
  for (const gap of GAPS_MM) {
    const outX = box.width / 2 + gap + label.width / 2 + EDGE_MM;
    const outY = box.height / 2 + gap + label.height / 2;
    for (const [dx, dy] of [
      [outX, 0],
      [-outX, 0],
      [0, -outY],
      [0, outY],
      [outX, -outY * 0.72],
      [outX, outY * 0.72],
      [-outX, -outY * 0.72],
      [-outX, outY * 0.72],
    ] as const) {
      yield level(middleX + dx, middleY + dy, label);
    }
  }
}

const GRID = 8;
const BEST_INSIDE = 14;
/** Of a name that has to stand somewhere. */
const MORE_INSIDE = 49;

/**
 * Inside the polygon: at the anchor where the label fits there, else where there is most room; then over its edge, if the
 * polygon is not so small that the label would hide it (unless it may). `visible`: the part of the page looked at.
 */
export function* insideArea(
  polygons: readonly PaperPolygon[],
  anchor: { x: number; y: number } | null,
  visible: Box,
  label: LabelText,
  mayHide: boolean,
): Generator<Candidate> {
  const polygon = [...polygons].sort((a, b) => polygonArea(b) - polygonArea(a))[0];
  const bounds = polygon === undefined ? null : boundsOf(polygon);
  if (polygon === undefined || bounds === null) return;
  const places = [
    ...(anchor === null ? [] : [anchor]),
    ...roomyPlaces(polygon, overlapOf(bounds, visible), label).slice(0, mayHide ? MORE_INSIDE : BEST_INSIDE),
  ];
  const candidates = places.map(({ x, y }) => level(x, y, label));
  yield* candidates.filter(({ boxes }) => boxes.every((box) => isBoxInside(polygon, box)));
  if (bounds.width > label.width * 0.7 && bounds.height > label.height * 0.7) {
    yield* candidates.filter(({ x, y }) => isInside(polygon, x, y));
  }
}

/** Points of a grid inside the polygon, those first whose surroundings lie inside too. */
function roomyPlaces(polygon: PaperPolygon, box: Box, label: LabelText): { x: number; y: number }[] {
  const places: { x: number; y: number; room: number }[] = [];
  const [centerX, centerY] = [box.x + box.width / 2, box.y + box.height / 2];
  for (let row = 1; row < GRID; row += 1) {
    for (let column = 1; column < GRID; column += 1) {
      const x = box.x + (box.width * column) / GRID;
      const y = box.y + (box.height * row) / GRID;
      if (!isInside(polygon, x, y)) continue;
      const off = Math.hypot((x - centerX) / (box.width + 1), (y - centerY) / (box.height + 1));
      places.push({ x, y, room: roomAt(polygon, x, y, label) - off });
    }
  }
  return places.sort((a, b) => b.room - a.room);
}

function roomAt(polygon: PaperPolygon, x: number, y: number, { width, height }: LabelText): number {
  let room = 0;
  for (const reach of [0.5, 1]) {
    for (const [dx, dy] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
      [1, 1],
      [-1, 1],
      [1, -1],
      [-1, -1],
    ] as const) {
      if (isInside(polygon, x + dx * reach * width, y + dy * reach * Math.max(height, width / 2))) room += 1;
    }
  }
  return room;
}

function isBoxInside(polygon: PaperPolygon, { x, y, width, height }: Box): boolean {
  return [0, 0.5, 1].every((across) =>
    [0, 0.5, 1].every((down) => isInside(polygon, x + width * across, y + height * down)),
  );
}

function overlapOf(a: Box, b: Box): Box {
  const [x, y] = [Math.max(a.x, b.x), Math.max(a.y, b.y)];
  return {
    x,
    y,
    width: Math.max(0, Math.min(a.x + a.width, b.x + b.width) - x),
    height: Math.max(0, Math.min(a.y + a.height, b.y + b.height) - y),
  };
}

/** A line that leaves its own chord by more than this share of the text's height is too bent there. */
const MOST_BEND = 0.9;
const LINE_GAP_MM = 0.35;
const MOST_PLACES = 24;

/** Along the lines where they are straightest, upright, above or else below; at last level beside their middles. */
export function* alongLines(lines: readonly Run[], label: LabelText): Generator<Candidate> {
  const places = lines
    .flatMap((line) => straightPlaces(line, label.width))
    .filter(({ bend }) => bend <= label.height * MOST_BEND);
  places.sort((a, b) => a.bend - b.bend);
  for (const place of places.slice(0, MOST_PLACES)) {
    yield turned(place, label, -1);
    yield turned(place, label, 1);
  }
  for (const line of lines) {
    const middle = 2 * Math.floor(line.length / 4);
    yield* beside({ x: line[middle] ?? 0, y: line[middle + 1] ?? 0, width: 0, height: 0 }, label);
  }
}

type StraightPlace = { x: number; y: number; angle: number; bend: number };

function straightPlaces(line: Run, width: number): StraightPlace[] {
  if (line.length < 4) return [];
  const lengths = [0];
  for (let index = 2; index < line.length; index += 2) {
    const step = Math.hypot(
      (line[index] ?? 0) - (line[index - 2] ?? 0),
      (line[index + 1] ?? 0) - (line[index - 1] ?? 0),
    );
    lengths.push((lengths.at(-1) ?? 0) + step);
  }
  const total = lengths.at(-1) ?? 0;
  const places: StraightPlace[] = [];
  const step = Math.max(width / 3, total / 60);
  for (let from = 0; from + width <= total; from += step) {
    const [x1, y1] = pointAt(line, lengths, from);
    const [x2, y2] = pointAt(line, lengths, from + width);
    const chord = Math.hypot(x2 - x1, y2 - y1);
    if (chord < width * 0.8) continue;
    let bend = 0;
    for (let share = 1; share < 8; share += 1) {
      const [x, y] = pointAt(line, lengths, from + (width * share) / 8);
      bend = Math.max(bend, Math.abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / chord);
    }
    places.push({ x: (x1 + x2) / 2, y: (y1 + y2) / 2, angle: Math.atan2(y2 - y1, x2 - x1), bend });
  }
  return places;
}

function pointAt(line: Run, lengths: number[], distance: number): [number, number] {
  let index = 1;
  while (index < lengths.length - 1 && (lengths[index] ?? 0) < distance) index += 1;
  const [before = 0, after = 0] = [lengths[index - 1], lengths[index]];
  const share = after > before ? (distance - before) / (after - before) : 0;
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = line.slice(2 * index - 2, 2 * index + 2);
  return [x1 + (x2 - x1) * share, y1 + (y2 - y1) * share];
}

function turned({ x, y, angle, bend }: StraightPlace, label: LabelText, side: 1 | -1): Candidate {
  const upright = Math.cos(angle) < 0 ? angle + Math.PI : angle;
  const [cos, sin] = [Math.cos(upright), Math.sin(upright)];
  const off = side * (bend + LINE_GAP_MM + label.height / 2);
  const [middleX, middleY] = [x - sin * off, y + cos * off];
  const count = Math.max(1, Math.ceil(label.width / label.height));
  const half = (label.height / 2) * (Math.abs(cos) + Math.abs(sin));
  const boxes = Array.from({ length: count }, (_, index): Box => {
    const along = ((index + 0.5) / count - 0.5) * label.width;
    return {
      x: middleX + cos * along - half,
      y: middleY + sin * along - half,
      width: 2 * half,
      height: 2 * half,
    };
  });
  return {
    x: middleX,
    y: middleY,
    degrees: (((((upright * 180) / Math.PI + 180) % 360) + 360) % 360) - 180,
    boxes,
  };
}
