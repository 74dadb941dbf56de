/**
 * GeoJSON items as the map wants them: each feature's shape, its anchor as a point and its centre
 * line, and the outer edge of all of them. Pure; runs in the map's worker.
 */
import type { Feature, FeatureCollection, MultiLineString, Polygon, Position } from 'geojson';

/** Property `part` of the feature that holds the outer edge. */
export const OUTLINE_PART = 'outline';

/** An item of the service with the foreign members that `derived=anchor,axis` adds. */
export type Item = Feature & { anchor?: Position | null; axis?: MultiLineString | null };

/**
 * One collection of shapes (as they came), anchors (Point) and centre lines (MultiLineString), all
 * with the properties of their feature. Items without geometry give nothing.
 */
export function mapFeatures(items: readonly Item[], options: { outline: boolean }): FeatureCollection {
  const features: Feature[] = [];
  for (const { properties, geometry, anchor, axis } of items) {
    if (geometry) features.push({ type: 'Feature', properties, geometry });
    if (anchor)
      features.push({ type: 'Feature', properties, geometry: { type: 'Point', coordinates: anchor } });
    if (axis) features.push({ type: 'Feature', properties, geometry: axis });
  }
  if (options.outline) {
    const geometry = outerEdge(items);
    if (geometry !== null) features.push({ type: 'Feature', properties: { part: OUTLINE_PART }, geometry });
  }
  return { type: 'FeatureCollection', features };
}

/**
 * Lines along edges that belong to one polygon only: the border of the whole where neighbours share
 * their vertices. Null without polygons, and where so many edges are left unmatched (neighbours drawn
 * apart) that inner borders would show as outer ones.
 */
export function outerEdge(items: readonly Item[]): MultiLineString | null {
  const edges = new Map<string, [Position, Position]>();
  let total = 0;
  for (const [from, to] of items.flatMap(edgesOf)) {
    const [a, b] = [from.join(' '), to.join(' ')];
    if (a === b) continue;
    total += 1;
    const key = a < b ? `${a} ${b}` : `${b} ${a}`;
    if (!edges.delete(key)) edges.set(key, [from, to]);
  }
  const shared = total - edges.size;
  if (edges.size === 0 || (items.length > 2 && shared < total * 0.25)) return null;
  return { type: 'MultiLineString', coordinates: joinLines([...edges.values()]) };
}

function edgesOf({ geometry }: Item): [Position, Position][] {
  if (geometry?.type !== 'Polygon' && geometry?.type !== 'MultiPolygon') return [];
  const polygons: Polygon['coordinates'][] =
    geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  return polygons.flat().flatMap((ring) =>
    ring.slice(1).flatMap((to, index): [Position, Position][] => {
      const from = ring[index];
      return from === undefined ? [] : [[from, to]];
    }),
  );
}

/** Directed edges strung together as long as one begins where another ends. */
function joinLines(edges: [Position, Position][]): Position[][] {
  const byStart = new Map<string, [Position, Position][]>();
  for (const edge of edges) {
    const key = edge[0].join(' ');
    byStart.set(key, [...(byStart.get(key) ?? []), edge]);
  }
  const lines: Position[][] = [];
  for (const [, starting] of byStart) {
    for (let edge = starting.pop(); edge !== undefined; edge = starting.pop()) {
      const line: Position[] = [edge[0]];
      for (let next: [Position, Position] | undefined = edge; next !== undefined; ) {
        line.push(next[1]);
        next = byStart.get(next[1].join(' '))?.pop();
      }
      lines.push(line);
    }
  }
  return lines;
}
