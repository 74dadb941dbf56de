/** The MapLibre layers of one layer definition: fills, hatches, lines, symbols and its label. Pure. */
import type {
  CircleLayerSpecification,
  ExpressionSpecification,
  FillLayerSpecification,
  FilterSpecification,
  LayerSpecification,
  LineLayerSpecification,
  SymbolLayerSpecification,
} from 'maplibre-gl';
import type { LayerDefinition, LayerDraw, SymbolKind } from '../../geodata/catalogue/layer-definition.ts';
import type { Language } from '../state/app-state.ts';
import { byCase, type DrawCase, drawCases, groupCases, valuesFilter } from './draw-cases.ts';
import { hatchImageId, symbolImageId } from './image-id.ts';
import { OUTLINE_PART } from './map-features.ts';

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
};

type Part = 'shape' | 'anchor' | 'axis' | 'outline';
type Source = { source: string; 'source-layer'?: string };
type ZoomRange = { minzoom?: number; maxzoom?: number };

/** A layer that changes from one way of drawing to the other gets another source. */
export function sourceIdOf(layerId: string, drawFrom: DrawFrom): string {
  return drawFrom === 'tiles' ? `${layerId}@tiles` : layerId;
}

/** Layers inside a tile: shapes, anchors and centre lines of a catalogue layer. */
export function tileLayerIds(layerId: string): string[] {
  return [layerId, `${layerId}_anchor`, `${layerId}_axis`];
}

const ACCENT = '#0B5CAD';
const HALO = '#FFFFFF';
/** Local fonts, as MapLibre wants them; the style has no glyph address, so nothing is fetched. */
const FONTS = [
  'PingFang SC',
  'Microsoft YaHei UI',
  'HarmonyOS Sans SC',
  'Source Han Sans SC',
  'Noto Sans SC',
];
const CJK_FALLBACK = 'Noto Sans CJK SC';

/** Symbol sizes by zoom, drawn at exactly that size so that they stay sharp. */
const SYMBOL_SIZES: [size: number, ...steps: [zoom: number, size: number][]] = [
  7,
  [6, 9],
  [7, 11],
  [8, 12],
  [9, 14],
  [11, 17],
];
const HOVER_WIDTH = 1.6;

const hovered: ExpressionSpecification = ['boolean', ['feature-state', 'hover'], false];

/** Fills of base layers (land) apart as `ground`, everything with a symbol apart as `symbols`. */
export function shapeLayers(input: LayerStyleInput): {
  ground: LayerSpecification[];
  shapes: LayerSpecification[];
  symbols: LayerSpecification[];
} {
  const { definition } = input;
  const isArea = definition.table.geometryType === 'MultiPolygon';
  const fills = isArea ? fillLayers(input) : [];
  const isGround = definition.group === 'base';
  return {
    ground: isGround ? fills : [],
    shapes: [...(isGround ? [] : fills), ...(isArea ? hatchLayers(input) : []), ...strokeLayers(input)],
    symbols: symbolLayers(input),
  };
}

function fillLayers(input: LayerStyleInput): FillLayerSpecification[] {
  const cases = casesWith(input, (draw) => draw.fill !== undefined);
  if (cases.length === 0) return [];
  const field = categoryField(input);
  return [
    {
      id: `${input.definition.id}/fill`,
      type: 'fill',
      ...sourceOf(input, 'shape'),
      ...zoomsOfShapes(input),
      ...filterOf(input, 'shape', cases),
      paint: {
        'fill-color': byCase(field, cases, ({ fill }) => fill?.color ?? HALO),
        'fill-opacity': byCase(field, cases, ({ fill }) => round((fill?.opacity ?? 0) * input.opacity)),
        'fill-antialias': false,
      },
    },
  ];
}

function hatchLayers(input: LayerStyleInput): FillLayerSpecification[] {
  const cases = casesWith(input, (draw) => draw.hatch !== undefined);
  return groupCases(cases, ({ hatch }) => (hatch ? hatchImageId(hatch) : '')).map(
    ([image, group], index) => ({
      id: `${input.definition.id}/hatch${suffix(index)}`,
      type: 'fill',
      ...sourceOf(input, 'shape'),
      ...zoomsOfShapes(input),
      ...filterOf(input, 'shape', group),
      paint: { 'fill-pattern': image, 'fill-opacity': round(input.opacity) },
    }),
  );
}

