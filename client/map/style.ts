/**
 * What the map draws, as a pure function of the catalogue and the state: ground, shapes from bottom
 * to top on the basemap where one is shown, strokes raised above them, the border of the region, symbols, the selection, and above all of them the labels.
 */
import type { LayerSpecification } from 'maplibre-gl';
import type { LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import type { Basemap } from '../../geodata/contract/basemap.ts';
import type { LinkedState } from '../state/app-state.ts';
import { BASEMAP_ID, basemapLayers, isBasemapShown } from './basemap-style.ts';
import { drawOrder } from './draw-order.ts';
import { labelLayer } from './label-style.ts';
import type { DrawFrom } from './layer-parts.ts';
import { outlineLayers, shapeLayers } from './layer-style.ts';
import { selectionLayers } from './selection-style.ts';

export type StyledLayer = { definition: LayerDefinition; drawFrom: DrawFrom };
export type StyleState = Pick<
  LinkedState,
  'language' | 'order' | 'visible' | 'opacity' | 'filter' | 'county' | 'selection'
>;

/** Ground outside the region. */
const OUTSIDE = '#F0F1EE';

export function isVisible(definition: LayerDefinition, visible: LinkedState['visible']): boolean {
  return visible[definition.id] ?? definition.visible;
}

/** MapLibre layers from the lowest to the highest. Layers whose switch is off are left out. */
export function mapStyleLayers(
  layers: readonly StyledLayer[],
  state: StyleState,
  basemap: Basemap | null = null,
): LayerSpecification[] {
  const overBasemap = basemap !== null && isBasemapShown(state.visible);
  const byId = new Map(layers.map((layer) => [layer.definition.id, layer]));
  const definitions = layers.map(({ definition }) => definition);
  const fromTheGround = drawOrder(definitions, state.order)
    .flatMap((id) => byId.get(id) ?? [])
    .filter(({ definition }) => isVisible(definition, state.visible))
    .reverse();

  const inputs = fromTheGround.map(({ definition, drawFrom }) => ({
    definition,
    drawFrom,
    opacity: state.opacity[definition.id] ?? 1,
    filter: state.filter[definition.id] ?? null,
    county: state.county,
    language: state.language,
    overBasemap,
  }));
  const drawn = inputs.map((input) => ({ input, ...shapeLayers(input) }));
  const labels = inputs
    .filter(({ definition }) => definition.style.label !== undefined)
    .sort((a, b) => labelRank(b.definition) - labelRank(a.definition));
  const selected = definitions.find(({ id }) => id === state.selection?.layerId);

  return [
    { id: 'background', type: 'background', paint: { 'background-color': OUTSIDE } },
    // The land is an opaque fill: wherever its layer stands in the order, it must hide nothing.
    ...drawn.flatMap(({ ground }) => ground),
    ...(overBasemap ? basemapLayers(basemap, state.opacity[BASEMAP_ID] ?? 1) : []),
    ...drawn.flatMap(({ shapes }) => shapes),
    ...drawn.flatMap(({ raised }) => raised),
    ...inputs.flatMap((input) => outlineLayers(input)),
    ...drawn.flatMap(({ symbols }) => symbols),
    ...selectionLayers(selected ?? null),
    // MapLibre places the highest layer first: the most important labels come last here.
    ...labels.flatMap((input) => labelLayer(input)),
  ];
}

function labelRank(definition: LayerDefinition): number {
  return definition.style.label?.priority ?? 0;
}

const DRAWN_PARTS = ['fill', 'hatch', 'stroke', 'axis', 'symbol'];

/** The catalogue layer a style layer draws; null for ground, labels, outline, casings, hover rings and selection. */
export function pickableLayerId(styleLayerId: string): string | null {
  const [layerId, part] = styleLayerId.split('/');
  const kind = part?.replace(/-\d+$/, '');
  return layerId !== undefined && kind !== undefined && DRAWN_PARTS.includes(kind) ? layerId : null;
}
