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
  let [west, east] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let at = 0; at < ring.length; at += 2) {
    const x = ring[at] as number;
    if (x < west) west = x;
    if (x > east) east = x;
  }
  const columnsPerUnit = east > west ? (count - 1) / (east - west) : 0;
  sortByColumns(ring, count, west, columnsPerUnit);
  let comparisons = count * comparisonsPerEdge;
  for (let first = 0; first < count; first += 1) {
    const edge = order[first] as number;
    const ax = ring[2 * edge] as number;
    const ay = ring[2 * edge + 1] as number;
    const bx = ring[2 * edge + 2] as number;
    const by = ring[2 * edge + 3] as number;
    const right = ax > bx ? ax : bx;
    const bottom = ay < by ? ay : by;
    const top = ay > by ? ay : by;
    const lastColumn = Math.floor((right - west) * columnsPerUnit);
    for (let second = first + 1; second < count; second += 1) {
      const other = order[second] as number;
      const cx = ring[2 * other] as number;
      const dx = ring[2 * other + 2] as number;
      if (cx > right && dx > right) {
        // Edges are in the order of their left columns: none further on reaches back to this one.
        if (Math.floor(((cx < dx ? cx : dx) - west) * columnsPerUnit) > lastColumn) break;
        continue;
      }
      comparisons -= 1;
      if (comparisons < 0) return false;
      const cy = ring[2 * other + 1] as number;
      const dy = ring[2 * other + 3] as number;
      if ((cy > top && dy > top) || (cy < bottom && dy < bottom)) continue;
      const apart = Math.abs(edge - other);
      if (apart === 1 || apart === count - 1) continue;
      if (!isBeside(ax, ay, bx, by, cx, cy, dx, dy) && !isBeside(cx, cy, dx, dy, ax, ay, bx, by))
        return false;
    }
  }
  return true;
}

/** Used for ring after ring: new arrays for each would take as long as sorting it. */
let columnOfEdge = new Uint32Array(1 << 10);
let columnEnds = new Uint32Array(1 << 10);
let order = new Uint32Array(1 << 10);

/** Brings the edges into `order`: by the columns of equal width, as many as there are edges, in which their left ends lie. */
function sortByColumns(ring: Float64Array, count: number, west: number, columnsPerUnit: number): void {
  if (order.length < count) {
    columnOfEdge = new Uint32Array(count);
    columnEnds = new Uint32Array(count);
    order = new Uint32Array(count);
  }
  columnEnds.fill(0, 0, count);
  for (let edge = 0; edge < count; edge += 1) {
    const left = Math.min(ring[2 * edge] as number, ring[2 * edge + 2] as number);
    const column = Math.floor((left - west) * columnsPerUnit);
    columnOfEdge[edge] = column;
    columnEnds[column] = (columnEnds[column] as number) + 1;
  }
  for (let column = 1; column < count; column += 1)
    columnEnds[column] = (columnEnds[column] as number) + (columnEnds[column - 1] as number);
  for (let edge = 0; edge < count; edge += 1) {
    const column = columnOfEdge[edge] as number;
    const at = (columnEnds[column] as number) - 1;
    columnEnds[column] = at;
    order[at] = edge;
  }
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
