/** The MapLibre layers of one layer definition: fills, hatches, lines and symbols. Pure. */
import type {
  CircleLayerSpecification,
  ExpressionSpecification,
  FillLayerSpecification,
  LayerSpecification,
  LineLayerSpecification,
  SymbolLayerSpecification,
} from 'maplibre-gl';
import type { LayerDraw, SymbolKind } from '../../geodata/catalogue/layer-definition.ts';
import { type DrawCase, drawCases } from '../../geodata/domain/draw-cases.ts';
import { byCase, groupCases } from './draw-cases.ts';
import { hatchImageId, symbolImageId } from './image-id.ts';
import { filterOf, type LayerStyleInput, round, sourceOf, type ZoomRange, zoomRange } from './layer-parts.ts';
import { OUTLINE_PART } from './map-features.ts';

const ACCENT = '#0B5CAD';
const HALO = '#FFFFFF';

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
const CASING_WIDTH = 1.6;
/** Both sides together: 1.5 px on each. */
const BASEMAP_CASING_WIDTH = 3;
/** A raised stroke stays inside the outline it would else cover; small shapes have no room for that. */
const RAISED_INSET: ExpressionSpecification = ['interpolate', ['linear'], ['zoom'], 13, 0, 15, 2.5];
const LIGHTER_WIDTH = 0.5;
const LIGHTER_OPACITY = 0.6;

const hovered: ExpressionSpecification = ['boolean', ['feature-state', 'hover'], false];

/** Fills of base layers (land) apart as `ground`, strokes above all shapes as `raised`, everything with a symbol apart as `symbols`. */
export function shapeLayers(input: LayerStyleInput): {
  ground: LayerSpecification[];
  shapes: LayerSpecification[];
  raised: LayerSpecification[];
  symbols: LayerSpecification[];
} {
  const { definition } = input;
  const isArea = definition.table.geometryType === 'MultiPolygon';
  const fills = isArea ? fillLayers(input) : [];
  const isGround = definition.group === 'base';
  const isRaised = definition.style.strokeRaised;
  const strokes = [...casingLayers(input), ...strokeLayers(input)];
  return {
    ground: isGround ? fills : [],
    shapes: [...(isGround ? [] : fills), ...(isArea ? hatchLayers(input) : []), ...(isRaised ? [] : strokes)],
    raised: isRaised ? strokes : [],
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
      // The stroke covers the edge of the hatch: a smooth one would be a second pass for nothing.
      paint: { 'fill-pattern': image, 'fill-opacity': paledFarOut(input), 'fill-antialias': false },
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
        'line-width': thinnedFarOut(['case', hovered, ['+', width, HOVER_WIDTH], width], input),
        'line-opacity': paledFarOut(input),
        ...(input.definition.style.strokeRaised ? { 'line-offset': RAISED_INSET } : {}),
        ...(dash === '' ? {} : { 'line-dasharray': dash.split(' ').map(Number) }),
      },
    };
  });
}

/** White under a stroke: over a basemap under every one, else under raised ones, so that they read on dark fills. */
function casingLayers(input: LayerStyleInput): LineLayerSpecification[] {
  const { strokeRaised, strokeAlong } = input.definition.style;
  const cases = casesWith(input, (draw) => draw.stroke !== undefined);
  if (cases.length === 0 || !(strokeRaised || input.overBasemap)) return [];
  const part = strokeAlong === 'axis' ? 'axis' : 'shape';
  const widthWith = (extra: number) =>
    byCase(categoryField(input), cases, ({ stroke }) => (stroke?.widthPx ?? 1) + extra);
  return [
    {
      id: `${input.definition.id}/casing`,
      type: 'line',
      ...sourceOf(input, part),
      ...zoomsOfShapes(input),
      ...filterOf(input, part, cases),
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': HALO,
        'line-width': input.overBasemap ? basemapCasingWidth(input, widthWith) : widthWith(CASING_WIDTH),
        'line-opacity': input.overBasemap
          ? paledFarOut(input)
          : // On small shapes it would leave nothing of the fill.
            ['interpolate', ['linear'], ['zoom'], 13, 0, 14.5, round(0.9 * input.opacity)],
        ...(strokeRaised ? { 'line-offset': RAISED_INSET } : {}),
      },
    },
  ];
}

