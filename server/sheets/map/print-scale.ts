/**
 * What a definition says in zooms of the screen, told in scales of paper: one place for when symbols become shapes,
 * when a name stands and how heavy lines are. Pure.
 */
import type { LayerDefinition } from '../../../geodata/catalogue/layer-definition.ts';
import type { SheetPlan } from '../sheet-content.ts';

/** A screen pixel of CSS (96 to the inch). */
export const mmPerPixel = 25.4 / 96;
const METERS_PER_PIXEL_AT_ZOOM_0 = 78_271.516964;
/** So many zooms earlier than on the screen a name is readable on paper, which shows finer print and has no hover. */
const LABEL_LEAD_ZOOMS = 3;
/** Sites that are mostly larger than this on paper are drawn as shapes. */
const SHAPE_FROM_MM = 4;
const LIGHTER_SPAN_ZOOMS = 3;
const LIGHTEST = 0.5;

type Scaled = Pick<SheetPlan, 'scale' | 'center'> & { layout: Pick<SheetPlan['layout'], 'sizeFactor'> };

/**
 * Zoom of the screen that shows as much ground as the sheet does at the size of its text: a wall map with large text
 * counts as a smaller scale.
 */
export function zoomOfSheet({ scale, center, layout }: Scaled): number {
  const metersPerPixel = (scale * layout.sizeFactor * mmPerPixel) / 1000;
  const atZoom0 = METERS_PER_PIXEL_AT_ZOOM_0 * Math.cos((center[1] * Math.PI) / 180);
  return Math.log2(atZoom0 / metersPerPixel);
}

/** Whether the layer is drawn at the sheet's scale at all. */
export function isLayerDrawn({ style }: LayerDefinition, plan: Scaled & Pick<SheetPlan, 'focus'>): boolean {
  return plan.focus.kind === 'site' || zoomOfSheet(plan) >= style.minzoom;
}

/** Whether the features of the layer are named at the sheet's scale. */
export function areLabelsShown({ style }: LayerDefinition, plan: Scaled & Pick<SheetPlan, 'focus'>): boolean {
  if (style.label === undefined) return false;
  return plan.focus.kind === 'site' || zoomOfSheet(plan) + LABEL_LEAD_ZOOMS >= style.label.minzoom;
}

/**
 * Whether a layer that has symbols is drawn by them: where half of its features would be less than 4 mm wide, taken
 * as squares of their area. Without any known area the zoom of the screen decides. A site page shows shapes.
 */
export function areSymbolsDrawn(
  { style, table }: LayerDefinition,
  plan: Scaled & Pick<SheetPlan, 'focus'>,
  areasSquareMeters: readonly number[],
): boolean {
  if (style.symbolBelowZoom === null || table.anchor === null || plan.focus.kind === 'site') return false;
  const sorted = [...areasSquareMeters].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)];
  if (median === undefined) return zoomOfSheet(plan) < style.symbolBelowZoom;
  return (Math.sqrt(median) / plan.scale) * 1000 < SHAPE_FROM_MM * plan.layout.sizeFactor;
}

/** Factor on widths of strokes and hatches: thinner where many small shapes would drown the rest. */
export function lineFactorOf({ style }: LayerDefinition, plan: Scaled): number {
  const { sizeFactor } = plan.layout;
  if (style.lighterBelowZoom === null) return sizeFactor;
  const share = 1 - (style.lighterBelowZoom - zoomOfSheet(plan)) / LIGHTER_SPAN_ZOOMS;
  return sizeFactor * (LIGHTEST + (1 - LIGHTEST) * Math.min(1, Math.max(0, share)));
}
