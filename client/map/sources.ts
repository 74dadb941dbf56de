/**
 * Data of the visible layers on the map: one source each, from GeoJSON or tiles. Tells the store how
 * loading goes, tries again after a failure, and drops what is switched off while it still loads.
 */
import type {
  ErrorEvent,
  GeoJSONSource,
  Map as MapLibreMap,
  MapSourceDataEvent,
  SourceSpecification,
  StyleSpecification,
  VectorTileSource,
} from 'maplibre-gl';
import type { CatalogueLayer } from '../../geodata/contract/catalogue.ts';
import { serviceUrl } from '../api/base-url.ts';
import type { LayerLoad } from '../state/app-state.ts';
import { pastDayQuery } from '../state/past-day.ts';
import { formatItemsAddress } from './items-address.ts';
import { sourceIdOf } from './layer-parts.ts';
import type { LoadedItems } from './map-worker.ts';

const PAGE_LIMIT = 10_000;
const RETRY_AFTER_MS = [1_500, 6_000];

/** A layer as of a past day, or, with null, as it is now. */
export type DatedLayer = CatalogueLayer & { asOf: string | null };

type Entry = {
  layer: DatedLayer;
  load: LayerLoad['phase'];
  failures: number;
  retryTimer: ReturnType<typeof setTimeout> | undefined;
  /** The addresses of its tiles are still those of another day. */
  isOtherDay: boolean;
};

export type LoadListener = (layerId: string, load: LayerLoad) => void;

export class MapSources {
  private readonly map: MapLibreMap;
  private readonly onLoad: LoadListener;
  /** By source id. */
  private readonly entries = new Map<string, Entry>();

  /** `begun`: layers whose sources the map was created with (`firstSources`). */
  constructor(map: MapLibreMap, onLoad: LoadListener, begun: readonly DatedLayer[] = []) {
    this.map = map;
    this.onLoad = onLoad;
    for (const layer of begun) this.begin(layer);
    map.on('sourcedata', this.sourceChanged);
    map.on('error', this.sourceFailed);
  }

  /** Adds sources of layers that are to be drawn and asks again for those whose data or day changed. */
  add(layers: readonly DatedLayer[]): void {
    for (const layer of layers) {
      const id = sourceIdOf(layer.definition.id, layer.drawFrom);
      const entry = this.entries.get(id);
      if (entry === undefined) {
        this.begin(layer);
        this.map.addSource(id, sourceOfLayer(layer));
      } else if (entry.layer.revision !== layer.revision || entry.layer.asOf !== layer.asOf) {
        entry.isOtherDay ||= entry.layer.asOf !== layer.asOf;
        entry.layer = layer;
        this.reload(layer.definition.id);
      }
    }
  }

  /**
   * Drops sources of other layers unless their data has come: those are kept for the next switch. Of layers that
   * have been closed to this reader nothing is kept.
   */
  removeUnfinished(wanted: readonly CatalogueLayer[], closed: ReadonlySet<string> = new Set()): void {
    const wantedIds = new Set(wanted.map(({ definition, drawFrom }) => sourceIdOf(definition.id, drawFrom)));
    for (const [id, entry] of this.entries) {
      const isKept = entry.load === 'ready' && !closed.has(entry.layer.definition.id);
      if (wantedIds.has(id) || isKept) continue;
      clearTimeout(entry.retryTimer);
      this.entries.delete(id);
      this.map.removeSource(id);
      this.onLoad(entry.layer.definition.id, { phase: 'idle' });
    }
  }

  /** Asks again for the data of a layer that is on the map. */
  reload(layerId: string): void {
    for (const [id, entry] of this.entries) {
      if (entry.layer.definition.id !== layerId) continue;
      clearTimeout(entry.retryTimer);
      this.settle(entry, { phase: 'loading' });
      const source = this.map.getSource(id);
      if (source?.type === 'geojson') void (source as GeoJSONSource).setData(itemsAddress(entry.layer));
      else if (source?.type === 'vector' && entry.isOtherDay) {
        (source as VectorTileSource).setTiles(tileAddresses(entry.layer));
      } else this.map.refreshTiles(id);
      entry.isOtherDay = false;
    }
  }

