/**
 * The map of a sheet: everything in its frame and the labels of the graticule round it. Pure: the same content gives the
 * same marks. Furniture (neat lines, north arrow, legend) is drawn elsewhere.
 */
import type { SheetNotice } from '../../../geodata/contract/sheets.ts';
import type { Box, Mark } from '../page.ts';
import type { SheetContent } from '../sheet-content.ts';
import { textWidthMm } from '../text/measure-text.ts';
import { type DrawnLayer, drawnLayers } from './drawn-layers.ts';
import { focusMask, focusOutline, focusRings } from './focus-mask.ts';
import { freeCornerOf } from './free-corner.ts';
import { graticuleMarks } from './graticule-marks.ts';
import { labelMarks } from './label-box.ts';
import { labelRequests, ownerOf } from './label-requests.ts';
import { type MapLayer, prepareLayers } from './map-layer.ts';
import { mapNotices } from './map-notices.ts';
import { boxesMeet } from './paper-geometry.ts';
import { boxPath } from './path-data.ts';
import { type PlacedLabel, placeLabels } from './place-labels.ts';
import { zoomOfSheet } from './print-scale.ts';
import { shapeMarks } from './shape-marks.ts';
import { symbolMarks, symbolRank, symbolSizeMm } from './symbol-marks.ts';

export type DrawnMap = {
  marks: Mark[];
  /** Counts by layer and legend entry of what the marks show. */
  drawn: DrawnLayer[];
  notices: SheetNotice[];
  /** Where the north arrow covers least; no label lies in it. */
  arrowBox: Box;
};

/** Ground outside the region. */
const OUTSIDE = '#F0F1EE';
/** From this zoom of the screen on shapes have room for a stroke inside their edge. */
const INSET_FROM_ZOOM = 14;
const LEADER = { color: '#1F2933', widthMm: 0.15 };

/** Throws for shapes that are not TWKB. */
export function drawMap(content: SheetContent): DrawnMap {
  const { plan, basemap } = content;
  const { frame } = plan.map;
  const { sizeFactor } = plan.layout;
  const { layers, notAtScale } = prepareLayers(content);
  const focus = focusRings(content.focusShape, frame);
  const arrowBox = freeCornerOf(layers, focus, content);
  const overBasemap = basemap !== null;
  const inset = plan.focus.kind === 'site' || zoomOfSheet(plan) >= INSET_FROM_ZOOM;
  const shapes = layers.map((layer) => ({
    id: layer.definition.id,
    ...shapeMarks(layer, {
      frame,
      sizeFactor,
      overBasemap,
      inset,
      countyFocus: plan.focus.kind === 'county',
    }),
  }));
  const symbols = layers.map((layer) => ({ id: layer.definition.id, ...symbolsOf(layer, sizeFactor) }));
  const reserved = Object.values(plan.layout.parts).filter((part) => boxesMeet(part, frame));
  const { placed, leftOut } = placeLabels(labelRequests(layers, { content, focus, measure: textWidthMm }), {
    frame,
    reserved: [arrowBox, ...reserved],
    symbols: symbols.flatMap(({ boxes }) => boxes),
  });
  const graticule = graticuleMarks(plan);
  const group = (id: string, marks: readonly Mark[]): Mark[] =>
    marks.length === 0 ? [] : [{ kind: 'group', id, marks }];
  const inFrame: Mark[] = [
    { kind: 'path', d: boxPath(frame), fill: { color: OUTSIDE } },
    ...shapes.flatMap(({ id, ground }) => group(`${id}-ground`, ground)),
    ...(basemap === null ? [] : [basemapMark(basemap, frame)]),
    ...shapes.flatMap((layer) => group(layer.id, layer.shapes)),
    ...group('focus-mask', focusMask(focus, frame)),
    ...group('graticule', graticule.inFrame),
    ...shapes.flatMap(({ id, raised }) => group(`${id}-raised`, raised)),
    ...shapes.flatMap(({ id, outlines }) => group(`${id}-outlines`, outlines)),
    ...group('focus-outline', focusOutline(focus, sizeFactor, overBasemap)),
    // A name that had to be set over symbols lies below them: none of them is hidden.
    ...group(
      'area-names',
      labelsOf(
        placed.filter(({ request }) => request.overSymbols),
        sizeFactor,
      ),
    ),
    ...symbols.flatMap(({ id, marks }) => group(`${id}-symbols`, marks)),
    ...group(
      'labels',
      labelsOf(
        placed.filter(({ request }) => !request.overSymbols),
        sizeFactor,
      ),
    ),
  ];
  return {
    marks: [
      { kind: 'clip', d: boxPath(frame), marks: inFrame },
      ...group('graticule-labels', graticule.border),
    ],
    drawn: drawnLayers(layers, sizeFactor),
    notices: [...mapNotices({ layers, notAtScale, leftOut, scale: plan.scale }), ...graticule.notices],
    arrowBox,
  };
}

function basemapMark({ bytes, attribution }: NonNullable<SheetContent['basemap']>, frame: Box): Mark {
  const { x, y, width, height } = frame;
  return { kind: 'image', bytes, x, y, width, height, title: attribution };
}

/** From the lowest to the highest; of one rank the northern ones lie below, as they stand behind. */
function symbolsOf(
  layer: MapLayer,
  sizeFactor: number,
): { marks: Mark[]; boxes: { owner: string; box: Box }[] } {
  if (layer.form !== 'symbol') return { marks: [], boxes: [] };
  const symbols = layer.features.flatMap((feature) => {
    const { anchor, draw, caseIndex } = feature;
    if (anchor === null || draw.symbol === undefined) return [];
    const size = symbolSizeMm(draw.symbol, sizeFactor);
    return [
      {
        ...anchor,
        size,
        symbol: draw.symbol,
        rank: symbolRank(draw, caseIndex),
        owner: ownerOf(layer, feature),
      },
    ];
  });
  symbols.sort((a, b) => a.rank - b.rank || a.y - b.y || a.x - b.x || (a.owner < b.owner ? -1 : 1));
  return {
    marks: symbols.flatMap(({ symbol, x, y, size }) => symbolMarks(symbol, x, y, size)),
    boxes: symbols.map(({ owner, x, y, size }) => ({
      owner,
      box: { x: x - size / 2, y: y - size / 2, width: size, height: size },
    })),
  };
}

/** The more important above; leaders below all text. */
function labelsOf(placed: readonly PlacedLabel[], sizeFactor: number): Mark[] {
  const leaders = placed.flatMap(({ candidate: { leader } }): Mark[] =>
    leader === undefined
      ? []
      : [
          {
            kind: 'path',
            d: `M${leader.slice(0, 2).map(round).join(' ')}L${leader.slice(2).map(round).join(' ')}`,
            stroke: { ...LEADER, widthMm: round(LEADER.widthMm * sizeFactor) },
          },
        ],
  );
  const texts = [...placed]
    .reverse()
    .flatMap(({ request, candidate }) =>
      labelMarks(request.label, candidate.x, candidate.y, candidate.degrees),
    );
  return [...leaders, ...texts];
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
