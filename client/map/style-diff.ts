/** The fewest changes that turn one list of style layers into another. Pure; carried out by map-view.ts. */
import type { FilterSpecification, LayerSpecification } from 'maplibre-gl';

export type StyleChange =
  | { type: 'remove'; id: string }
  | { type: 'add'; layer: LayerSpecification; before: string | undefined }
  | { type: 'move'; id: string; before: string | undefined }
  | { type: 'filter'; id: string; filter: FilterSpecification | null }
  | { type: 'zoom'; id: string; minzoom: number; maxzoom: number }
  | { type: 'paint' | 'layout'; id: string; property: string; value: unknown };

type Comparable = LayerSpecification & {
  filter?: FilterSpecification;
  paint?: Record<string, unknown>;
  layout?: Record<string, unknown>;
};

/** Changes in the order in which they have to be made. Lists run from the lowest layer to the highest. */
export function styleChanges(
  before: readonly LayerSpecification[],
  after: readonly LayerSpecification[],
): StyleChange[] {
  const old = new Map(before.map((layer) => [layer.id, layer]));
  const kept = new Set(after.filter((layer) => isSameKind(old.get(layer.id), layer)).map(({ id }) => id));
  const changes: StyleChange[] = before
    .filter(({ id }) => !kept.has(id))
    .map(({ id }) => ({ type: 'remove', id }));
  const order = before.map(({ id }) => id).filter((id) => kept.has(id));

  for (let index = after.length - 1; index >= 0; index -= 1) {
    const layer = after[index];
    if (layer === undefined) continue;
    const above = after[index + 1]?.id;
    if (!kept.has(layer.id)) {
      changes.push({ type: 'add', layer, before: above });
      order.splice(above === undefined ? order.length : order.indexOf(above), 0, layer.id);
      continue;
    }
    const position = order.indexOf(layer.id);
    if (order[position + 1] !== above) {
      changes.push({ type: 'move', id: layer.id, before: above });
      order.splice(position, 1);
      order.splice(above === undefined ? order.length : order.indexOf(above), 0, layer.id);
    }
    const previous = old.get(layer.id);
    if (previous !== undefined) changes.push(...propertyChanges(previous, layer));
  }
  return changes;
}

/** Another source or another type cannot be changed in place. */
function isSameKind(before: LayerSpecification | undefined, after: LayerSpecification): boolean {
  const place = (layer: LayerSpecification) => [
    layer.type,
    'source' in layer ? layer.source : null,
    'source-layer' in layer ? layer['source-layer'] : null,
  ];
  return before !== undefined && isEqual(place(before), place(after));
}

function propertyChanges(before: Comparable, after: Comparable): StyleChange[] {
  const { id } = after;
  const changes: StyleChange[] = [];
  if (!isEqual(before.filter, after.filter))
    changes.push({ type: 'filter', id, filter: after.filter ?? null });
  if (before.minzoom !== after.minzoom || before.maxzoom !== after.maxzoom) {
    changes.push({ type: 'zoom', id, minzoom: after.minzoom ?? 0, maxzoom: after.maxzoom ?? 24 });
  }
  for (const type of ['paint', 'layout'] as const) {
    const [from, to] = [before[type] ?? {}, after[type] ?? {}];
    for (const property of new Set([...Object.keys(from), ...Object.keys(to)])) {
      if (!isEqual(from[property], to[property])) changes.push({ type, id, property, value: to[property] });
    }
  }
  return changes;
}

function isEqual(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
