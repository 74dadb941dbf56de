/** Pictures of the basemap that do not come: asked for again, told of only when they stay away. */
import type { Map as MapLibreMap } from 'maplibre-gl';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BasemapSources } from '../../../client/map/basemap-sources.ts';
import type { Basemap } from '../../../geodata/contract/basemap.ts';

const basemap: Basemap = {
  title: { zh: '影像', en: 'Imagery' },
  attribution: { zh: '某院', en: 'Someone' },
  layers: [{ id: 'img' }, { id: 'cia' }],
  minzoom: 1,
  maxzoom: 17,
  version: '0123456789abcdef',
};
const tile = { x: 3, y: 2, z: 4 };

/** As much of a map as the basemap needs: sources that were added, tiles asked for again. */
function fakeMap() {
  const listeners = new Map<string, (event?: object) => void>();
  const sources = new Map<string, { tiles: string[]; minzoom: number; maxzoom: number }>();
  const refreshed: [string, object[]][] = [];
  const failedTiles: { state: string }[] = [];
  const map = {
    on: (type: string, listener: (event?: object) => void) => listeners.set(type, listener),
    off: (type: string) => listeners.delete(type),
    addSource: (id: string, source: { tiles: string[]; minzoom: number; maxzoom: number }) =>
      sources.set(id, source),
    getSource: (id: string) => sources.get(id),
    refreshTiles: (id: string, tiles: object[]) => refreshed.push([id, tiles]),
    triggerRepaint: () => undefined,
  };
  return {
    map: map as unknown as MapLibreMap,
    listeners,
    sources,
    refreshed,
    failedTiles,
    fail: (sourceId = '@basemap/img') => {
      const failed = { state: 'errored', tileID: { canonical: tile } };
      failedTiles.push(failed);
      listeners.get('error')?.({ sourceId, tile: failed });
    },
    idle: () => listeners.get('idle')?.(),
  };
}

let fake: ReturnType<typeof fakeMap>;
let basemapSources: BasemapSources;
let told: boolean[];

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('document', { baseURI: 'http://desk:3000/lantu/?on=basemap' });
  fake = fakeMap();
  told = [];
  basemapSources = new BasemapSources(fake.map, (fails) => told.push(fails));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the sources of the basemap', () => {
  it('ask this service under its base path, within the zooms there are', () => {
    basemapSources.show(basemap);
    expect([...fake.sources.keys()]).toEqual(['@basemap/img', '@basemap/cia']);
    expect(fake.sources.get('@basemap/img')).toMatchObject({
      tiles: ['http://desk:3000/lantu/api/basemap/img/{z}/{y}/{x}?v=0123456789abcdef'],
      minzoom: 1,
      maxzoom: 17,
    });
  });

  it('are added once, however often the basemap is switched', () => {
    basemapSources.show(basemap);
    basemapSources.show(null);
    basemapSources.show(basemap);
    expect(fake.sources.size).toBe(2);
  });
});

describe('a picture that does not come', () => {
  beforeEach(() => basemapSources.show(basemap));

  it('is asked for again after a pause, without a word if it comes then', () => {
    fake.fail();
    expect(fake.refreshed).toEqual([]);
    vi.advanceTimersByTime(5_000);
    expect(fake.refreshed).toEqual([['@basemap/img', [tile]]]);
    fake.idle();
    expect(told).not.toContain(true);
    vi.advanceTimersByTime(60_000);
    expect(fake.refreshed.length).toBe(1);
  });

  it('is told of when it fails again, tried until it comes, and then forgotten', () => {
    fake.fail();
    vi.advanceTimersByTime(5_000);
    fake.fail();
    fake.idle();
    expect(told.at(-1)).toBe(true);
    vi.advanceTimersByTime(9_000);
    fake.fail();
    fake.idle();
    expect(told.at(-1)).toBe(true);
    vi.advanceTimersByTime(9_000);
    expect(fake.refreshed.length).toBe(3);
    fake.idle();
    expect(told.at(-1)).toBe(false);
  });

  it('is of no matter once the basemap is switched off', () => {
    fake.fail();
    vi.advanceTimersByTime(5_000);
    fake.fail();
    basemapSources.show(null);
    expect(told.at(-1)).toBe(false);
    fake.fail();
    vi.advanceTimersByTime(60_000);
    expect(fake.refreshed.length).toBe(1);
    expect(told.at(-1)).toBe(false);
  });

  it('of another source is left to others', () => {
    fake.fail('counties');
    vi.advanceTimersByTime(60_000);
    expect(fake.refreshed).toEqual([]);
    expect(told).toEqual([]);
  });

  it('leaves nothing behind when the map goes', () => {
    fake.fail();
    basemapSources.destroy();
    vi.advanceTimersByTime(60_000);
    expect(fake.refreshed).toEqual([]);
    expect(fake.listeners.size).toBe(0);
  });

  it('are not drawn while they are asked for again: a failed tile has no picture', () => {
    basemapSources.show(basemap);
    fake.fail();
    vi.advanceTimersByTime(4_000);
    expect(fake.refreshed).toHaveLength(1);
    expect(fake.failedTiles.map(({ state }) => state)).toEqual(['loading']);
  });
});
