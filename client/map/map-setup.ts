/** A bare MapLibre map as this product wants it: no rotation, local fonts, own pictures, own worker. */
import {
  Map as MapLibreMap,
  prewarm,
  ScaleControl,
  type StyleSpecification,
  setWorkerUrl,
} from 'maplibre-gl';
import type { Extent, Language, View } from '../state/app-state.ts';
import { imageIdsOf } from './image-id.ts';
import mapWorkerUrl from './map-worker.ts?worker&url';
import { drawStyleImage } from './style-images.ts';

// The worker starts while the page still waits for what the map shows.
setWorkerUrl(mapWorkerUrl);
prewarm();

/** What a screen reader says of the map. */
export const mapLabels: Record<Language, string> = {
  'zh-CN': '地图。方向键移动,加减键缩放,回车选中地图中心的要素,Esc 取消选中',
  en: 'Map. Arrow keys move, plus and minus zoom, Enter selects the feature at the centre, Escape clears',
};

/** Room for what lies over the map: the legend strip above, the tools at the right. */
export function homePadding(container: HTMLElement): {
  top: number;
  right: number;
  bottom: number;
  left: number;
} {
  const isNarrow = container.clientWidth < 600;
  return isNarrow
    ? { top: 56, right: 20, bottom: 28, left: 20 }
    : { top: 56, right: 60 + coveredRight(container), bottom: 20, left: 24 };
}

/** Pixels of the map that lie under a panel at its right, where the panel leaves enough of it in sight. */
function coveredRight(container: HTMLElement): number {
  const panel = document.querySelector('[data-covers-map]');
  if (panel === null) return 0;
  const map = container.getBoundingClientRect();
  const covered = map.right - panel.getBoundingClientRect().left;
  return covered > 0 && covered < map.width - 200 ? covered : 0;
}

/** What the map shows from its first frame on. */
export type FirstStyle = Pick<StyleSpecification, 'sources' | 'layers'>;

/**
 * The map draws its first style once, with labels in place and nothing fading in. Throws
 * GPUInitializationError where the browser gives no WebGL2 context.
 */
export function createMap(
  container: HTMLElement,
  first: FirstStyle,
  home: Extent,
  view: View | null,
  language: Language,
): MapLibreMap {
  const map = new MapLibreMap({
    container,
    style: { version: 8, ...first },
    // style.ts is tested against the specification; to check it here again would only take time.
    validateStyle: false,
    ...(view === null
      ? { bounds: home, fitBoundsOptions: { padding: homePadding(container) } }
      : { center: view.center, zoom: view.zoom }),
    minZoom: 4,
    maxZoom: 20,
    maxPitch: 0,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    renderWorldCopies: false,
    attributionControl: false,
    fadeDuration: 150,
    locale: { 'Map.Title': mapLabels[language] },
    localIdeographFontFamily: false,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new ScaleControl({ maxWidth: 120, unit: 'metric' }), 'bottom-left');
  map.setMissingStyleImageResolver((id) => addImage(map, id));
  // Every picture that comes later makes the map draw itself again.
  map.once('style.load', () => {
    for (const id of imageIdsOf(first.layers)) addImage(map, id);
  });
  return map;
}

function addImage(map: MapLibreMap, id: string): void {
  const image = drawStyleImage(id, window.devicePixelRatio);
  if (image !== null && !map.hasImage(id)) map.addImage(id, image.data, { pixelRatio: image.pixelRatio });
}

/** A small map that shows one place and answers to nothing. Throws as createMap does. */
export function createStillMap(container: HTMLElement, bounds: Extent): MapLibreMap {
  return new MapLibreMap({
    container,
    style: { version: 8, sources: {}, layers: [] },
    bounds,
    fitBoundsOptions: { padding: 12 },
    interactive: false,
    maxPitch: 0,
    renderWorldCopies: false,
    attributionControl: false,
    fadeDuration: 0,
  });
}
