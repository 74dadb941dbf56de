/** Geometries in tile units as the commands of Mapbox Vector Tile 2.1, chapter 4.3. */
import { clipRing } from './clip-ring.ts';
import type { Coordinates, TwkbGeometry } from './twkb.ts';

export const geometryTypes = { point: 1, line: 2, polygon: 3 } as const;

const moveTo = 1;
const lineTo = 2;
const closePath = 7;

/** What may lie outside the tile on each side. */
export type Range = { min: number; max: number };

/**
 * Command integers; none when nothing but degenerate parts is left. Points and rings are cut to the range,
 * rings turned as the format wants them; lines come already cut.
 */
export function encodeCommands(geometry: TwkbGeometry, range: Range): number[] {
  const commands: number[] = [];
  const cursor = { x: 0, y: 0 };
  const add = (run: Coordinates, from: number, to: number): void => {
    for (let index = from; index < to; index += 2) {
      const x = run[index] ?? 0;
      const y = run[index + 1] ?? 0;
      commands.push(zigzag(x - cursor.x), zigzag(y - cursor.y));
      cursor.x = x;
      cursor.y = y;
    }
  };
  const addRun = (run: Coordinates, points: number): void => {
    commands.push(command(moveTo, 1));
    add(run, 0, 2);
    commands.push(command(lineTo, points - 1));
    add(run, 2, points * 2);
  };
  switch (geometry.kind) {
    case 'point': {
      const points = pointsWithin(geometry.points, range);
      if (points.length > 0) {
        commands.push(command(moveTo, points.length / 2));
        add(points, 0, points.length);
      }
      break;
    }
    case 'line':
      for (const raw of geometry.lines) {
        const line = withoutRepeats(raw);
        if (line.length >= 4) addRun(line, line.length / 2);
      }
      break;
    case 'polygon':
      for (const polygon of geometry.polygons) {
        for (const ring of orientRings(polygon, range)) {
          addRun(ring, ring.length / 2 - 1);
          commands.push(command(closePath, 1));
        }
      }
      break;
  }
  return commands;
}

/** Rings with an area: the outer one clockwise on screen, holes the other way; without an outer ring none. */
function orientRings(polygon: Coordinates[], { min, max }: Range): Coordinates[] {
  const rings: Coordinates[] = [];
  for (const [index, raw] of polygon.entries()) {
    const ring = withoutRepeats(clipRing(raw, min, max));
    const area = ring.length >= 8 ? doubleArea(ring) : 0;
    if (area === 0) {
      if (index === 0) return [];
      continue;
    }
    const clockwise = area > 0;
    rings.push(clockwise === (index === 0) ? ring : reversed(ring));
  }
  return rings;
}

/** Twice the area, positive where the ring turns clockwise with y to the south. */
function doubleArea(ring: Coordinates): number {
  let sum = 0;
  for (let index = 0; index + 3 < ring.length; index += 2) {
    sum += (ring[index] ?? 0) * (ring[index + 3] ?? 0) - (ring[index + 2] ?? 0) * (ring[index + 1] ?? 0);
  }
  return sum;
}

function reversed(ring: Coordinates): Coordinates {
  const turned: Coordinates = [];
  for (let index = ring.length - 2; index >= 0; index -= 2)
    turned.push(ring[index] ?? 0, ring[index + 1] ?? 0);
  return turned;
}

function pointsWithin(points: Coordinates, { min, max }: Range): Coordinates {
  const within: Coordinates = [];
  for (let index = 0; index < points.length; index += 2) {
    const x = points[index] ?? 0;
    const y = points[index + 1] ?? 0;
    if (x >= min && x <= max && y >= min && y <= max) within.push(x, y);
  }
  return within;
}

/** The run itself where no vertex repeats the one before, as is usual. */
function withoutRepeats(run: Coordinates): Coordinates {
  let first = 2;
  while (first < run.length && (run[first] !== run[first - 2] || run[first + 1] !== run[first - 1]))
    first += 2;
  if (first >= run.length) return run;
  const kept = run.slice(0, first);
  for (let index = first + 2; index < run.length; index += 2) {
    const x = run[index] ?? 0;
    const y = run[index + 1] ?? 0;
    if (x !== kept[kept.length - 2] || y !== kept[kept.length - 1]) kept.push(x, y);
  }
  return kept;
}

function command(id: number, count: number): number {
  return id | (count << 3);
}

function zigzag(value: number): number {
  return (value << 1) ^ (value >> 31);
}