  isLoading(): boolean {
    return [...this.entries.values()].some(({ load }) => load === 'loading');
  }

  destroy(): void {
    for (const { retryTimer } of this.entries.values()) clearTimeout(retryTimer);
    this.map.off('sourcedata', this.sourceChanged);
    this.map.off('error', this.sourceFailed);
  }

  private readonly sourceChanged = (event: MapSourceDataEvent): void => {
    const entry = this.entries.get(event.sourceId);
    if (entry === undefined || entry.load === 'ready' || event.sourceDataType !== 'content') return;
    entry.failures = 0;
    if (entry.layer.drawFrom === 'tiles') {
      this.settle(entry, { phase: 'ready', drawn: entry.layer.featureCount });
      return;
    }
    const source = this.map.getSource(event.sourceId) as GeoJSONSource;
    void source.getData().then((data) => {
      this.settle(entry, { phase: 'ready', drawn: (data as unknown as LoadedItems).drawn });
    });
  };

  private readonly sourceFailed = (event: ErrorEvent & { sourceId?: string }): void => {
    const entry = this.entries.get(event.sourceId ?? '');
    if (entry === undefined) return;
    const delay = RETRY_AFTER_MS[entry.failures];
    entry.failures += 1;
    clearTimeout(entry.retryTimer);
    if (delay !== undefined) {
      entry.retryTimer = setTimeout(() => this.reload(entry.layer.definition.id), delay);
    }
    this.settle(entry, { phase: 'error', message: event.error.message });
  };

  private begin(layer: DatedLayer): void {
    const id = sourceIdOf(layer.definition.id, layer.drawFrom);
    this.entries.set(id, { layer, load: 'loading', failures: 0, retryTimer: undefined, isOtherDay: false });
    this.onLoad(layer.definition.id, { phase: 'loading' });
  }

  private settle(entry: Entry, load: LayerLoad): void {
    entry.load = load.phase;
    this.onLoad(entry.layer.definition.id, load);
  }
}

/** Sources of layers, by source id, for a map that is created with them. */
export function firstSources(layers: readonly DatedLayer[]): StyleSpecification['sources'] {
  return Object.fromEntries(
    layers.map((layer) => [sourceIdOf(layer.definition.id, layer.drawFrom), sourceOfLayer(layer)]),
  );
}

function sourceOfLayer(layer: DatedLayer): SourceSpecification {
  return layer.drawFrom === 'tiles' ? tileSource(layer) : itemsSource(layer);
}

function itemsAddress({ definition, revision, asOf }: DatedLayer): string {
  const derived = definition.table.axis === null ? 'anchor' : 'anchor,axis';
  const itemsUrl = serviceUrl(`ogc/collections/${definition.id}/items`, {
    limit: String(PAGE_LIMIT),
    ...(definition.table.anchor === null ? {} : { derived }),
    ...pastDayQuery(asOf),
  });
  return formatItemsAddress({ itemsUrl, revision, outline: definition.style.outerStroke !== undefined });
}

function itemsSource(layer: DatedLayer) {
  return {
    type: 'geojson',
    data: itemsAddress(layer),
    promoteId: 'code',
    // Sites need metres, not centimetres: shapes are simplified to a third of a pixel.
    tolerance: 0.3,
    maxzoom: 16,
  } as const;
}

/** The template is written here rather than read from TileJSON, so that tiles come from this page's origin. */
function tileAddresses({ definition, asOf }: DatedLayer): string[] {
  const day = new URLSearchParams(pastDayQuery(asOf)).toString();
  const tiles = serviceUrl(`ogc/collections/${definition.id}/tiles/WebMercatorQuad`);
  return [`${tiles}/{z}/{y}/{x}${day === '' ? '' : `?${day}`}`];
}

function tileSource(layer: DatedLayer) {
  const { definition } = layer;
  return {
    type: 'vector' as const,
    tiles: tileAddresses(layer),
    minzoom: definition.tiles.minzoom,
    maxzoom: definition.tiles.maxzoom,
    promoteId: 'code',
  };
}
