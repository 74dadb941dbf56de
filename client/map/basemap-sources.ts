/**
 * The pictures of the basemap on the map. A picture that does not come is asked for again after a pause,
 * until it comes. Only when the second try fails too does the map say so: a slow service is no lost one.
 */
import { type ErrorEvent, type Map as MapLibreMap, setMaxParallelImageRequests } from 'maplibre-gl';
import type { Basemap } from '../../geodata/contract/basemap.ts';
import { serviceUrl } from '../api/base-url.ts';
import { basemapSourceId } from './basemap-style.ts';

const TILE_SIZE = 256;
/** A browser has six connections to the service: pictures that hang leave two for data. */
const MOST_REQUESTS = 4;
const FIRST_RETRY_AFTER_MS = 4_000;
const RETRY_AFTER_MS = 8_000;

/** A tile of MapLibre's own that holds no picture. */
type FailedTile = { state: string; tileID: { canonical: { x: number; y: number; z: number } } };

export class BasemapSources {
  private readonly map: MapLibreMap;
  private readonly onFailing: (fails: boolean) => void;
  private shown: Basemap | null = null;
  /** By source id: pictures that did not come since they were last asked for. */
  private readonly failed = new Map<string, FailedTile[]>();
  /** Tries since all was well. */
  private tries = 0;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(map: MapLibreMap, onFailing: (fails: boolean) => void) {
    this.map = map;
    this.onFailing = onFailing;
    setMaxParallelImageRequests(MOST_REQUESTS);
    map.on('error', this.sourceFailed);
    map.on('idle', this.settled);
  }

  /** Adds the sources `basemap` needs; with null nothing more is asked for. */
  show(basemap: Basemap | null): void {
    if (basemap === this.shown) return;
    this.shown = basemap;
    if (basemap === null) {
      this.rest();
      return;
    }
    for (const { id } of basemap.layers) {
      const sourceId = basemapSourceId(id);
      if (this.map.getSource(sourceId) !== undefined) continue;
      this.map.addSource(sourceId, {
        type: 'raster',
        tiles: [`${serviceUrl(`api/basemap/${id}`)}/{z}/{y}/{x}?v=${basemap.version}`],
        tileSize: TILE_SIZE,
        minzoom: basemap.minzoom,
        maxzoom: basemap.maxzoom,
      });
    }
  }

  destroy(): void {
    this.rest();
    this.map.off('error', this.sourceFailed);
    this.map.off('idle', this.settled);
  }

  private rest(): void {
    clearTimeout(this.retryTimer);
    this.retryTimer = undefined;
    this.failed.clear();
    this.allIsWell();
  }

  private allIsWell(): void {
    this.tries = 0;
    this.onFailing(false);
  }

  private readonly sourceFailed = (event: ErrorEvent & { sourceId?: string; tile?: unknown }): void => {
    const { sourceId } = event;
    const isOurs = this.shown?.layers.some(({ id }) => basemapSourceId(id) === sourceId);
    if (sourceId === undefined || !isOurs) return;
    const tile = event.tile as FailedTile | undefined;
    const list = this.failed.get(sourceId) ?? [];
    if (tile !== undefined) list.push(tile);
    this.failed.set(sourceId, list);
    if (this.tries > 0) this.onFailing(true);
    this.retryTimer ??= setTimeout(this.retry, this.tries === 0 ? FIRST_RETRY_AFTER_MS : RETRY_AFTER_MS);
  };

  private readonly retry = (): void => {
    this.retryTimer = undefined;
    this.tries += 1;
    const again = [...this.failed];
    this.failed.clear();
    for (const [sourceId, tiles] of again) {
      const empty = tiles.filter(({ state }) => state === 'errored');
      this.map.refreshTiles(
        sourceId,
        tiles.map(({ tileID }) => tileID.canonical),
      );
      // Refreshing marks a tile as one to be drawn while it loads; these have nothing to draw.
      for (const tile of empty) tile.state = 'loading';
    }
    this.map.triggerRepaint();
  };

  /** Everything in sight has come or failed: where nothing failed since the last try, all is well. */
  private readonly settled = (): void => {
    if (this.tries > 0 && this.retryTimer === undefined && this.failed.size === 0) this.allIsWell();
  };
}
