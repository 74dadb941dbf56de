/**
 * The map's worker: MapLibre's own, which also fetches the items of a layer and takes them apart, so
 * that the page stays free however many features there are.
 */
import 'maplibre-gl/dist/maplibre-gl-worker.mjs';
import type { WorkerGlobalScopeInterface } from 'maplibre-gl';
import { fetchItems } from './fetch-items.ts';
import { ITEMS_SCHEME, parseItemsAddress } from './items-address.ts';
import { mapFeatures } from './map-features.ts';

/** What the page is told about a loaded layer in place of its features. */
export type LoadedItems = { type: 'FeatureCollection'; drawn: number };

const scope = globalThis as unknown as WorkerGlobalScopeInterface;

scope.addProtocol(ITEMS_SCHEME, async (request, abortController) => {
  const { itemsUrl, outline } = parseItemsAddress(request.url);
  const items = await fetchItems(itemsUrl, abortController.signal);
  const { features } = mapFeatures(items, { outline });
  const answer: LoadedItems = { type: 'FeatureCollection', drawn: items.length };
  // MapLibre sends what it loaded back to the page, which costs seconds for large layers. It copies
  // enumerable members only: the features stay here, the count goes over.
  return { data: Object.defineProperty(answer, 'features', { value: features, enumerable: false }) };
});
