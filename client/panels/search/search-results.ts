/** Search hits as the list shows them: by layer, in the order of the catalogue, numbered for the keys. Pure. */
import type { CatalogueLayer } from '../../../geodata/contract/catalogue.ts';
import type { SearchResponse } from '../../../geodata/contract/search.ts';

export type Hit = SearchResponse['hits'][number];
export type HitGroup = { layer: CatalogueLayer; hits: { hit: Hit; index: number }[] };

/** Hits of layers the catalogue does not list are left out. */
export function groupHits(hits: Hit[], layers: CatalogueLayer[]): HitGroup[] {
  let index = 0;
  return layers.flatMap((layer) => {
    const members = hits.filter(({ layerId }) => layerId === layer.definition.id);
    if (members.length === 0) return [];
    return [{ layer, hits: members.map((hit) => ({ hit, index: index++ })) }];
  });
}

/** The option the arrow keys lead to, round both ends; -1 stands for none. */
export function stepOption(current: number, by: 1 | -1, count: number): number {
  if (count === 0) return -1;
  if (current === -1) return by === 1 ? 0 : count - 1;
  return (current + by + count) % count;
}
