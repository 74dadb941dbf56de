/** A small still map: the home region with its county borders, and the extent of a file drawn over it. */
import 'maplibre-gl/dist/maplibre-gl.css';
import { GPUInitializationError, type Map as MapLibreMap } from 'maplibre-gl';
import { useEffect, useRef, useState } from 'react';
import { serviceUrl } from '../api/base-url.ts';
import type { Extent } from '../state/app-state.ts';
import { createStillMap } from './map-setup.ts';

const COUNTIES = 'counties';
const EXTENT = 'extent';
/** An extent smaller than this on the map is marked by a ring, or it would not be seen. */
const SMALL_PX = 14;

type ExtentMapProps = {
  /** Degrees. */
  extent: Extent;
  home: Extent;
  /** County borders can be asked for. */
  hasBorders: boolean;
  /** What the picture shows, for those who do not see it. */
  label: string;
  /** Shown where the browser cannot draw a map. */
  unsupported: string;
};

/** Fills its parent, which has a size of its own. */
export function ExtentMap({ extent, home, hasBorders, label, unsupported }: ExtentMapProps) {
  const container = useRef<HTMLDivElement>(null);
  const map = useRef<MapLibreMap | null>(null);
  const latest = useRef({ extent, home, hasBorders });
  latest.current = { extent, home, hasBorders };
  const [supported, setSupported] = useState(true);

  useEffect(() => {
    if (container.current === null) return;
    try {
      const created = createStillMap(container.current, unite(latest.current.home, latest.current.extent));
      map.current = created;
      created.once('style.load', () => addLayers(created, latest.current));
      // Without the borders the extent is still drawn.
      created.on('error', () => {});
      created.on('resize', () => show(created, latest.current));
    } catch (error) {
      if (!(error instanceof GPUInitializationError)) throw error;
      setSupported(false);
    }
    return () => {
      map.current?.remove();
      map.current = null;
    };
  }, []);

  useEffect(() => {
    if (map.current) show(map.current, { extent, home });
  }, [extent, home]);

  if (!supported) return <p className="quiet">{unsupported}</p>;
  return <div ref={container} role="img" aria-label={label} className="extent-canvas" />;
}

function addLayers(map: MapLibreMap, shown: Pick<ExtentMapProps, 'extent' | 'hasBorders'>): void {
  map.addLayer({ id: 'ground', type: 'background', paint: { 'background-color': '#F0F1EE' } });
  if (shown.hasBorders) addBorders(map);
  map.addSource(EXTENT, { type: 'geojson', data: extentFeatures(map, shown.extent) });
  map.addLayer({
    id: 'extent-fill',
    type: 'fill',
    source: EXTENT,
    paint: { 'fill-color': '#0B5CAD', 'fill-opacity': 0.18 },
  });
  map.addLayer({
    id: 'extent-line',
    type: 'line',
    source: EXTENT,
    filter: ['==', ['geometry-type'], 'Polygon'],
    paint: { 'line-color': '#0B5CAD', 'line-width': 2 },
  });
  map.addLayer({
    id: 'extent-ring',
    type: 'circle',
    source: EXTENT,
    filter: ['==', ['geometry-type'], 'Point'],
    paint: {
      'circle-radius': 9,
      'circle-color': '#0B5CAD',
      'circle-opacity': 0.2,
      'circle-stroke-color': '#0B5CAD',
      'circle-stroke-width': 2,
    },
  });
}

function addBorders(map: MapLibreMap): void {
  map.addSource(COUNTIES, {
    type: 'geojson',
    data: serviceUrl(`ogc/collections/${COUNTIES}/items`, { limit: '1000' }),
  });
  map.addLayer({ id: 'land', type: 'fill', source: COUNTIES, paint: { 'fill-color': '#FAFAF7' } });
  map.addLayer({
    id: 'borders',
    type: 'line',
    source: COUNTIES,
    paint: { 'line-color': '#7A7A7A', 'line-width': 0.8 },
  });
}

function show(map: MapLibreMap, { extent, home }: { extent: Extent; home: Extent }): void {
  map.fitBounds(unite(home, extent), { padding: 12, duration: 0 });
  const source = map.getSource(EXTENT);
  if (source?.type === 'geojson' && 'setData' in source) {
    (source as { setData(data: GeoJSON.GeoJSON): void }).setData(extentFeatures(map, extent));
  }
}

function extentFeatures(map: MapLibreMap, [west, south, east, north]: Extent): GeoJSON.FeatureCollection {
  const [left, right] = [map.project([west, north]), map.project([east, south])];
  const isSmall = right.x - left.x < SMALL_PX && right.y - left.y < SMALL_PX;
  const geometry: GeoJSON.Geometry = isSmall
    ? { type: 'Point', coordinates: [(west + east) / 2, (south + north) / 2] }
    : {
        type: 'Polygon',
        coordinates: [
          [
            [west, south],
            [east, south],
            [east, north],
            [west, north],
            [west, south],
          ],
        ],
      };
  return { type: 'FeatureCollection', features: [{ type: 'Feature', properties: {}, geometry }] };
}

/** Both whole; a file far away shows how far. Latitudes stay on the map. */
function unite(a: Extent, b: Extent): Extent {
  const bound = (value: number, most: number) => Math.min(most, Math.max(-most, value));
  return [
    bound(Math.min(a[0], b[0]), 180),
    bound(Math.min(a[1], b[1]), 85),
    bound(Math.max(a[2], b[2]), 180),
    bound(Math.max(a[3], b[3]), 85),
  ];
}
