/** The layers of a sheet with their shapes on the page, only what is really drawn. Pure. */
import type { LayerDefinition, LayerDraw } from '../../../geodata/catalogue/layer-definition.ts';
import { drawCases } from '../../../geodata/domain/draw-cases.ts';
import type { Box } from '../page.ts';
import type { LayerContent, PlannedLayer, SheetContent, SheetFeature } from '../sheet-content.ts';
import { boundsOf, isPointWithin, runsOf, shapeMeetsBox } from './paper-geometry.ts';
import { type PaperShape, type Run, readPaperShapes } from './paper-shape.ts';
import { areSymbolsDrawn, isLayerDrawn, lineFactorOf } from './print-scale.ts';

/** How features of a layer look on this sheet: symbols, filled shapes, lines, or bands with a line along their middle. */
export type DrawForm = 'symbol' | 'area' | 'line' | 'band';

export type MapFeature = {
  feature: SheetFeature;
  /** Legend entry; null: the layer's own drawing. */
  entryId: string | null;
  /** Position of its drawing among the cases of the layer. */
  caseIndex: number;
  draw: LayerDraw;
  shape: PaperShape;
  /** Of the shape; null without one. */
  bounds: Box | null;
  anchor: { x: number; y: number } | null;
  axis: Run[];
};

export type MapLayer = {
  definition: LayerDefinition;
  form: DrawForm;
  /** Factor on widths of strokes and hatches. */
  lineFactor: number;
  /** Whether the spec wants names. */
  labels: boolean;
  features: MapFeature[];
  /** In the frame, but of a category that has no symbol. */
  withoutSymbol: number;
};

export type PreparedLayers = {
  layers: MapLayer[];
  /** Planned, but not drawn at this scale. */
  notAtScale: LayerDefinition[];
};

/** Layers in drawing order, lowest first, each with the features of which something lies in the frame. */
export function prepareLayers({ plan, layers }: SheetContent): PreparedLayers {
  const contents = new Map(layers.map((layer) => [layer.layerId, layer]));
  const prepared: PreparedLayers = { layers: [], notAtScale: [] };
  for (const planned of plan.layers) {
    const content = contents.get(planned.definition.id);
    if (content === undefined) continue;
    if (!isLayerDrawn(planned.definition, plan)) prepared.notAtScale.push(planned.definition);
    else prepared.layers.push(prepareLayer(planned, content, plan));
  }
  return prepared;
}

function prepareLayer(planned: PlannedLayer, content: LayerContent, plan: SheetContent['plan']): MapLayer {
  const { definition } = planned;
  const { frame } = plan.map;
  const areas = content.features.flatMap(({ areaSquareMeters }) => areaSquareMeters ?? []);
  const form = formOf(definition, areSymbolsDrawn(definition, plan, areas));
  const shapes = readPaperShapes(content.shapes, frame);
  const anchors = content.anchors === null ? [] : readPaperShapes(content.anchors, frame);
  const axes = content.axes === null ? [] : readPaperShapes(content.axes, frame);
  const cases = drawCases(definition);
  const shown = planned.entries === null ? null : new Set(planned.entries);
  let withoutSymbol = 0;
  const features = content.features.flatMap((feature, index): MapFeature[] => {
    const found = cases.findIndex(({ values }) => values === null || values.includes(feature.category ?? ''));
    const entryId = definition.style.categories?.entries[found]?.id ?? null;
    const drawCase = cases[found];
    if (drawCase === undefined || (shown !== null && (entryId === null || !shown.has(entryId)))) return [];
    const [x, y] = anchors[index]?.points ?? [];
    const shape = shapes[index] ?? { polygons: [], lines: [], points: [] };
    const made: MapFeature = {
      feature,
      entryId,
      caseIndex: found,
      draw: drawCase.draw,
      shape,
      bounds: boundsOf(runsOf(shape)),
      anchor: x === undefined || y === undefined ? null : { x, y },
      axis: axes[index]?.lines ?? [],
    };
    if (form === 'symbol' && made.draw.symbol === undefined) {
      withoutSymbol += made.anchor !== null && isPointWithin(made.anchor.x, made.anchor.y, frame) ? 1 : 0;
      return [];
    }
    return isDrawn(made, form, frame) ? [made] : [];
  });
  return {
    definition,
    form,
    lineFactor: lineFactorOf(definition, plan),
    labels: planned.labels,
    features,
    withoutSymbol,
  };
}

function formOf(definition: LayerDefinition, symbols: boolean): DrawForm {
  if (definition.table.geometryType === 'MultiLineString') return 'line';
  if (symbols) return 'symbol';
  return definition.style.strokeAlong === 'axis' ? 'band' : 'area';
}

/** A symbol stands where its anchor lies in the frame; a shape is drawn where the frame leaves something of it. */
function isDrawn(
  { draw, shape, anchor, axis }: MapFeature,
  form: DrawForm,
  frame: SheetContent['plan']['map']['frame'],
): boolean {
  if (form === 'symbol') {
    return anchor !== null && isPointWithin(anchor.x, anchor.y, frame);
  }
  const visible: PaperShape =
    form === 'line'
      ? { ...shape, polygons: [], points: [] }
      : { polygons: shape.polygons, lines: form === 'band' ? axis : [], points: [] };
  const hasPaint = draw.fill !== undefined || draw.hatch !== undefined || draw.stroke !== undefined;
  return hasPaint && shapeMeetsBox(visible, frame);
}
