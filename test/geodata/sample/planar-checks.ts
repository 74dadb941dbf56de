/**
 * Independent proofs about shapes in degrees: rings that cross or touch, shapes inside shapes. Orientation is
 * exact: coordinates have 8 decimals, and products of differences of neighbours fit a double.
 */
import type { MultiPolygon, Position } from 'geojson';

export type Named = { code: string; geometry: MultiPolygon };

type Edge = { code: string; ring: number; index: number; size: number; a: Position; b: Position };

function side(p: Position, q: Position, r: Position): number {
  const [px = 0, py = 0] = p;
  const scaled = (value: number): number => Math.round(value * 1e8);
  const [dx, dy] = [scaled((q[0] ?? 0) - px), scaled((q[1] ?? 0) - py)];
  return Math.sign(dx * scaled((r[1] ?? 0) - py) - dy * scaled((r[0] ?? 0) - px));
}

function within(p: Position, a: Position, b: Position): boolean {
  return [0, 1].every(
    (axis) =>
      (p[axis] ?? 0) >= Math.min(a[axis] ?? 0, b[axis] ?? 0) &&
      (p[axis] ?? 0) <= Math.max(a[axis] ?? 0, b[axis] ?? 0),
  );
}

/** Whether two edges have a point in common. */
function meet(e: Edge, f: Edge): boolean {
  const [abc, abd, cda, cdb] = [
    side(e.a, e.b, f.a),
    side(e.a, e.b, f.b),
    side(f.a, f.b, e.a),
    side(f.a, f.b, e.b),
  ];
  if (abc * abd < 0 && cda * cdb < 0) return true;
  return (
    (abc === 0 && within(f.a, e.a, e.b)) ||
    (abd === 0 && within(f.b, e.a, e.b)) ||
    (cda === 0 && within(e.a, f.a, f.b)) ||
    (cdb === 0 && within(e.b, f.a, f.b))
  );
}

function areNeighbours(e: Edge, f: Edge): boolean {
  const apart = Math.abs(e.index - f.index);
  return e.code === f.code && e.ring === f.ring && (apart <= 1 || apart === e.size - 1);
}

function edgesOf(shapes: readonly Named[]): Edge[] {
  return shapes.flatMap(({ code, geometry }) =>
    geometry.coordinates.flat().flatMap((ring, ringIndex) =>
      ring.slice(1).map((b, index) => ({
        code,
        ring: ringIndex,
        index,
        size: ring.length - 1,
        a: ring[index] ?? b,
        b,
      })),
    ),
  );
}

/** 'code × code' of every pair of edges that meet, other than neighbours in their ring: none where all is well. */
export function findCrossings(shapes: readonly Named[], others?: readonly Named[]): string[] {
  const cell = 0.01;
  const cells = new Map<string, { mine: Edge[]; theirs: Edge[] }>();
  const spread = (edges: readonly Edge[], into: 'mine' | 'theirs'): void => {
    for (const edge of edges) {
      const [west, east] = [edge.a[0] ?? 0, edge.b[0] ?? 0].sort((one, other) => one - other);
      const [south, north] = [edge.a[1] ?? 0, edge.b[1] ?? 0].sort((one, other) => one - other);
      for (let x = Math.floor((west ?? 0) / cell); x <= Math.floor((east ?? 0) / cell); x += 1) {
        for (let y = Math.floor((south ?? 0) / cell); y <= Math.floor((north ?? 0) / cell); y += 1) {
          const key = `${x} ${y}`;
          const entry = cells.get(key) ?? { mine: [], theirs: [] };
          entry[into].push(edge);
          cells.set(key, entry);
        }
      }
    }
  };
  spread(edgesOf(shapes), 'mine');
  if (others !== undefined) spread(edgesOf(others), 'theirs');
  const crossings = new Set<string>();
  for (const { mine, theirs } of cells.values()) {
    mine.forEach((edge, position) => {
      for (const other of others === undefined ? mine.slice(position + 1) : theirs) {
        if (!areNeighbours(edge, other) && meet(edge, other)) crossings.add(`${edge.code} × ${other.code}`);
      }
    });
  }
  return [...crossings];
}

/** Whether the point lies inside the shape, holes left out (even-odd). */
export function holds(shape: MultiPolygon, [x = 0, y = 0]: Position): boolean {
  let inside = false;
  for (const ring of shape.coordinates.flat()) {
    ring.slice(1).forEach((b, index) => {
      const a = ring[index] ?? b;
      const [ax = 0, ay = 0] = a;
      const [bx = 0, by = 0] = b;
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    });
  }
  return inside;
}

export function firstVertex(shape: MultiPolygon): Position {
  return shape.coordinates[0]?.[0]?.[0] ?? [];
}

/** 'code in code' of every shape whose first vertex lies inside another: with no crossings, the proof of no overlap. */
export function findNested(shapes: readonly Named[]): string[] {
  const boxes = shapes.map(({ geometry }) => boxOf(geometry));
  return shapes.flatMap((inner) => {
    const [x = 0, y = 0] = firstVertex(inner.geometry);
    return shapes
      .filter((outer, index) => {
        const box = boxes[index];
        if (outer === inner || box === undefined) return false;
        return x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3] && holds(outer.geometry, [x, y]);
      })
      .map((outer) => `${inner.code} in ${outer.code}`);
  });
}

function boxOf(shape: MultiPolygon): [number, number, number, number] {
  const points = shape.coordinates.flat(2);
  const xs = points.map(([x = 0]) => x);
  const ys = points.map(([, y = 0]) => y);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** Twice the signed area in square degrees: positive counter-clockwise. */
export function turn(ring: readonly Position[]): number {
  const [ox = 0, oy = 0] = ring[0] ?? [];
  return ring.slice(1).reduce((sum, [x = 0, y = 0], index) => {
    const [px = 0, py = 0] = ring[index] ?? [];
    return sum + (px - ox) * (y - oy) - (x - ox) * (py - oy);
  }, 0);
}
