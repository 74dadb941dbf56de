/**
 * Level lines of a field on a grid (marching squares). Lines of one field never cross or touch, so every
 * set of shapes traced from one field is free of overlaps and self-intersections by construction.
 */
import {
  type Bounds,
  boundsHold,
  boundsOf,
  type PlanarPolygon,
  type Point,
  type Ring,
  ringContains,
  signedAreaOf,
} from './plane.ts';

export type Grid = { minX: number; minY: number; step: number; columns: number; rows: number };

/** A grid over the bounds with one spare node on every side. */
export function createGrid(bounds: Bounds, step: number): Grid {
  return {
    minX: bounds.minX - step,
    minY: bounds.minY - step,
    step,
    columns: Math.ceil((bounds.maxX - bounds.minX) / step) + 3,
    rows: Math.ceil((bounds.maxY - bounds.minY) / step) + 3,
  };
}

/**
 * The field's values at the grid's nodes, row by row from the south-west. The outermost nodes and those `wanted`
 * refuses are outside (−1).
 */
export function sampleField(
  grid: Grid,
  field: (x: number, y: number) => number,
  wanted: (node: number) => boolean = () => true,
): Float64Array {
  const values = new Float64Array(grid.columns * grid.rows).fill(-1);
  for (let row = 1; row < grid.rows - 1; row += 1) {
    for (let column = 1; column < grid.columns - 1; column += 1) {
      const node = row * grid.columns + column;
      if (wanted(node)) values[node] = field(grid.minX + column * grid.step, grid.minY + row * grid.step);
    }
  }
  return values;
}

/** Keeps crossings away from nodes, so that vertices never come close enough to merge when rounded. */
const LEAST_SHARE = 0.08;

/**
 * For each cell: pairs of its edges (0 south, 1 east, 2 north, 3 west) joined with the inside on the left.
 * The index has bit 1 for the south-west node inside, 2 south-east, 4 north-east, 8 north-west. In the two
 * saddles (5, 10) the inside nodes stay apart.
 */
const joins: readonly (readonly [number, number][])[] = [
  [],
  [[0, 3]],
  [[1, 0]],
  [[1, 3]],
  [[2, 1]],
  [
    [0, 3],
    [2, 1],
  ],
  [[2, 0]],
  [[2, 3]],
  [[3, 2]],
  [[0, 2]],
  [
    [1, 0],
    [3, 2],
  ],
  [[1, 2]],
  [[3, 1]],
  [[0, 1]],
  [[3, 0]],
  [],
];

/** Closed lines where the field is 0, the inside (> 0) on their left: outer rings counter-clockwise, holes clockwise. */
export function traceRings(grid: Grid, values: Float64Array): Ring[] {
  const { columns, rows } = grid;
  const next = new Int32Array(2 * columns * rows).fill(-1);
  const starts: number[] = [];
  for (let row = 0; row < rows - 1; row += 1) {
    for (let column = 0; column < columns - 1; column += 1) {
      const node = row * columns + column;
      const index =
        ((values[node] ?? -1) > 0 ? 1 : 0) +
        ((values[node + 1] ?? -1) > 0 ? 2 : 0) +
        ((values[node + columns + 1] ?? -1) > 0 ? 4 : 0) +
        ((values[node + columns] ?? -1) > 0 ? 8 : 0);
      if (index === 0 || index === 15) continue;
      const edges = [2 * node, 2 * (node + 1) + 1, 2 * (node + columns), 2 * node + 1];
      for (const [from, to] of joins[index] ?? []) {
        const edge = edges[from] ?? 0;
        next[edge] = edges[to] ?? 0;
        starts.push(edge);
      }
    }
  }
  const rings: Ring[] = [];
  for (const start of starts) {
    if ((next[start] ?? -1) < 0) continue;
    const ring: Point[] = [];
    let edge = start;
    while ((next[edge] ?? -1) >= 0) {
      ring.push(crossing(grid, values, edge));
      const following = next[edge] ?? -1;
      next[edge] = -1;
      edge = following;
    }
    rings.push(ring);
  }
  return rings;
}

function crossing(grid: Grid, values: Float64Array, edge: number): Point {
  const node = edge >> 1;
  const vertical = (edge & 1) === 1;
  const from = values[node] ?? 0;
  const to = values[node + (vertical ? grid.columns : 1)] ?? 0;
  const share = Math.min(1 - LEAST_SHARE, Math.max(LEAST_SHARE, from / (from - to)));
  const x = grid.minX + (node % grid.columns) * grid.step;
  const y = grid.minY + Math.floor(node / grid.columns) * grid.step;
  return vertical ? [x, y + share * grid.step] : [x + share * grid.step, y];
}

export type Shape = { polygon: PlanarPolygon; area: number };

/**
 * Polygons of the traced rings, largest first. Shapes smaller than `leastShape` (km²) are left out; holes smaller
 * than `leastHole` are filled, and what lay in a filled hole is left out.
 */
export function assemblePolygons(rings: readonly Ring[], leastShape: number, leastHole: number): Shape[] {
  const measured = rings.map((ring) => ({ ring, area: signedAreaOf(ring), bounds: boundsOf(ring) }));
  const holes = measured.filter(({ area }) => area < 0);
  const filled = holes.filter(({ area }) => -area < leastHole && -area > leastShape);
  const liesIn = (ring: Ring, holder: { ring: Ring; bounds: Bounds }): boolean => {
    const probe = ring[0];
    return probe !== undefined && boundsHold(holder.bounds, probe, 0) && ringContains(holder.ring, probe);
  };
  const shapes = measured
    .filter(
      ({ ring, area }) =>
        area >= leastShape && !filled.some((hole) => -hole.area > area && liesIn(ring, hole)),
    )
    .sort((one, other) => other.area - one.area)
    .map(({ ring, area, bounds }) => ({ outer: { ring, bounds }, outerArea: area, area, rings: [ring] }));
  for (const { ring, area } of holes) {
    if (-area < leastHole) continue;
    const holder = shapes.findLast((shape) => shape.outerArea > -area && liesIn(ring, shape.outer));
    if (holder === undefined) continue;
    holder.rings.push(ring);
    holder.area += area;
  }
  return shapes.map(({ rings: polygon, area }) => ({ polygon, area }));
}