/** One layer per dash pattern, because a dash cannot be told by feature without losing its scale. */
function strokeLayers(input: LayerStyleInput): LineLayerSpecification[] {
  const part = input.definition.style.strokeAlong === 'axis' ? 'axis' : 'shape';
  const field = categoryField(input);
  const cases = casesWith(input, (draw) => draw.stroke !== undefined);
  return groupCases(cases, ({ stroke }) => (stroke?.dash ?? []).join(' ')).map(([dash, group], index) => {
    const width = byCase(field, group, ({ stroke }) => stroke?.widthPx ?? 1);
    return {
      id: `${input.definition.id}/${part === 'axis' ? 'axis' : 'stroke'}${suffix(index)}`,
      type: 'line',
      ...sourceOf(input, part),
      ...zoomsOfShapes(input),
      ...filterOf(input, part, group),
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': byCase(field, group, ({ stroke }) => stroke?.color ?? ACCENT),
        'line-width': thinnedFarOut(['case', hovered, ['+', width, HOVER_WIDTH], width]),
        'line-opacity': round(input.opacity),
        ...(dash === '' ? {} : { 'line-dasharray': dash.split(' ').map(Number) }),
      },
    };
  });
}

/** The outer edge of all features together, where the definition asks for it (built from GeoJSON only). */
export function outlineLayer(input: LayerStyleInput): LineLayerSpecification[] {
  const { outerStroke } = input.definition.style;
  if (outerStroke === undefined || input.drawFrom === 'tiles') return [];
  return [
    {
      id: `${input.definition.id}/outline`,
      type: 'line',
      ...sourceOf(input, 'outline'),
      filter: ['==', ['get', 'part'], OUTLINE_PART],
      layout: { 'line-join': 'round', 'line-cap': 'round' },
      paint: {
        'line-color': outerStroke.color,
        'line-width': thinnedFarOut(outerStroke.widthPx),
        'line-opacity': round(input.opacity),
      },
    },
  ];
}

/** Rings and triangles below the zoom where shapes take over, with a rim for the one under the pointer. */
function symbolLayers(input: LayerStyleInput): (CircleLayerSpecification | SymbolLayerSpecification)[] {
  const { definition } = input;
  const { symbolBelowZoom, minzoom } = definition.style;
  const cases = casesWith(input, (draw) => draw.symbol !== undefined);
  if (symbolBelowZoom === null || definition.table.anchor === null || cases.length === 0) return [];
  const shared = {
    ...sourceOf(input, 'anchor'),
    ...zoomRange(minzoom, symbolBelowZoom),
    ...filterOf(input, 'anchor', cases),
  };
  const field = categoryField(input);
  const imageAt = (size: number) =>
    byCase(field, cases, ({ symbol }) => (symbol ? symbolImageId(symbol, sizeOf(symbol.kind, size)) : ''));
  const [smallest, ...steps] = SYMBOL_SIZES;
  const images = steps.flatMap(([zoom, size]) => [zoom, imageAt(size)]);
  const rim = ['step', ['zoom'], smallest / 2 + 2, ...steps.flatMap(([zoom, size]) => [zoom, size / 2 + 2])];
  return [
    {
      id: `${definition.id}/rim`,
      type: 'circle',
      ...shared,
      paint: {
        'circle-color': ACCENT,
        'circle-radius': rim as ExpressionSpecification,
        'circle-opacity': ['case', hovered, 0.9, 0],
      },
    },
    {
      id: `${definition.id}/symbol`,
      type: 'symbol',
      ...shared,
      layout: {
        'icon-image': ['step', ['zoom'], imageAt(smallest), ...images] as ExpressionSpecification,
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
        'symbol-z-order': 'source',
        'symbol-sort-key': byCase(field, cases, symbolRank),
      },
      paint: { 'icon-opacity': round(input.opacity) },
    },
  ];
}

