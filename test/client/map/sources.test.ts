import type { Map as MapLibreMap } from 'maplibre-gl';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseItemsAddress } from '../../../client/map/items-address.ts';
import { type DatedLayer, firstSources, MapSources } from '../../../client/map/sources.ts';
import type { LayerLoad } from '../../../client/state/app-state.ts';
import { findLayer } from '../../../geodata/catalogue/index.ts';

function layer(id: string, more: Partial<DatedLayer> = {}): DatedLayer {
  const definition = findLayer(id);
  if (definition === undefined) throw new Error(id);
  return {
    definition,
    state: 'loaded',
    mayRead: true,
    featureCount: 7,
    revision: '1',
    categoryCounts: {},
    extent: null,
    datasets: [],
    drawFrom: 'geojson',
    asOf: null,
    ...more,
  };
}

/** As much of a map as sources need: what was added, removed and asked for again. */
function fakeMap() {
  const listeners = new Map<string, (event: object) => void>();
  const sources = new Map<string, { type: string; data?: string; tiles?: string[]; asked: number }>();
  const map = {
    on: (type: string, listener: (event: object) => void) => listeners.set(type, listener),
    off: (type: string) => listeners.delete(type),
    addSource(id: string, source: { type: string; data?: string; tiles?: string[] }) {
      if (sources.has(id)) throw new Error(`Twice ${id}`);
      sources.set(id, { ...source, asked: 1 });
    },
    removeSource(id: string) {
      if (!sources.delete(id)) throw new Error(`No source ${id}`);
    },
    refreshTiles(id: string) {
      const source = sources.get(id);
      if (source) source.asked += 1;
    },
    getSource(id: string) {
      const source = sources.get(id);
      return (
        source && {
          type: source.type,
          setData(data: string) {
            source.data = data;
            source.asked += 1;
          },
          setTiles(tiles: string[]) {
            source.tiles = tiles;
            source.asked += 1;
          },
          getData: async () => ({ type: 'FeatureCollection', drawn: 5 }),
        }
      );
    },
  };
  return {
    map: map as unknown as MapLibreMap,
    sources,
    listeners,
    loaded: (sourceId: string) => listeners.get('sourcedata')?.({ sourceId, sourceDataType: 'content' }),
    failed: (sourceId: string, message: string) =>
      listeners.get('error')?.({ sourceId, error: new Error(message) }),
  };
}

