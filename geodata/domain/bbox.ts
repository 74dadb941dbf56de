/** The request parameter bbox: four or six numbers in one text, and what may be wrong with it. */

/** [minX, minY, maxX, maxY], x to the east. */
export type Extent = readonly [minX: number, minY: number, maxX: number, maxY: number];

export type BboxProblem =
  | 'not-numbers'
  | 'wrong-count'
  | 'reversed-north'
  | 'reversed-height'
  | 'reversed-east'
  | 'outside';

export type BboxResult = { valid: true; extents: Extent[] } | { valid: false; reason: BboxProblem };

const number = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** What a bbox is held against. */
export type BboxCrs = {
  northFirst: boolean;
  unit: 'degree' | 'metre';
  /** Where coordinates of this CRS make sense, x to the east. */
  bounds: Extent;
};

/**
 * Extents of a bbox; heights of a six-number bbox are checked and left out. In degrees a bbox whose west
 * is greater than its east crosses the antimeridian and gives two extents. A box without width or
 * height is widened a little on each side, so that a point or a line selects what it touches.
 */
export function parseBbox(text: string, { northFirst, unit, bounds }: BboxCrs): BboxResult {
  const parts = text.split(',').map((part) => part.trim());
  if (parts.length !== 4 && parts.length !== 6) return { valid: false, reason: 'wrong-count' };
  if (!parts.every((part) => number.test(part) && Number.isFinite(Number(part)))) {
    return { valid: false, reason: 'not-numbers' };
  }
  const values = parts.map(Number);
  const half = values.length / 2;
  const [lowFirst = 0, lowSecond = 0] = values;
  const [highFirst = 0, highSecond = 0] = values.slice(half);
  if (half === 3 && (values[2] ?? 0) > (values[5] ?? 0)) return { valid: false, reason: 'reversed-height' };
  const [west, south, east, north] = northFirst
    ? [lowSecond, lowFirst, highSecond, highFirst]
    : [lowFirst, lowSecond, highFirst, highSecond];
  if (south > north) return { valid: false, reason: 'reversed-north' };
  const [minX, minY, maxX, maxY] = bounds;
  const outside = [west, east].some((x) => x < minX || x > maxX) || south < minY || north > maxY;
  if (outside) return { valid: false, reason: 'outside' };
  if (west <= east) return { valid: true, extents: [widened([west, south, east, north], margins[unit])] };
  if (unit === 'metre') return { valid: false, reason: 'reversed-east' };
  const halves: Extent[] = [
    [west, south, maxX, north],
    [minX, south, east, north],
  ];
  return { valid: true, extents: halves.map((extent) => widened(extent, margins.degree)) };
}

/** About 0.1 mm on the ground. */
const margins = { degree: 1e-9, metre: 1e-4 };

function widened([minX, minY, maxX, maxY]: Extent, margin: number): Extent {
  const x = maxX > minX ? 0 : margin;
  const y = maxY > minY ? 0 : margin;
  return [minX - x, minY - y, maxX + x, maxY + y];
}
