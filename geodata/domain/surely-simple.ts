/**
 * Whether a ring certainly neither crosses nor touches itself, in n log n for shapes as surveys draw them: what a geometry
 * engine takes twenty times as long to judge. Only a yes says something; any other ring is for the engine to judge.
 */

/** Share of the two products below which rounding may turn the sign of their difference (J. R. Shewchuk, 1997, ccwerrboundA). */
const signError = 3.3306690738754716e-16;
/** Rings that lie so that nearly all edges have to be compared are left to the engine. */
const comparisonsPerEdge = 60;

/**
 * True only for a closed ring x, y, x, y … whose edges meet nowhere but at the ends of neighbours, which is a valid polygon
 * (ISO 19125-1, 6.1.11) in every engine that computes exactly. False for what cannot be told, such as doubled points.
 */
export function isSurelySimple(ring: Float64Array): boolean {
  const count = ring.length / 2 - 1;
  if (count < 3 || !neighboursPartAtTheirEnds(ring, count)) return false;
  const { order, columnOf } = byColumns(ring, count);
  let comparisons = count * comparisonsPerEdge;
  for (let first = 0; first < count; first += 1) {
    const edge = order[first] as number;
    const [ax, ay, bx, by] = [
      ring[2 * edge],
      ring[2 * edge + 1],
      ring[2 * edge + 2],
      ring[2 * edge + 3],
    ] as Four;
    const [right, bottom, top] = [Math.max(ax, bx), Math.min(ay, by), Math.max(ay, by)];
    const lastColumn = columnOf(right);
    for (let second = first + 1; second < count; second += 1) {
      const other = order[second] as number;
      const [cx, cy, dx, dy] = [
        ring[2 * other],
        ring[2 * other + 1],
        ring[2 * other + 2],
        ring[2 * other + 3],
      ] as Four;
      const left = Math.min(cx, dx);
      if (left > right) {
        // Edges are in the order of their left columns: none further on reaches back to this one.
        if (columnOf(left) > lastColumn) break;
        continue;
      }
      comparisons -= 1;
      if (comparisons < 0) return false;
      if ((cy > top && dy > top) || (cy < bottom && dy < bottom)) continue;
      const apart = Math.abs(edge - other);
      if (apart === 1 || apart === count - 1) continue;
      if (!isBeside(ax, ay, bx, by, cx, cy, dx, dy) && !isBeside(cx, cy, dx, dy, ax, ay, bx, by))
        return false;
    }
  }
  return true;
}

type Four = [number, number, number, number];

/** Edges in the order of the columns of equal width, as many as there are edges, in which their left ends lie. */
function byColumns(
  ring: Float64Array,
  count: number,
): { order: Uint32Array; columnOf: (x: number) => number } {
  let [west, east] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let at = 0; at < ring.length; at += 2) {
    const x = ring[at] as number;
    if (x < west) west = x;
    if (x > east) east = x;
  }
  const scale = east > west ? (count - 1) / (east - west) : 0;
  const columnOf = (x: number): number => Math.floor((x - west) * scale);
  const ends = new Uint32Array(count + 1);
  const columns = new Uint32Array(count);
  for (let edge = 0; edge < count; edge += 1) {
    const column = columnOf(Math.min(ring[2 * edge] as number, ring[2 * edge + 2] as number));
    columns[edge] = column;
    ends[column] = (ends[column] as number) + 1;
  }
  for (let column = 1; column <= count; column += 1)
    ends[column] = (ends[column] as number) + (ends[column - 1] as number);
  const order = new Uint32Array(count);
  for (let edge = 0; edge < count; edge += 1) {
    const column = columns[edge] as number;
    const at = (ends[column] as number) - 1;
    ends[column] = at;
    order[at] = edge;
  }
  return { order, columnOf };
}

/** Each edge leaves the one before at their common end and does not run back on it. */
function neighboursPartAtTheirEnds(ring: Float64Array, count: number): boolean {
  if (ring[0] !== ring[2 * count] || ring[1] !== ring[2 * count + 1]) return false;
  let [ax, ay] = [ring[2 * count - 2] as number, ring[2 * count - 1] as number];
  let [bx, by] = [ring[0] as number, ring[1] as number];
  for (let at = 2; at < ring.length; at += 2) {
    const [cx, cy] = [ring[at] as number, ring[at + 1] as number];
    const goesOn =
      (ax < bx && bx < cx) || (ax > bx && bx > cx) || (ay < by && by < cy) || (ay > by && by > cy);
    if (!goesOn && side(ax, ay, bx, by, cx, cy) === 0) return false;
    [ax, ay, bx, by] = [bx, by, cx, cy];
  }
  return true;
}

/** Whether c and d lie certainly on the same side of the line through a and b. */
function isBeside(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  cx: number,
  cy: number,
  dx: number,
  dy: number,
): boolean {
  return side(ax, ay, bx, by, cx, cy) * side(ax, ay, bx, by, dx, dy) > 0;
}

/** The certain side of the line from a to b on which p lies: 1 left, -1 right, 0 on it or not to be told. */
function side(ax: number, ay: number, bx: number, by: number, px: number, py: number): -1 | 0 | 1 {
  const one = (ax - px) * (by - py);
  const other = (ay - py) * (bx - px);
  const area = one - other;
  const unsure = signError * (Math.abs(one) + Math.abs(other));
  return area > unsure ? 1 : area < -unsure ? -1 : 0;
}