let fake: ReturnType<typeof fakeMap>;
let sources: MapSources;
let loads: Record<string, LayerLoad>;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('document', { baseURI: 'http://127.0.0.1:3000/lantu/?view=1,2,3' });
  fake = fakeMap();
  loads = {};
  sources = new MapSources(fake.map, (id, load) => {
    loads[id] = load;
  });
});
afterEach(() => {
  sources.destroy();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const askedFor = (id: string) => parseItemsAddress(fake.sources.get(id)?.data ?? '');

describe('sources of the map', () => {
  it('ask for the items of a layer once, below the base path of the page', () => {
    sources.add([layer('mine_sites')]);
    sources.add([layer('mine_sites')]);
    expect(fake.sources.get('mine_sites')?.asked).toBe(1);
    expect(askedFor('mine_sites').itemsUrl).toBe(
      'http://127.0.0.1:3000/lantu/ogc/collections/mine_sites/items?limit=10000&derived=anchor',
    );
    expect(loads.mine_sites).toEqual({ phase: 'loading' });
  });

  it('of a map that was created with them are followed and not added a second time', async () => {
    const layers = [layer('mine_sites'), layer('mine_patches', { drawFrom: 'tiles' })];
    const first = firstSources(layers);
    expect(Object.keys(first)).toEqual(['mine_sites', 'mine_patches@tiles']);
    for (const [id, source] of Object.entries(first)) fake.map.addSource(id, source);
    sources = new MapSources(
      fake.map,
      (id, load) => {
        loads[id] = load;
      },
      layers,
    );
    expect(loads.mine_sites).toEqual({ phase: 'loading' });
    expect(sources.isLoading()).toBe(true);
    sources.add(layers);
    fake.loaded('mine_sites');
    fake.loaded('mine_patches@tiles');
    await vi.advanceTimersByTimeAsync(0);
    expect(loads.mine_sites).toEqual({ phase: 'ready', drawn: 5 });
    expect(sources.isLoading()).toBe(false);
    sources.add([layer('mine_sites', { revision: '2' })]);
    expect(fake.sources.get('mine_sites')?.asked).toBe(2);
  });

  it('ask for centre lines, anchors and the outer edge only where the definition has them', () => {
    sources.add([layer('biodiversity_corridors'), layer('rivers'), layer('counties')]);
    expect(askedFor('biodiversity_corridors').itemsUrl).toMatch(/derived=anchor%2Caxis$/);
    expect(askedFor('rivers').itemsUrl).not.toContain('derived');
    expect(askedFor('counties').outline).toBe(true);
    expect(askedFor('rivers').outline).toBe(false);
  });

  it('ask for another day at once, from items and from tiles', () => {
    sources.add([layer('mine_sites'), layer('mine_patches', { drawFrom: 'tiles' })]);
    sources.add([
      layer('mine_sites', { asOf: '2024-06-30' }),
      layer('mine_patches', { drawFrom: 'tiles', asOf: '2024-06-30' }),
    ]);
    expect(new URL(askedFor('mine_sites').itemsUrl).searchParams.get('as_of')).toBe('2024-06-30');
    expect(fake.sources.get('mine_patches@tiles')?.tiles?.[0]).toMatch(/\?as_of=2024-06-30$/);
    sources.add([layer('mine_sites')]);
    expect(askedFor('mine_sites').itemsUrl).not.toContain('as_of');
    expect(fake.sources.get('mine_sites')?.asked).toBe(3);
  });

  it('read large layers from tiles of the same origin, whatever address the service calls public', () => {
    sources.add([layer('mine_patches', { drawFrom: 'tiles' })]);
    expect(fake.sources.get('mine_patches@tiles')?.tiles).toEqual([
      'http://127.0.0.1:3000/lantu/ogc/collections/mine_patches/tiles/WebMercatorQuad/{z}/{y}/{x}',
    ]);
    fake.loaded('mine_patches@tiles');
    expect(loads.mine_patches).toEqual({ phase: 'ready', drawn: 7 });
  });

  it('say how many features have come', async () => {
    sources.add([layer('mine_sites')]);
    expect(sources.isLoading()).toBe(true);
    fake.loaded('mine_sites');
    await vi.runAllTimersAsync();
    expect(loads.mine_sites).toEqual({ phase: 'ready', drawn: 5 });
    expect(sources.isLoading()).toBe(false);
  });

  it('drop a layer switched off while it loads, and keep one that has come', async () => {
    sources.add([layer('mine_sites'), layer('rivers')]);
    fake.loaded('rivers');
    await vi.runAllTimersAsync();
    sources.removeUnfinished([]);
    expect([...fake.sources.keys()]).toEqual(['rivers']);
    expect(loads.mine_sites).toEqual({ phase: 'idle' });
    sources.add([layer('rivers')]);
    expect(fake.sources.get('rivers')?.asked).toBe(1);
  });

  it('keep nothing of a layer that has been closed to the reader', async () => {
    sources.add([layer('mine_sites'), layer('rivers')]);
    fake.loaded('mine_sites');
    fake.loaded('rivers');
    await vi.runAllTimersAsync();
    sources.removeUnfinished([layer('rivers')], new Set(['mine_sites']));
    expect([...fake.sources.keys()]).toEqual(['rivers']);
  });

  it('ask again when the layer has another revision, in place', async () => {
    sources.add([layer('mine_sites')]);
    fake.loaded('mine_sites');
    await vi.runAllTimersAsync();
    sources.add([layer('mine_sites', { revision: '2' })]);
    expect(askedFor('mine_sites').revision).toBe('2');
    expect(loads.mine_sites).toEqual({ phase: 'loading' });
  });

  it('try twice again after a failure, then leave it to the reader', async () => {
    sources.add([layer('mine_sites')]);
    for (let failures = 0; failures < 5; failures += 1) {
      fake.failed('mine_sites', 'Too busy');
      expect(loads.mine_sites).toEqual({ phase: 'error', message: 'Too busy' });
      await vi.advanceTimersByTimeAsync(60_000);
    }
    expect(fake.sources.get('mine_sites')?.asked).toBe(3);
    sources.reload('mine_sites');
    expect(fake.sources.get('mine_sites')?.asked).toBe(4);
    expect(loads.mine_sites).toEqual({ phase: 'loading' });
  });

  it('do not ask again for a failed layer that has been switched off', async () => {
    sources.add([layer('mine_sites')]);
    fake.failed('mine_sites', 'Too busy');
    sources.removeUnfinished([]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(fake.sources.size).toBe(0);
    expect(loads.mine_sites).toEqual({ phase: 'idle' });
  });
});
