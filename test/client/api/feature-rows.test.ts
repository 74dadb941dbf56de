import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fetchFeatureRows, MOST_ROWS } from '../../../client/api/feature-rows.ts';

const asked: URL[] = [];

/** A service that is known to the world by another address than the one the page was opened by. */
function serve(pages: (url: URL) => { rows: number; next?: string; matched?: number }) {
  vi.stubGlobal('fetch', async (address: string) => {
    const url = new URL(address);
    asked.push(url);
    const { rows, next, matched } = pages(url);
    const features = Array.from({ length: rows }, (_, index) => ({
      id: `${url.searchParams.get('after') ?? '0'}-${index}`,
      properties: { name: '甲' },
    }));
    const links = next ? [{ rel: 'next', href: `https://public.example/lantu/ogc/items${next}` }] : [];
    return Response.json({ type: 'FeatureCollection', numberMatched: matched, features, links });
  });
}

beforeEach(() => {
  asked.length = 0;
  vi.stubGlobal('document', { baseURI: 'http://127.0.0.1:3000/', documentElement: { lang: 'zh-CN' } });
});
afterEach(() => vi.unstubAllGlobals());

describe('fetchFeatureRows', () => {
  it('reads every page from the address the page was opened by', async () => {
    serve((url) =>
      url.searchParams.has('after')
        ? { rows: 1, matched: 3 }
        : { rows: 2, next: '?limit=5000&after=2', matched: 3 },
    );
    const { rows, matched } = await fetchFeatureRows('mine_sites', { county: null, asOf: null });
    expect(rows.map(({ code }) => code)).toEqual(['0-0', '0-1', '2-0']);
    expect(matched).toBe(3);
    expect(asked.map(({ origin, pathname }) => `${origin}${pathname}`)).toEqual([
      'http://127.0.0.1:3000/ogc/collections/mine_sites/items',
      'http://127.0.0.1:3000/ogc/collections/mine_sites/items',
    ]);
  });

  it('asks for no shapes, and for one county where it is given', async () => {
    serve(() => ({ rows: 1 }));
    await fetchFeatureRows('mine_sites', { county: '360728', asOf: null });
    await fetchFeatureRows('mine_sites', { county: null, asOf: null });
    expect(asked.map(({ searchParams }) => searchParams.get('skipGeometry'))).toEqual(['true', 'true']);
    expect(asked.map(({ searchParams }) => searchParams.get('county_adcode'))).toEqual(['360728', null]);
  });

  it('stops at what a table can hold and says how many there are', async () => {
    serve(() => ({ rows: 5_000, next: '?after=9', matched: 100_000 }));
    const { rows, matched } = await fetchFeatureRows('mine_patches', { county: null, asOf: null });
    expect(rows).toHaveLength(MOST_ROWS);
    expect(matched).toBe(100_000);
  });
});
