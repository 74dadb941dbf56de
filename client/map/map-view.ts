/**
 * Sole owner of the MapLibre map: carries the store's state onto it, difference by difference, and
 * reports back where it looks and what the pointer means. Everything it draws comes from style.ts.
 */
import {
  type GeoJSONSource,
  GPUInitializationError,
  type LayerSpecification,
  type Map as MapLibreMap,
} from 'maplibre-gl';
import type { Basemap } from '../../geodata/contract/basemap.ts';
import type { CatalogueResponse } from '../../geodata/contract/catalogue.ts';
import { isClosed, isReadable } from '../api/readable-layer.ts';
import type { Mode } from '../modes/mode.ts';
import { modeOfTab } from '../modes/mode-of-tab.ts';
import { type AppState, type FeatureKey, useAppState, type ViewTarget } from '../state/app-state.ts';
import { pastDayOf } from '../state/past-day.ts';
import { BasemapSources } from './basemap-sources.ts';
import { isBasemapShown } from './basemap-style.ts';
import { FRAME_SOURCE, frameFeatures, frameLayers } from './frame-style.ts';
import { sourceIdOf, tileLayerIds } from './layer-parts.ts';
import { listenToPointer } from './map-pointer.ts';
import { createMap, type FirstStyle, homePadding, mapLabels } from './map-setup.ts';
import { scaleDenominator } from './scale.ts';
import { fetchSelectedItem, nothingSelected, type SelectedItem } from './selected-item.ts';
import { SELECTION_SOURCE } from './selection-style.ts';
import { type DatedLayer, firstSources, type LoadListener, MapSources } from './sources.ts';
import { isVisible, mapStyleLayers } from './style.ts';
import { type StyleChange, styleChanges } from './style-diff.ts';

const MOVE_MS = 350;
/** Small sites are shown with what lies around them. */
const CLOSEST_FIT_ZOOM = 15.5;

export class MapView {
  private readonly container: HTMLElement;
  private readonly map: MapLibreMap;
  private readonly sources: MapSources;
  private readonly basemapSources: BasemapSources;
  private readonly cleanUp: (() => void)[] = [];
  private mode: Mode = modeOfTab(useAppState.getState().tab);
  private catalogue: CatalogueResponse;
  private basemap: Basemap | null = null;
  private drawn: LayerSpecification[];
  private ready = false;
  private destroyed = false;
  /** Shows the home extent and has not been moved since: keeps showing it whole when resized. */
  private atHome = false;
  private zoomingTo: number | null = null;
  private selected: Promise<SelectedItem | null> = Promise.resolve(null);
  private selectionRequest: AbortController | null = null;

  /** Null, and the store told so, where the browser cannot draw the map. */
  static mount(container: HTMLElement, catalogue: CatalogueResponse): MapView | null {
    const { setMapSupport } = useAppState.getState();
    try {
      const view = new MapView(container, catalogue);
      setMapSupport('supported');
      return view;
    } catch (error) {
      if (!(error instanceof GPUInitializationError)) throw error;
      setMapSupport('unsupported');
      return null;
    }
  }

  private constructor(container: HTMLElement, catalogue: CatalogueResponse) {
    this.container = container;
    this.catalogue = catalogue;
    container.dataset.mapState = 'busy';
    const state = useAppState.getState();
    const layers = this.visibleLayers();
    this.drawn = mapStyleLayers(layers, state);
    // With all it shows from the start the map draws once, with its labels in place, instead of layer by layer.
    const first = {
      sources: {
        ...firstSources(layers),
        [SELECTION_SOURCE]: { type: 'geojson', data: nothingSelected },
        [FRAME_SOURCE]: { type: 'geojson', data: frameFeatures(null) },
      },
      layers: this.drawn,
    } satisfies FirstStyle;
    this.map = createMap(container, first, catalogue.region.extent, state.view, state.language);
    this.atHome = state.view === null;
    const reportLoad: LoadListener = (layerId, load) => {
      if (!this.destroyed) useAppState.getState().setLoad(layerId, load);
    };
    this.sources = new MapSources(this.map, reportLoad, layers);
    this.basemapSources = new BasemapSources(this.map, (fails) => {
      if (!this.destroyed) useAppState.getState().setBasemapFails(fails);
    });
    this.map.once('style.load', () => this.begin());
    this.map.on('moveend', () => this.reportView());
    this.map.on('movestart', (event) => {
      if (event.originalEvent !== undefined) this.atHome = false;
    });
    this.map.on('resize', () => {
      if (this.atHome) this.carryOut({ fit: 'home' }, 0);
    });
    this.map.on('dataloading', () => this.markBusy());
    this.map.on('idle', () => {
      if (!this.sources.isLoading()) container.dataset.mapState = 'idle';
    });
    this.reportView();
  }

