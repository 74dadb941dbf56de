/** Where the parts of a layer lie in its source, and which of its features are drawn. Pure. */
import type { ExpressionSpecification, FilterSpecification } from 'maplibre-gl';
import type { LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import type { DrawCase } from '../../geodata/domain/draw-cases.ts';
import type { Language } from '../state/app-state.ts';
import { valuesFilter } from './draw-cases.ts';

export type DrawFrom = 'geojson' | 'tiles';

export type LayerStyleInput = {
  definition: LayerDefinition;
  drawFrom: DrawFrom;
  /** 0–1, over everything the layer draws. */
  opacity: number;
  /** Category entries shown; null: all. */
  filter: string[] | null;
  county: string | null;
  language: Language;
  /** Lines stand on pictures and need a white edge. */
  overBasemap: boolean;
};

type Part = 'shape' | 'anchor' | 'axis' | 'outline';
type Source = { source: string; 'source-layer'?: string };
export type ZoomRange = { minzoom?: number; maxzoom?: number };

/** A layer that changes from one way of drawing to the other gets another source. */
export function sourceIdOf(layerId: string, drawFrom: DrawFrom): string {
  return drawFrom === 'tiles' ? `${layerId}@tiles` : layerId;
}

/** Layers inside a tile: shapes, anchors and centre lines of a catalogue layer. */
export function tileLayerIds(layerId: string): string[] {
  return [layerId, `${layerId}_anchor`, `${layerId}_axis`];
}

export function sourceOf({ definition, drawFrom }: LayerStyleInput, part: Part): Source {
  const source = sourceIdOf(definition.id, drawFrom);
  if (drawFrom === 'geojson') return { source };
  return { source, 'source-layer': part === 'shape' ? definition.id : `${definition.id}_${part}` };
}

export function zoomRange(minzoom: number, maxzoom: number): ZoomRange {
  return { ...(minzoom > 0 ? { minzoom } : {}), ...(maxzoom < 24 ? { maxzoom } : {}) };
}

/** Part of the source, drawing cases, the reader's category filter and the chosen county, in one filter. */
export function filterOf(
  input: LayerStyleInput,
  part: Part,
  cases: DrawCase[],
): { filter?: FilterSpecification } {
  const { definition, drawFrom, filter, county } = input;
  const { categories } = definition.style;
  const conditions: ExpressionSpecification[] = [];
  if (drawFrom === 'geojson') conditions.push(...partConditions(definition, part));
  const drawn = valuesFilter(definition, cases);
  if (drawn !== null) conditions.push(drawn);
  if (filter !== null && categories !== undefined) {
    const values = categories.entries
      .filter(({ id }) => filter.includes(id))
      .flatMap((entry) => entry.values);
    conditions.push(['in', ['get', categories.field], ['literal', values]]);
  }
  // Sites and patches follow the county; the layers around them stay as context.
  const hasCounty = definition.fields.some(({ name, tile }) => name === 'county_adcode' && tile);
  if (county !== null && definition.group === 'restoration' && hasCounty) {
    conditions.push(['==', ['get', 'county_adcode'], county]);
  }
  const [first, ...rest] = conditions;
  if (first === undefined) return {};
  return { filter: rest.length === 0 ? first : ['all', first, ...rest] };
}

/** A GeoJSON source holds shapes, anchors and axes together, told apart by the kind of geometry. */
function partConditions(definition: LayerDefinition, part: Part): ExpressionSpecification[] {
  if (part === 'anchor') return [['==', ['geometry-type'], 'Point']];
  const isArea = definition.table.geometryType === 'MultiPolygon';
  if (part === 'shape') return [['==', ['geometry-type'], isArea ? 'Polygon' : 'LineString']];
  return [
    ['==', ['geometry-type'], 'LineString'],
    ['!', ['has', 'part']],
  ];
}

/** Opacities to the thousandth, so that a product of two reads like a number. */
export function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
