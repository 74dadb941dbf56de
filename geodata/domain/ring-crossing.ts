/** Whether the edges of a polygon cross, in n log n for shapes as they are drawn; where exactly is asked elsewhere. */
import type { Position } from 'geojson';

type Edge = { minX: number; maxX: number; ax: number; ay: number; bx: number; by: number };

/**
 * True when two edges of the rings cross at an inner point of both. Edges that only touch or overlap do
 * not count: whether they make a polygon invalid is for a geometry engine to say. Plane coordinates of any
 * CRS; no rings, or coordinates that are not finite, give false.
 */
export function hasCrossingEdges(rings: readonly (readonly Position[])[]): boolean {
  const edges = edgesOf(rings);
  for (let first = 0; first < edges.length; first += 1) {
    const edge = edges[first] as Edge;
    for (let second = first + 1; second < edges.length; second += 1) {
      const other = edges[second] as Edge;
      // Edges are in order of minX: none further on reaches back to this one.
      if (other.minX > edge.maxX) break;
      if (cross(edge, other)) return true;
    }
  }
  return false;
}

function edgesOf(rings: readonly (readonly Position[])[]): Edge[] {
  const edges: Edge[] = [];
  for (const ring of rings) {
    for (let index = 1; index < ring.length; index += 1) {
      const [ax = Number.NaN, ay = Number.NaN] = ring[index - 1] ?? [];
      const [bx = Number.NaN, by = Number.NaN] = ring[index] ?? [];
      edges.push({ minX: Math.min(ax, bx), maxX: Math.max(ax, bx), ax, ay, bx, by });
    }
  }
  return edges.sort((a, b) => a.minX - b.minX);
}

function cross(a: Edge, b: Edge): boolean {
  if (Math.max(a.ay, a.by) < Math.min(b.ay, b.by) || Math.max(b.ay, b.by) < Math.min(a.ay, a.by))
    return false;
  return side(a, b.ax, b.ay) * side(a, b.bx, b.by) < 0 && side(b, a.ax, a.ay) * side(b, a.bx, a.by) < 0;
}

/** Sign of the side of the edge's line a point lies on; 0 on it, within what doubles can tell. */
function side({ ax, ay, bx, by }: Edge, x: number, y: number): number {
  const left = (bx - ax) * (y - ay);
  const right = (by - ay) * (x - ax);
  const area = left - right;
  return Math.abs(area) <= 1e-15 * (Math.abs(left) + Math.abs(right)) ? 0 : Math.sign(area);
}