  /** Another answer of the service: changed layers are fetched again, new ones appear. */
  setCatalogue(catalogue: CatalogueResponse): void {
    if (catalogue === this.catalogue) return;
    const { selection } = useAppState.getState();
    const revisionOf = ({ layers }: CatalogueResponse) => {
      const layer = layers.find(({ definition }) => definition.id === selection?.layerId);
      return `${layer?.mayRead} ${layer?.revision}`;
    };
    const selectionChanged = revisionOf(catalogue) !== revisionOf(this.catalogue);
    this.catalogue = catalogue;
    this.draw();
    if (this.ready && selectionChanged) this.showSelection(selection);
  }

  /** The basemap there is to be switched on; null where none is configured. */
  setBasemap(basemap: Basemap | null): void {
    if (basemap === this.basemap) return;
    this.basemap = basemap;
    this.draw();
  }

  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.mode.exit();
    for (const undo of this.cleanUp) undo();
    this.selectionRequest?.abort();
    this.sources.destroy();
    this.basemapSources.destroy();
    this.map.remove();
  }

  private begin(): void {
    if (this.destroyed) return;
    this.ready = true;
    this.draw();
    this.cleanUp.push(
      useAppState.subscribe((state, before) => this.stateChanged(state, before)),
      listenToPointer(this.map, () => this.mode),
    );
    this.mode.enter();
    const { selection, viewRequest } = useAppState.getState();
    this.showFrame();
    if (selection !== null) this.showSelection(selection);
    if (viewRequest !== null) this.carryOut(viewRequest.target, 0);
  }

  private stateChanged(state: AppState, before: AppState): void {
    if (state.selection !== before.selection || state.asOf !== before.asOf)
      this.showSelection(state.selection);
    if (
      state.order !== before.order ||
      state.visible !== before.visible ||
      state.opacity !== before.opacity ||
      state.filter !== before.filter ||
      state.county !== before.county ||
      state.asOf !== before.asOf ||
      state.selection !== before.selection ||
      state.language !== before.language ||
      state.tab !== before.tab
    ) {
      this.draw();
    }
    if (state.tab !== before.tab) this.changeMode();
    if (state.sheetFrame !== before.sheetFrame) this.showFrame();
    if (state.language !== before.language) {
      this.map.getCanvas().setAttribute('aria-label', mapLabels[state.language]);
    }
    if (state.loads !== before.loads) this.reloadAtRest(state, before);
    if (state.hover !== before.hover) {
      this.markHovered(before.hover, false);
      this.markHovered(state.hover, true);
    }
    if (state.viewRequest !== before.viewRequest && state.viewRequest !== null) {
      this.carryOut(state.viewRequest.target, MOVE_MS);
    }
    if (state.view !== before.view) this.showView(state.view);
  }

  private visibleLayers(): DatedLayer[] {
    const { visible, asOf } = useAppState.getState();
    return this.catalogue.layers
      .filter((layer) => isReadable(layer) && isVisible(layer.definition, visible))
      .map((layer) => ({ ...layer, asOf: pastDayOf(layer.definition, asOf) }));
  }

  private draw(): void {
    if (!this.ready) return;
    this.markBusy();
    const layers = this.visibleLayers();
    this.sources.add(layers);
    const state = useAppState.getState();
    this.basemapSources.show(isBasemapShown(state.visible) ? this.basemap : null);
    const next = [...mapStyleLayers(layers, state, this.basemap), ...frameLayers(state.tab === 'print')];
    for (const change of styleChanges(this.drawn, next)) this.apply(change);
    this.drawn = next;
    const closed = this.catalogue.layers.filter(isClosed).map(({ definition }) => definition.id);
    this.sources.removeUnfinished(layers, new Set(closed));
  }

  private apply(change: StyleChange): void {
    const { map } = this;
    if (change.type === 'remove') map.removeLayer(change.id);
    else if (change.type === 'add') map.addLayer(change.layer, change.before);
    else if (change.type === 'move') map.moveLayer(change.id, change.before);
    else if (change.type === 'filter') map.setFilter(change.id, change.filter);
    else if (change.type === 'zoom') map.setLayerZoomRange(change.id, change.minzoom, change.maxzoom);
    // The difference names properties of style.ts, which are typed there.
    else if (change.type === 'paint')
      map.setPaintProperty(change.id, change.property as never, change.value as never);
    else map.setLayoutProperty(change.id, change.property as never, change.value as never);
  }

  /** A visible layer whose load the reader has put back to rest is asked for again. */
  private reloadAtRest({ loads }: AppState, before: AppState): void {
    for (const { definition } of this.visibleLayers()) {
      if (loads[definition.id]?.phase === 'idle' && before.loads[definition.id]?.phase === 'error') {
        this.sources.reload(definition.id);
      }
    }
  }

  private markHovered(key: FeatureKey | null, hover: boolean): void {
    const layer = this.catalogue.layers.find(({ definition }) => definition.id === key?.layerId);
    if (key === null || layer === undefined) return;
    const source = sourceIdOf(key.layerId, layer.drawFrom);
    if (this.map.getSource(source) === undefined) return;
    const targets =
      layer.drawFrom === 'tiles'
        ? tileLayerIds(key.layerId).map((sourceLayer) => ({ source, sourceLayer }))
        : [{ source }];
    for (const target of targets) this.map.setFeatureState({ ...target, id: key.code }, { hover });
  }

  private changeMode(): void {
    const next = modeOfTab(useAppState.getState().tab);
    if (next === this.mode) return;
    this.mode.exit();
    this.mode = next;
    next.enter();
  }

  private showFrame(): void {
    const { sheetFrame } = useAppState.getState();
    void this.map.getSource<GeoJSONSource>(FRAME_SOURCE)?.setData(frameFeatures(sheetFrame));
  }

  private showSelection(key: FeatureKey | null): void {
    this.selectionRequest?.abort();
    const request = new AbortController();
    this.selectionRequest = request;
    const show = (features: GeoJSON.FeatureCollection) => {
      if (request.signal.aborted) return;
      void this.map.getSource<GeoJSONSource>(SELECTION_SOURCE)?.setData(features);
    };
    show(nothingSelected);
    const layer = this.catalogue.layers.find(({ definition }) => definition.id === key?.layerId);
    if (key === null || (layer !== undefined && isClosed(layer))) {
      this.selected = Promise.resolve(null);
      return;
    }
    // A feature that cannot be fetched is not marked; its panel says why.
    const asOf = layer ? pastDayOf(layer.definition, useAppState.getState().asOf) : null;
    this.selected = fetchSelectedItem(key, asOf, request.signal).catch(() => null);
    void this.selected.then((item) => show(item?.features ?? nothingSelected));
  }

  private carryOut(target: ViewTarget, duration: number): void {
    this.atHome = false;
    this.fillContainer();
    if ('extent' in target) {
      this.map.fitBounds(target.extent, {
        padding: homePadding(this.container),
        maxZoom: CLOSEST_FIT_ZOOM,
        duration,
      });
    } else if ('center' in target) {
      this.map.easeTo({ center: target.center, zoom: target.zoom ?? this.map.getZoom(), duration });
    } else if ('zoomBy' in target) {
      const zoom = (this.zoomingTo ?? this.map.getZoom()) + target.zoomBy;
      this.zoomingTo = Math.min(Math.max(zoom, this.map.getMinZoom()), this.map.getMaxZoom());
      this.map.easeTo({ zoom: this.zoomingTo, duration });
    } else if (target.fit === 'home') {
      this.carryOut({ extent: this.catalogue.region.extent }, duration);
      this.atHome = true;
    } else {
      void this.selected.then((item) => {
        if (item?.extent && !this.destroyed) this.carryOut({ extent: item.extent }, duration);
      });
    }
  }

  /** The page that hid the map may have shown it only now: the map must know its size before it fits anything into it. */
  private fillContainer(): void {
    const { clientWidth, clientHeight } = this.container;
    const canvas = this.map.getCanvas();
    if (clientWidth === 0 || (canvas.clientWidth === clientWidth && canvas.clientHeight === clientHeight))
      return;
    this.map.resize();
  }

  /** A view the map did not report itself: restored from a link. */
  private showView(view: AppState['view']): void {
    if (view === null) {
      this.carryOut({ fit: 'home' }, 0);
      return;
    }
    const center = this.map.getCenter();
    const isShown =
      center.lng === view.center[0] && center.lat === view.center[1] && this.map.getZoom() === view.zoom;
    if (!isShown) {
      this.atHome = false;
      this.map.jumpTo({ center: view.center, zoom: view.zoom });
    }
  }

  private reportView(): void {
    this.zoomingTo = null;
    const { lng, lat } = this.map.getCenter();
    const zoom = this.map.getZoom();
    const bounds = this.map.getBounds();
    useAppState
      .getState()
      .setView({ center: [lng, lat], zoom }, scaleDenominator(lat, zoom), [
        bounds.getWest(),
        bounds.getSouth(),
        bounds.getEast(),
        bounds.getNorth(),
      ]);
  }

  private markBusy(): void {
    this.container.dataset.mapState = 'busy';
  }
}
