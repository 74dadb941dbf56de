/** Which features of a sheet are named, how the name is written and where it may stand. Pure. */
import type { SheetContent } from '../sheet-content.ts';
import { type LabelFont, labelText, type MeasureText, mmPerPoint } from './label-box.ts';
import { alongLines, beside, besidePoint, type Candidate, insideArea } from './label-candidates.ts';
import type { MapFeature, MapLayer } from './map-layer.ts';
import { boundsOf, isInside, polygonArea } from './paper-geometry.ts';
import type { Run } from './paper-shape.ts';
import type { LabelRequest } from './place-labels.ts';
import { areLabelsShown } from './print-scale.ts';
import { symbolSizeMm } from './symbol-marks.ts';

const LEAST_PT = 7;
/** 11 px beside a map that one scrolls are read as well as 7.3 pt in the hand. */
const POINTS_PER_PIXEL = 0.66;
/** Names of the parts of the region lead all others. */
const COUNTY_FACTOR = 1.25;
const NEIGHBOUR_COLOR = '#6B7680';
/** Widest line of a name, in its own size. */
const WIDEST_EM = {
  point: 11,
  area: 7,
  line: 40,
  /** Of several words: a name and a figure, English. */ county: 4,
};

type Naming = { content: SheetContent; focus: readonly Run[]; measure: MeasureText };

/** One request for each name, in the order of layers; features outside the focus keep quiet, but for its neighbours. */
export function labelRequests(layers: readonly MapLayer[], naming: Naming): LabelRequest[] {
  return layers
    .filter(({ labels, definition }) => labels && areLabelsShown(definition, naming.content.plan))
    .flatMap((layer) =>
      layer.form === 'line' || layer.form === 'band'
        ? lineRequests(layer, naming)
        : featureRequests(layer, naming),
    );
}

function featureRequests(layer: MapLayer, naming: Naming): LabelRequest[] {
  const { definition } = layer;
  const { plan } = naming.content;
  const isCounties = definition.style.outerStroke !== undefined;
  const inFocus = (feature: MapFeature): boolean => isCounties || isOfFocus(feature, naming.focus);
  const features = layer.features.filter(inFocus);
  if (layer.form === 'area') features.sort((a, b) => areaOf(b) - areaOf(a));
  return features.flatMap((feature): LabelRequest[] => {
    const text = nameOf(feature, layer, naming.content);
    // The county of the sheet stands in its title.
    const isFocus = isCounties && plan.focus.kind === 'county' && plan.focus.adcode === feature.feature.code;
    if (text === null || isFocus) return [];
    const font = fontOf(layer, naming.content);
    const kind = layer.form === 'symbol' ? 'point' : 'area';
    const widest = isCounties && text.includes(' ') ? WIDEST_EM.county : WIDEST_EM[kind];
    const label = labelText(text, font, widest * font.sizePt * mmPerPoint, naming.measure);
    return [
      {
        owner: ownerOf(layer, feature),
        layerId: definition.id,
        priority: definition.style.label?.priority ?? 0,
        label,
        overSymbols: isCounties,
        *candidates() {
          if (kind === 'point') yield* pointCandidates(feature, label, plan.layout.sizeFactor);
          else yield* areaCandidates(feature, label, naming, isCounties);
        },
      },
    ];
  });
}

function* pointCandidates(
  { anchor, draw }: MapFeature,
  label: LabelRequest['label'],
  sizeFactor: number,
): Generator<Candidate> {
  if (anchor === null || draw.symbol === undefined) return;
  yield* besidePoint(anchor.x, anchor.y, symbolSizeMm(draw.symbol, sizeFactor) / 2, label, sizeFactor);
}

