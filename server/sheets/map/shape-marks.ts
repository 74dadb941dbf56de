/** Fills, hatches and strokes of one layer, apart by the height at which the map draws them. Pure. */
import type { LayerDraw } from '../../../geodata/catalogue/layer-definition.ts';
import type { Box, Mark } from '../page.ts';
import { borderLines } from './border-lines.ts';
import { casingColor, type DrawSizes, fillMarks, hatchMarks, pageStroke, strokeMarks } from './draw-parts.ts';
import type { MapFeature, MapLayer } from './map-layer.ts';
import { linesPath, ringsPath, roundMm } from './path-data.ts';
import { symbolRank } from './symbol-marks.ts';

export type ShapeMarks = {
  /** Opaque land below everything; left out over a basemap. */
  ground: Mark[];
  shapes: Mark[];
  /** Strokes above the shapes of every layer. */
  raised: Mark[];
  /** Borders of the region's parts and outlines of sites: above the grey outside the focus and above raised strokes. */
  outlines: Mark[];
};

type ShapeOptions = {
  frame: Box;
  sizeFactor: number;
  overBasemap: boolean;
  /** Raised strokes stay inside their shape. */
  inset: boolean;
  /** The sheet is about one county: the edge of the region is not its main line. */
  countyFocus: boolean;
};

/** No marks for layers drawn by symbols. */
export function shapeMarks(layer: MapLayer, options: ShapeOptions): ShapeMarks {
  const marks: ShapeMarks = { ground: [], shapes: [], raised: [], outlines: [] };
  if (layer.form === 'symbol') return marks;
  const { definition } = layer;
  const { overBasemap } = options;
  const sizes: DrawSizes = { line: layer.lineFactor, size: options.sizeFactor };
  const cases = byCase(layer.features);
  if (definition.group !== 'base') marks.shapes.push(...cases.flatMap(([, features]) => fillsOf(features)));
  else if (!overBasemap) marks.ground.push(...cases.flatMap(([, features]) => fillsOf(features)));
  for (const [draw, features] of cases) {
    marks.shapes.push(
      ...hatchMarks(
        draw,
        features.map(({ shape }) => shape.polygons.flat()),
        sizes,
      ),
    );
  }
  if (definition.style.outerStroke !== undefined) {
    marks.outlines.push(...borderMarks(layer, options));
  } else if (definition.style.strokeRaised) {
    marks.raised.push(...layer.features.flatMap((feature) => raisedMarks(feature, sizes.line, options)));
  } else {
    // The patches of a site fill it to its edge: its outline lies above what they draw inside.
    const target = definition.style.symbolBelowZoom === null ? marks.shapes : marks.outlines;
    for (const [{ stroke }, features] of cases) {
      target.push(...strokeMarks(stroke, strokePath(features, layer), sizes.line, overBasemap));
    }
  }
  return marks;
}

/** Features by drawing, those that matter most last. */
function byCase(features: readonly MapFeature[]): [LayerDraw, MapFeature[]][] {
  const cases = new Map<number, MapFeature[]>();
  for (const feature of features) {
    cases.set(feature.caseIndex, [...(cases.get(feature.caseIndex) ?? []), feature]);
  }
  return [...cases]
    .map(([index, members]): [LayerDraw, MapFeature[], number] => {
      const draw = members[0]?.draw ?? {};
      return [draw, members, symbolRank(draw, index)];
    })
    .sort((a, b) => a[2] - b[2])
    .map(([draw, members]) => [draw, members]);
}

/** Each feature by itself: two that overlap must not cut holes into each other. */
function fillsOf(features: readonly MapFeature[]): Mark[] {
  return features.flatMap(({ draw, shape }) => fillMarks(draw, shape.polygons.flat()));
}

function strokePath(features: readonly MapFeature[], { form, definition }: MapLayer): string {
  return features
    .map(({ shape, axis }) => {
      if (form === 'line') return linesPath(shape.lines);
      return definition.style.strokeAlong === 'axis' ? linesPath(axis) : ringsPath(shape.polygons.flat());
    })
    .join('');
}

/** Share of its width that the edge of the region keeps beside the outline of a county. */
const QUIET_FACTOR = 0.6;

function borderMarks(layer: MapLayer, { frame, overBasemap, sizeFactor, countyFocus }: ShapeOptions): Mark[] {
  const { stroke } = layer.definition.style.draw;
  const { outerStroke } = layer.definition.style;
  const { inner, outer } = borderLines(
    layer.features.map(({ shape }) => shape.polygons),
    frame,
  );
  return [
    ...strokeMarks(stroke, linesPath(inner), layer.lineFactor, overBasemap),
    ...strokeMarks(outerStroke, linesPath(outer), sizeFactor * (countyFocus ? QUIET_FACTOR : 1), overBasemap),
  ];
}

/** Gap between the shape's edge, where another layer's outline may run, and a raised stroke. */
const RAISED_INSET_MM = 0.25;
const RAISED_CASING_MM = 0.2;

/** Twice as wide as it should be and clipped by its own shape, a stroke keeps to the inner side of the edge. */
function raisedMarks(
  { draw, shape }: MapFeature,
  lineFactor: number,
  { inset, overBasemap }: ShapeOptions,
): Mark[] {
  const d = ringsPath(shape.polygons.flat());
  if (draw.stroke === undefined || d === '') return [];
  if (!inset) return strokeMarks(draw.stroke, d, lineFactor, overBasemap);
  const own = pageStroke(draw.stroke, lineFactor);
  const edge = RAISED_INSET_MM * lineFactor;
  const casing = RAISED_CASING_MM * lineFactor;
  const inside = (color: string, depthMm: number): Mark => ({
    kind: 'path',
    d,
    stroke: { color, widthMm: roundMm(2 * depthMm) },
  });
  return [
    {
      kind: 'clip',
      d,
      marks: [
        inside(casingColor, edge + own.widthMm + casing),
        { kind: 'path', d, stroke: { ...own, widthMm: roundMm(2 * (edge + own.widthMm)) } },
        inside(casingColor, edge),
      ],
    },
  ];
}
