import { afterEach, describe, expect, it, vi } from 'vitest';
import { fetchItems } from '../../../client/map/fetch-items.ts';

const page = (codes: string[], next?: string) => ({
  type: 'FeatureCollection',
  features: codes.map((code) => ({ type: 'Feature', properties: { code }, geometry: null })),
  links: next === undefined ? [] : [{ rel: 'next', href: next }],
});

/** Answers by address; an address nobody serves is a 503 with a problem document. */
function serve(pages: Record<string, unknown>): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url);
    return url in pages
      ? Response.json(pages[url])
      : Response.json({ title: 'Too busy', status: 503 }, { status: 503 });
  });
  return asked;
}

afterEach(() => vi.unstubAllGlobals());
const signal = new AbortController().signal;
const codesOf = (items: { properties: unknown }[]) =>
  items.map(({ properties }) => (properties as { code: string }).code);

describe('fetchItems', () => {
  it('follows next links to the last page, staying at the address the page was opened by', async () => {
    const asked = serve({
      'http://127.0.0.1:3000/lantu/items?limit=2': page(
        ['A', 'B'],
        'https://public.example/items?limit=2&after=B',
      ),
      'http://127.0.0.1:3000/lantu/items?limit=2&after=B': page(['C']),
    });
    const items = await fetchItems('http://127.0.0.1:3000/lantu/items?limit=2', signal);
    expect(codesOf(items)).toEqual(['A', 'B', 'C']);
    expect(asked.every((url) => url.startsWith('http://127.0.0.1:3000/lantu/items?'))).toBe(true);
  });

  it('ends where a next link leads back to a page already read', async () => {
    serve({ 'http://h/items?limit=1': page(['A'], 'http://h/items?limit=1') });
    expect(codesOf(await fetchItems('http://h/items?limit=1', signal))).toEqual(['A']);
  });

  it('fails with the title of the problem', async () => {
    serve({ 'http://h/items?limit=1': page(['A'], 'http://h/items?limit=1&after=A') });
    await expect(fetchItems('http://h/items?limit=1', signal)).rejects.toThrow('Too busy');
  });

  it('fails on an answer that is no feature collection', async () => {
    serve({ 'http://h/items': { hello: 'proxy' } });
    await expect(fetchItems('http://h/items', signal)).rejects.toThrow('No feature collection');
  });
});