/** A triangle of the rings' size would look smaller than they do. */
function sizeOf(kind: SymbolKind, size: number): number {
  return kind === 'triangle-alert' ? Math.round(size * 1.3) : size;
}

/** Problems lie on top, what is left out of the list at the bottom; of the rest, the less finished above. */
function symbolRank({ symbol }: LayerDraw, index: number): number {
  if (symbol?.kind === 'triangle-alert') return 100;
  return symbol?.kind === 'cross-small' ? 0 : 50 - index;
}

export function labelLayer(input: LayerStyleInput): SymbolLayerSpecification[] {
  const { definition } = input;
  const { label, symbolBelowZoom } = definition.style;
  if (label === undefined) return [];
  const alongLine = definition.table.anchor === null;
  const englishField = `${label.field}_en`;
  const hasEnglish = definition.fields.some(({ name }) => name === englishField);
  const text: ExpressionSpecification =
    input.language === 'en' && hasEnglish
      ? ['coalesce', ['get', englishField], ['get', label.field]]
      : ['get', label.field];
  const hasSymbols = symbolBelowZoom !== null;
  const placement: SymbolLayerSpecification['layout'] = alongLine
    ? { 'symbol-placement': 'line', 'symbol-spacing': 400, 'text-max-angle': 35 }
    : {
        'text-max-width': hasSymbols ? 10 : 7,
        // A label steps aside before it is left out; the name of a site stands beside its symbol.
        'text-variable-anchor': hasSymbols
          ? ['left', 'right', 'top', 'bottom']
          : ['center', 'top', 'bottom', 'left', 'right'],
        'text-radial-offset': hasSymbols ? 0.85 : 0.5,
        'text-justify': 'auto',
      };
  return [
    {
      id: `${definition.id}/label`,
      type: 'symbol',
      ...sourceOf(input, alongLine ? 'shape' : 'anchor'),
      ...zoomRange(Math.max(label.minzoom, definition.style.minzoom), definition.style.maxzoom),
      ...filterOf(input, alongLine ? 'shape' : 'anchor', drawCases(definition)),
      layout: {
        ...placement,
        'text-field': text,
        'text-font': [...FONTS, CJK_FALLBACK],
        'text-size': label.sizePx,
        'text-padding': 3,
      },
      paint: {
        'text-color': label.color,
        'text-halo-color': 'rgba(255, 255, 255, 0.92)',
        'text-halo-width': 1.5,
        'text-opacity': round(input.opacity),
      },
    },
  ];
}

/** Drawing cases that have the wanted part and that the reader's filter leaves. */
function casesWith(input: LayerStyleInput, has: (draw: LayerDraw) => boolean): DrawCase[] {
  return drawCases(input.definition).filter(({ draw }) => has(draw));
}

function categoryField({ definition }: LayerStyleInput): string | null {
  return definition.style.categories?.field ?? null;
}

function sourceOf({ definition, drawFrom }: LayerStyleInput, part: Part): Source {
  const source = sourceIdOf(definition.id, drawFrom);
  if (drawFrom === 'geojson') return { source };
  return { source, 'source-layer': part === 'shape' ? definition.id : `${definition.id}_${part}` };
}

function zoomsOfShapes({ definition }: LayerStyleInput): ZoomRange {
  const { minzoom, maxzoom, symbolBelowZoom } = definition.style;
  return zoomRange(Math.max(minzoom, symbolBelowZoom ?? 0), maxzoom);
}

function zoomRange(minzoom: number, maxzoom: number): ZoomRange {
  return { ...(minzoom > 0 ? { minzoom } : {}), ...(maxzoom < 24 ? { maxzoom } : {}) };
}

/** Part of the source, drawing cases, the reader's category filter and the chosen county, in one filter. */
function filterOf(input: LayerStyleInput, part: Part, cases: DrawCase[]): { filter?: FilterSpecification } {
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

/** Full width from where the region fills a desk screen; on a phone's overview lines would be blots. */
function thinnedFarOut(width: number | ExpressionSpecification): ExpressionSpecification {
  return ['interpolate', ['linear'], ['zoom'], 5, ['*', width, 0.5], 7, width];
}

function suffix(index: number): string {
  return index === 0 ? '' : `-${index + 1}`;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
