/** Which layer lies above which, from the definitions and what the reader has moved. Pure. */
import type { LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';

type Ordered = Pick<LayerDefinition, 'id' | 'drawOrder'>;

/**
 * Layer ids from the top of the map to its ground. Ids that `order` does not name stand where their
 * `drawOrder` puts them: above the first layer of the list that is drawn lower by default.
 */
export function drawOrder(layers: readonly Ordered[], order: readonly string[]): string[] {
  const byId = new Map(layers.map((layer) => [layer.id, layer]));
  const placed = [...new Set(order)].flatMap((id) => byId.get(id) ?? []);
  const named = new Set(placed.map(({ id }) => id));
  const missing = layers
    .filter(({ id }) => !named.has(id))
    .sort((a, b) => b.drawOrder - a.drawOrder || (a.id < b.id ? -1 : 1));
  for (const layer of missing) {
    const index = placed.findIndex((other) => other.drawOrder < layer.drawOrder);
    placed.splice(index === -1 ? placed.length : index, 0, layer);
  }
  return placed.map(({ id }) => id);
}