function* areaCandidates(
  { shape, anchor }: MapFeature,
  label: LabelRequest['label'],
  { content, focus }: Naming,
  isCounties: boolean,
): Generator<Candidate> {
  const { frame } = content.plan.map;
  const isAllowed = ({ x, y }: Candidate): boolean =>
    isCounties || focus.length === 0 || isInside(focus, x, y);
  for (const candidate of insideArea(shape.polygons, anchor, frame, label, isCounties)) {
    if (isAllowed(candidate)) yield candidate;
  }
  const bounds = boundsOf(shape.polygons.flat());
  if (bounds !== null && !isCounties) yield* beside(bounds, label);
}

/** A name once, however many features carry it: a river in several pieces is one river. */
function lineRequests(layer: MapLayer, naming: Naming): LabelRequest[] {
  const linesByName = new Map<string, Run[]>();
  for (const feature of layer.features) {
    const text = nameOf(feature, layer, naming.content);
    const lines = layer.form === 'band' ? feature.axis : feature.shape.lines;
    if (text !== null && (naming.focus.length === 0 || lines.some((line) => touches(line, naming.focus)))) {
      linesByName.set(text, [...(linesByName.get(text) ?? []), ...lines]);
    }
  }
  const font = fontOf(layer, naming.content);
  return [...linesByName].map(([text, lines]): LabelRequest => {
    const label = labelText(text, font, WIDEST_EM.line * font.sizePt * mmPerPoint, naming.measure);
    return {
      owner: `${layer.definition.id}/${text}`,
      layerId: layer.definition.id,
      priority: layer.definition.style.label?.priority ?? 0,
      label,
      overSymbols: false,
      *candidates() {
        for (const candidate of alongLines(lines, label)) {
          if (naming.focus.length === 0 || isInside(naming.focus, candidate.x, candidate.y)) yield candidate;
        }
      },
    };
  });
}

/** Names a feature and its symbol alike. */
export function ownerOf({ definition }: MapLayer, { feature }: MapFeature): string {
  return `${definition.id}/${feature.code}`;
}

function nameOf(
  { feature }: MapFeature,
  { definition }: MapLayer,
  { plan, site }: SheetContent,
): string | null {
  const patch = definition.id === 'mine_patches' ? patchNumber(feature.code, site) : null;
  if (patch !== null) return patch;
  const name = plan.spec.language === 'en' ? (feature.titleEn ?? feature.title) : feature.title;
  return name === null || name.trim() === '' ? null : name.trim();
}

/** A patch of the page's site is told by its number in the list of vertices. */
function patchNumber(code: string, site: SheetContent['site']): string | null {
  return site?.patches.find((patch) => patch.code === code)?.rings[0]?.number ?? null;
}

function fontOf({ definition }: MapLayer, { plan }: SheetContent): LabelFont {
  const label = definition.style.label;
  const isCounties = definition.style.outerStroke !== undefined;
  const isNeighbour = isCounties && plan.focus.kind === 'county';
  const factor = plan.layout.sizeFactor * (isCounties && !isNeighbour ? COUNTY_FACTOR : 1);
  const sizePt = Math.max(LEAST_PT, (label?.sizePx ?? 0) * POINTS_PER_PIXEL * factor);
  return {
    sizePt: Math.round(sizePt * 4) / 4,
    weight: isCounties && !isNeighbour ? 'bold' : 'regular',
    color: isNeighbour ? NEIGHBOUR_COLOR : (label?.color ?? NEIGHBOUR_COLOR),
  };
}

function isOfFocus({ anchor, shape }: MapFeature, focus: readonly Run[]): boolean {
  if (focus.length === 0) return true;
  if (anchor !== null && isInside(focus, anchor.x, anchor.y)) return true;
  return shape.polygons.some(([outer = []]) => touches(outer, focus));
}

function touches(line: Run, focus: readonly Run[]): boolean {
  for (let index = 0; index < line.length; index += 2) {
    if (isInside(focus, line[index] ?? 0, line[index + 1] ?? 0)) return true;
  }
  return false;
}

function areaOf({ shape }: MapFeature): number {
  return shape.polygons.reduce((sum, polygon) => sum + polygonArea(polygon), 0);
}
