/** How the paper frame is shown: its outline, and all outside it dimmed; over everything, labels too. Pure. */
import type { FeatureCollection, Position } from 'geojson';
import type { LayerSpecification } from 'maplibre-gl';
import type { SheetFrame } from '../state/app-state.ts';

export const FRAME_SOURCE = '@frame';

const ACCENT = '#0B5CAD';
const WHITE = '#FFFFFF';
const SHADE = '#1F2933';

/** Layers of the frame while a sheet is composed; none otherwise. */
export function frameLayers(shown: boolean): LayerSpecification[] {
  if (!shown) return [];
  const line = (id: string, color: string, width: number): LayerSpecification => ({
    id: `${FRAME_SOURCE}/${id}`,
    type: 'line',
    source: FRAME_SOURCE,
    filter: ['==', ['get', 'part'], 'frame'],
    layout: { 'line-join': 'miter' },
    paint: { 'line-color': color, 'line-width': width },
  });
  return [
    {
      id: `${FRAME_SOURCE}/outside`,
      type: 'fill',
      source: FRAME_SOURCE,
      filter: ['==', ['get', 'part'], 'outside'],
      paint: { 'fill-color': SHADE, 'fill-opacity': 0.3, 'fill-antialias': false },
    },
    line('casing', WHITE, 5),
    line('line', ACCENT, 2.5),
  ];
}

const wholeMap: Position[] = [
  [-180, -85],
  [180, -85],
  [180, 85],
  [-180, 85],
  [-180, -85],
];

/** The outline and its outside; nothing without a frame. */
export function frameFeatures(frame: SheetFrame | null): FeatureCollection {
  if (frame === null) return { type: 'FeatureCollection', features: [] };
  return {
    type: 'FeatureCollection',
    features: [
      {
        type: 'Feature',
        properties: { part: 'outside' },
        geometry: { type: 'Polygon', coordinates: [wholeMap, frame.ring] },
      },
      {
        type: 'Feature',
        properties: { part: 'frame' },
        geometry: { type: 'LineString', coordinates: frame.ring },
      },
    ],
  };
}
