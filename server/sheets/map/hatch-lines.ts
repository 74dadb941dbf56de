/**
 * Hatches as lines that end at the edge of their polygon, so that every format draws them alike. They are anchored to
 * the page: neighbouring shapes line up. Millimetres, y downwards; pure.
 */
import type { Hatch } from '../../../geodata/domain/symbol-shapes.ts';
import type { Run } from './paper-shape.ts';

/** Coordinates in which a family of hatch lines is straight and level: `across` counts lines, `along` runs on them. */
type Family = {
  across(x: number, y: number): number;
  along(x: number, y: number): number;
  point(across: number, along: number): [x: number, y: number];
};

const ROOT = Math.SQRT1_2;
const rising: Family = {
  across: (x, y) => (x + y) * ROOT,
  along: (x, y) => (x - y) * ROOT,
  point: (across, along) => [(across + along) * ROOT, (across - along) * ROOT],
};
const falling: Family = {
  across: (x, y) => (x - y) * ROOT,
  along: (x, y) => (x + y) * ROOT,
  point: (across, along) => [(along + across) * ROOT, (along - across) * ROOT],
};

/** Height of a wave over its length, as the tile of the screen has it. */
const WAVE_RISE = 0.16;
const WAVE_STEPS = 10;

/** Parabolas up and down in turn. */
function waveAt(x: number, length: number): number {
  const phase = ((((x / length) * 2) % 2) + 2) % 2;
  const half = phase % 1;
  return (phase < 1 ? -1 : 1) * 4 * WAVE_RISE * length * half * (1 - half);
}

function waveFamily(length: number): Family {
  return {
    across: (x, y) => y - waveAt(x, length),
    along: (x) => x,
    point: (across, along) => [along, across + waveAt(along, length)],
  };
}

/**
 * Lines of the hatch within the rings (even-odd, so holes stay empty). Spacing is measured across the lines.
 * Degenerate rings give none.
 */
export function hatchLines(rings: readonly Run[], kind: Hatch['kind'], spacingMm: number): Run[] {
  if (!(spacingMm > 0)) return [];
  if (kind === 'wave') {
    const family = waveFamily(spacingMm);
    const step = spacingMm / WAVE_STEPS;
    return scan(
      rings.map((ring) => densified(ring, step)),
      family,
      spacingMm,
    ).map(([across, from, to]) => {
      const line: Run = [];
      for (let at = from; at < to; at = nextStep(at, step)) line.push(...family.point(across, at));
      line.push(...family.point(across, to));
      return line;
    });
  }
  const families = kind === 'cross' ? [rising, falling] : [rising];
  return families.flatMap((family) =>
    scan(rings, family, spacingMm).map(([across, from, to]) => [
      ...family.point(across, from),
      ...family.point(across, to),
    ]),
  );
}

/** The next whole multiple of the step that is truly further on. */
function nextStep(at: number, step: number): number {
  return (Math.floor(at / step + 1e-6) + 1) * step;
}

/** Pieces of the lines `across = k × spacing` that lie inside, as [across, from, to]. */
function scan(rings: readonly Run[], family: Family, spacing: number): [number, number, number][] {
  const crossings = new Map<number, number[]>();
  for (const ring of rings) {
    let fromX = ring.at(-2) ?? 0;
    let fromY = ring.at(-1) ?? 0;
    for (let index = 0; index < ring.length; index += 2) {
      const toX = ring[index] ?? 0;
      const toY = ring[index + 1] ?? 0;
      addCrossings(crossings, family, spacing, [fromX, fromY, toX, toY]);
      fromX = toX;
      fromY = toY;
    }
  }
  const pieces: [number, number, number][] = [];
  for (const line of [...crossings.keys()].sort((a, b) => a - b)) {
    const along = (crossings.get(line) ?? []).sort((a, b) => a - b);
    for (let index = 0; index + 1 < along.length; index += 2) {
      const [from = 0, to = 0] = [along[index], along[index + 1]];
      if (to - from > 0.02) pieces.push([line * spacing, from, to]);
    }
  }
  return pieces;
}

/** Half-open at the upper end, so that a vertex on a line counts once. */
function addCrossings(
  crossings: Map<number, number[]>,
  family: Family,
  spacing: number,
  [fromX, fromY, toX, toY]: [number, number, number, number],
): void {
  const [a, b] = [family.across(fromX, fromY), family.across(toX, toY)];
  if (a === b) return;
  const [s, t] = [family.along(fromX, fromY), family.along(toX, toY)];
  const [low, high] = a < b ? [a, b] : [b, a];
  const last = Math.ceil(high / spacing) - 1;
  for (let line = Math.ceil(low / spacing); line <= last; line += 1) {
    const share = (line * spacing - a) / (b - a);
    const found = crossings.get(line);
    if (found === undefined) crossings.set(line, [s + share * (t - s)]);
    else found.push(s + share * (t - s));
  }
}

function densified(ring: Run, step: number): Run {
  const dense: Run = [];
  let fromX = ring.at(-2) ?? 0;
  let fromY = ring.at(-1) ?? 0;
  for (let index = 0; index < ring.length; index += 2) {
    const toX = ring[index] ?? 0;
    const toY = ring[index + 1] ?? 0;
    const parts = Math.max(1, Math.ceil(Math.hypot(toX - fromX, toY - fromY) / step));
    for (let part = 1; part <= parts; part += 1) {
      dense.push(fromX + ((toX - fromX) * part) / parts, fromY + ((toY - fromY) * part) / parts);
    }
    fromX = toX;
    fromY = toY;
  }
  return dense;
}
