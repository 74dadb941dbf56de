/** Address by which the map asks its own worker for the items of a layer. Pure; used on both sides. */

/** Scheme of requests that map-worker.ts answers. */
export const ITEMS_SCHEME = 'lantu-items';

/** `revision` tells two states of the same layer apart; the service is not asked for it. */
export type ItemsAddress = { itemsUrl: string; outline: boolean; revision: string };

export function formatItemsAddress({ itemsUrl, outline, revision }: ItemsAddress): string {
  const query = new URLSearchParams({ from: itemsUrl, outline: String(outline), revision });
  return `${ITEMS_SCHEME}://items?${query}`;
}

/** Throws a TypeError on an address that formatItemsAddress did not write. */
export function parseItemsAddress(address: string): ItemsAddress {
  const query = new URLSearchParams(address.slice(address.indexOf('?')));
  const itemsUrl = query.get('from');
  if (itemsUrl === null) throw new TypeError(`No items address: ${address}`);
  return { itemsUrl, outline: query.get('outline') === 'true', revision: query.get('revision') ?? '' };
}
