/** All items of a layer, page after page. Runs in the map's worker: no document, no store. */
import type { Item } from './map-features.ts';

type Page = { features: Item[]; links?: { rel: string; href: string }[] };

/**
 * Items of every page. Throws an Error whose message is the problem's title, or says that the
 * service did not answer.
 */
export async function fetchItems(itemsUrl: string, signal: AbortSignal): Promise<Item[]> {
  const items: Item[] = [];
  const seen = new Set<string>();
  let next: string | undefined = itemsUrl;
  while (next !== undefined && !seen.has(next)) {
    seen.add(next);
    const page: Page = await fetchPage(next, signal);
    items.push(...page.features);
    const link = page.links?.find(({ rel }) => rel === 'next');
    // A next link names the public address, which may not be the one the page was opened by.
    next = link && new URL(new URL(link.href, itemsUrl).search, itemsUrl).href;
  }
  return items;
}

async function fetchPage(url: string, signal: AbortSignal): Promise<Page> {
  const response = await fetch(url, {
    signal,
    // The service answers 304 where nothing changed; a stored copy is never used unasked.
    cache: 'no-cache',
    headers: { accept: 'application/geo+json' },
  });
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) {
    const title = isRecord(body) && typeof body.title === 'string' ? body.title : `HTTP ${response.status}`;
    throw new Error(title);
  }
  if (!isRecord(body) || !Array.isArray(body.features)) throw new Error(`No feature collection: ${url}`);
  return body as Page;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