/** The outer edge of all features together, where the definition asks for it (built from GeoJSON only). */
export function outlineLayers(input: LayerStyleInput): LineLayerSpecification[] {
  const { outerStroke } = input.definition.style;
  if (outerStroke === undefined || input.drawFrom === 'tiles') return [];
  type Width = number | ExpressionSpecification;
  const line = (part: string, color: string, width: Width): LineLayerSpecification => ({
    id: `${input.definition.id}/${part}`,
    type: 'line',
    ...sourceOf(input, 'outline'),
    filter: ['==', ['get', 'part'], OUTLINE_PART],
    layout: { 'line-join': 'round', 'line-cap': 'round' },
    paint: {
      'line-color': color,
      'line-width': width,
      'line-opacity': round(input.opacity),
    },
  });
  return [
    ...(input.overBasemap
      ? [
          line(
            'outline-casing',
            HALO,
            basemapCasingWidth(input, (extra) => outerStroke.widthPx + extra),
          ),
        ]
      : []),
    // By the kind of expression strokes have: one program of the graphics card draws both, and each takes its time to make.
    line(
      'outline',
      outerStroke.color,
      thinnedFarOut(['case', hovered, outerStroke.widthPx, outerStroke.widthPx], input),
    ),
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

/** Drawing cases that have the wanted part. */
function casesWith(input: LayerStyleInput, has: (draw: LayerDraw) => boolean): DrawCase[] {
  return drawCases(input.definition).filter(({ draw }) => has(draw));
}

function categoryField({ definition }: LayerStyleInput): string | null {
  return definition.style.categories?.field ?? null;
}

function zoomsOfShapes({ definition }: LayerStyleInput): ZoomRange {
  const { minzoom, maxzoom, symbolBelowZoom } = definition.style;
  return zoomRange(Math.max(minzoom, symbolBelowZoom ?? 0), maxzoom);
}

/** Full width from where the region fills a desk screen; on a phone's overview lines would be blots. */
function thinnedFarOut(
  width: number | ExpressionSpecification,
  { definition }: LayerStyleInput,
): ExpressionSpecification {
  const { lighterBelowZoom } = definition.style;
  return lighterBelowZoom === null
    ? ['interpolate', ['linear'], ['zoom'], 5, ['*', width, 0.5], 7, width]
    : [
        'interpolate',
        ['linear'],
        ['zoom'],
        lighterBelowZoom - 3,
        ['*', width, LIGHTER_WIDTH],
        lighterBelowZoom,
        width,
      ];
}

/** The white edge at its full width from a working scale on; on an overview it would drown its own lines. */
function basemapCasingWidth(
  { definition }: LayerStyleInput,
  widthWith: (extra: number) => number | ExpressionSpecification,
): ExpressionSpecification {
  const fullFrom = definition.style.lighterBelowZoom ?? 10;
  return [
    'interpolate',
    ['linear'],
    ['zoom'],
    fullFrom - 5,
    ['*', widthWith(BASEMAP_CASING_WIDTH / 2), LIGHTER_WIDTH],
    fullFrom - 3,
    definition.style.lighterBelowZoom === null
      ? widthWith(BASEMAP_CASING_WIDTH / 2)
      : ['*', widthWith(BASEMAP_CASING_WIDTH / 2), LIGHTER_WIDTH],
    fullFrom,
    widthWith(BASEMAP_CASING_WIDTH),
  ];
}

/** The reader's opacity; paler far out where the definition asks for it. */
function paledFarOut({ definition, opacity }: LayerStyleInput): number | ExpressionSpecification {
  const { lighterBelowZoom } = definition.style;
  if (lighterBelowZoom === null) return round(opacity);
  return [
    'interpolate',
    ['linear'],
    ['zoom'],
    lighterBelowZoom - 3,
    round(opacity * LIGHTER_OPACITY),
    lighterBelowZoom,
    round(opacity),
  ];
}

function suffix(index: number): string {
  return index === 0 ? '' : `-${index + 1}`;
}
