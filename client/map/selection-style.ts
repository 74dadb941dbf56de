/** How the selected feature is marked: its own source, so that it shows over every layer and filter. Pure. */
import type { LayerSpecification } from 'maplibre-gl';
import type { LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';

export const SELECTION_SOURCE = '@selection';

const ACCENT = '#0B5CAD';
const WHITE = '#FFFFFF';

/** A white and an accent line round the shape; where symbols stand for shapes, a ring round the symbol. */
export function selectionLayers(selected: LayerDefinition | null): LayerSpecification[] {
  if (selected === null) return [];
  const { symbolBelowZoom } = selected.style;
  const line = (id: string, color: string, width: number): LayerSpecification => ({
    id: `${SELECTION_SOURCE}/${id}`,
    type: 'line',
    source: SELECTION_SOURCE,
    minzoom: symbolBelowZoom ?? 0,
    filter: ['!=', ['geometry-type'], 'Point'],
    layout: { 'line-join': 'round', 'line-cap': 'round' },
    paint: { 'line-color': color, 'line-width': width },
  });
  const ring = (id: string, color: string, width: number, radius: number): LayerSpecification => ({
    id: `${SELECTION_SOURCE}/${id}`,
    type: 'circle',
    source: SELECTION_SOURCE,
    maxzoom: symbolBelowZoom ?? 0,
    filter: ['==', ['geometry-type'], 'Point'],
    paint: {
      'circle-radius': radius,
      'circle-color': 'rgba(0, 0, 0, 0)',
      'circle-stroke-color': color,
      'circle-stroke-width': width,
    },
  });
  return [
    line('casing', WHITE, 6),
    line('line', ACCENT, 3),
    ...(symbolBelowZoom === null ? [] : [ring('ring-casing', WHITE, 5, 9), ring('ring', ACCENT, 2.5, 10)]),
  ];
}
