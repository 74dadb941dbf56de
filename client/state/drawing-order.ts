/** In which order layers are drawn. Pure. */

/**
 * Ids of all layers, the one drawn on top first: those in `order` as the reader put them, each other
 * one above the first of them that its definition draws it over.
 */
export function drawingOrder(definitions: { id: string; drawOrder: number }[], order: string[]): string[] {
  const byDefault = [...definitions].sort((a, b) => b.drawOrder - a.drawOrder);
  const rank = new Map(byDefault.map(({ id, drawOrder }) => [id, drawOrder]));
  const result = order.filter((id, index) => rank.has(id) && order.indexOf(id) === index);
  for (const { id, drawOrder } of byDefault) {
    if (result.includes(id)) continue;
    const below = result.findIndex((other) => (rank.get(other) ?? 0) < drawOrder);
    result.splice(below === -1 ? result.length : below, 0, id);
  }
  return result;
}
