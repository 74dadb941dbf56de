/**
 * Degrees and kilometres of a map: ticks and labels in the border round its frame, crosses and lines in it. Computed from
 * the affine of the plan and the formulas of its CRS. Pure.
 */
import type { SheetNotice } from '../../../geodata/contract/sheets.ts';
import type { Box, Mark, TextMark } from '../page.ts';
import type { SheetPlan } from '../sheet-content.ts';
import { textWidthMm } from '../text/measure-text.ts';
import { type Crossing, frameCrossings } from './frame-crossings.ts';
import { degreeStep, formatDegrees, kilometreStep, multiplesWithin } from './grid-steps.ts';
import { mmPerPoint } from './label-box.ts';
import { type PaperProjection, paperProjection } from './paper-projection.ts';
import type { Run } from './paper-shape.ts';
import { linesPath, roundMm } from './path-data.ts';

const INK = '#1F2933';
const CROSS = { color: '#5F6C78', widthMm: 0.12 };
const GRID_LINE = { color: '#5B7A99', widthMm: 0.1, opacity: 0.7 };
const TICK_MM = 0.9;
const CROSS_ARM_MM = 1.6;
/** Of the border, under the outer neat line. */
const OUTER_LINE_MM = 0.4;
const LABEL_PT = 7;
/** Of the free border that a label may fill. */
const LABEL_SHARE = 0.8;
/** A narrower border has no room for figures: such a page has no graticule. */
const LEAST_BORDER_MM = 2.5;
/** Height of figures over their size. */
const FIGURE_HEIGHT = 0.73;

export type GraticuleMarks = { inFrame: Mark[]; border: Mark[]; notices: SheetNotice[] };

export function graticuleMarks(plan: SheetPlan): GraticuleMarks {
  const marks: GraticuleMarks = { inFrame: [], border: [], notices: [] };
  const { graticule } = plan.spec;
  const border = plan.map.frame.y - plan.layout.outerFrame.y;
  if (graticule === 'none' || border < LEAST_BORDER_MM) return marks;
  const both = graticule === 'both';
  if (graticule !== 'kilometres') {
    const projection = paperProjection(plan.map);
    if (projection === null) marks.notices.push(withoutDegrees);
    else addDegrees(marks, plan, projection, both ? ['top', 'left'] : undefined);
  }
  if (graticule !== 'degrees') {
    if (isPlane(plan)) addKilometres(marks, plan, both ? ['bottom', 'right'] : undefined);
    else marks.notices.push(withoutKilometres);
  }
  return marks;
}

const withoutDegrees: SheetNotice = {
  id: 'graticule-left-out',
  severity: 'warning',
  text: {
    zh: '所选坐标系不支持绘制经纬网,图上未绘。',
    en: 'No graticule is drawn: it cannot be computed in the chosen CRS.',
  },
};
const withoutKilometres: SheetNotice = {
  id: 'grid-left-out',
  severity: 'warning',
  text: {
    zh: '公里网只用于高斯-克吕格投影,图上未绘。',
    en: 'No kilometre grid is drawn: it belongs to Gauss-Kruger sheets only.',
  },
};

function isPlane({ crs }: SheetPlan): boolean {
  return crs.kind === 'gauss-kruger-3' || crs.kind === 'gauss-kruger-6';
}

function addDegrees(
  marks: GraticuleMarks,
  plan: SheetPlan,
  projection: PaperProjection,
  sides: Crossing['side'][] | undefined,
): void {
  const { frame } = plan.map;
  const [west, , east] = lngLatBounds(frame, projection);
  const [, south, , north] = lngLatBounds(frame, projection);
  const step = degreeStep(Math.max(east - west, north - south), Math.max(frame.width, frame.height));
  const crossings = frameCrossings(frame, projection.toLngLat, (from, to) => multiplesWithin(step, from, to));
  addBorder(marks, plan, crossings, sides, ({ value }) => formatDegrees(value, step));
  const crosses: Run[] = [];
  for (const lng of multiplesWithin(step, west, east)) {
    for (const lat of multiplesWithin(step, south, north)) {
      crosses.push(...crossAt(frame, projection, lng, lat, step, plan.layout.sizeFactor));
    }
  }
  if (crosses.length > 0) marks.inFrame.push({ kind: 'path', d: linesPath(crosses), stroke: CROSS });
}

/** Arms along the meridian and the parallel: they are not level away from the central meridian. */
function crossAt(
  frame: Box,
  { toPaper }: PaperProjection,
  lng: number,
  lat: number,
  step: number,
  sizeFactor: number,
): Run[] {
  const [x, y] = toPaper([lng, lat]);
  const room = CROSS_ARM_MM * sizeFactor;
  if (x < frame.x + room || x > frame.x + frame.width - room) return [];
  if (y < frame.y + room || y > frame.y + frame.height - room) return [];
  const small = step / 100;
  return [toPaper([lng + small, lat]), toPaper([lng, lat + small])].map(([nearX, nearY]) => {
    const length = Math.hypot(nearX - x, nearY - y);
    const [armX, armY] = [((nearX - x) / length) * room, ((nearY - y) / length) * room];
    return [x - armX, y - armY, x + armX, y + armY];
  });
}

function lngLatBounds(frame: Box, { toLngLat }: PaperProjection): [number, number, number, number] {
  const points = [0, 0.25, 0.5, 0.75, 1].flatMap((share) => [
    toLngLat(frame.x + frame.width * share, frame.y),
    toLngLat(frame.x + frame.width * share, frame.y + frame.height),
    toLngLat(frame.x, frame.y + frame.height * share),
    toLngLat(frame.x + frame.width, frame.y + frame.height * share),
  ]);
  const lngs = points.map(([lng]) => lng);
  const lats = points.map(([, lat]) => lat);
  return [Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)];
}

function addKilometres(marks: GraticuleMarks, plan: SheetPlan, sides: Crossing['side'][] | undefined): void {
  const { frame, minX, maxY, metersPerMm } = plan.map;
  const valuesAt = (x: number, y: number): [number, number] => [
    (minX + (x - frame.x) * metersPerMm) / 1000,
    (maxY - (y - frame.y) * metersPerMm) / 1000,
  ];
  const sideMm = Math.max(frame.width, frame.height);
  const step = kilometreStep((sideMm * metersPerMm) / 1000, sideMm);
  const crossings = frameCrossings(frame, valuesAt, (from, to) => multiplesWithin(step, from, to));
  const lines = crossings.flatMap(({ side, x, y }): Run[] => {
    if (side === 'top') return [[x, y, x, y + frame.height]];
    return side === 'left' ? [[x, y, x + frame.width, y]] : [];
  });
  if (lines.length > 0) marks.inFrame.push({ kind: 'path', d: linesPath(lines), stroke: GRID_LINE });
  const decimals = step < 0.1 ? 2 : step < 1 ? 1 : 0;
  addBorder(marks, plan, crossings, sides, ({ side, value }, isFirst) => {
    const figure = value.toFixed(decimals);
    // The first of a side says what the figures are: X is north, Y is east.
    if (!isFirst) return figure;
    return side === 'top' || side === 'bottom' ? `Y ${figure} km${zoneWords(plan)}` : `X ${figure} km`;
  });
}

function zoneWords({ crs, spec }: SheetPlan): string {
  if (crs.zone === null) return '';
  return spec.language === 'en' ? ` (zone ${crs.zone})` : `(${crs.zone}带)`;
}

/** Ticks at the neat line and upright figures beside them; a figure that would run into a corner is left out. */
function addBorder(
  { border }: GraticuleMarks,
  { map: { frame }, layout }: SheetPlan,
  crossings: readonly Crossing[],
  sides: readonly Crossing['side'][] | undefined,
  format: (crossing: Crossing, isFirstOfSide: boolean) => string,
): void {
  const widthMm = frame.y - layout.outerFrame.y;
  const tick = Math.min(TICK_MM * layout.sizeFactor, widthMm * 0.3);
  const sizePt = Math.min(
    LABEL_PT * layout.sizeFactor,
    ((widthMm - tick - OUTER_LINE_MM) * LABEL_SHARE) / FIGURE_HEIGHT / mmPerPoint,
  );
  const middle = tick + (widthMm - tick - OUTER_LINE_MM) / 2;
  const ticks: Run[] = [];
  const texts: TextMark[] = [];
  const begun = new Set<Crossing['side']>();
  for (const crossing of crossings) {
    if (sides !== undefined && !sides.includes(crossing.side)) continue;
    const { side, x, y } = crossing;
    const [outX, outY] = { top: [0, -1], bottom: [0, 1], left: [-1, 0], right: [1, 0] }[side] as [
      number,
      number,
    ];
    ticks.push([x, y, x + outX * tick, y + outY * tick]);
    const text = format(crossing, !begun.has(side));
    const half = textWidthMm(text, sizePt, 'regular') / 2;
    const isLevel = outX === 0;
    const [at, from, to] = isLevel
      ? [x, frame.x, frame.x + frame.width]
      : [y, frame.y, frame.y + frame.height];
    if (at - half < from || at + half > to) continue;
    begun.add(side);
    const drop = (FIGURE_HEIGHT / 2) * sizePt * mmPerPoint;
    texts.push({
      kind: 'text',
      text,
      x: roundMm(isLevel ? x : x + outX * middle + drop),
      y: roundMm(isLevel ? y + outY * middle + drop : y),
      sizePt: Math.round(sizePt * 100) / 100,
      weight: 'regular',
      color: INK,
      align: 'middle',
      ...(isLevel ? {} : { degrees: -90 }),
    });
  }
  if (ticks.length > 0)
    border.push({ kind: 'path', d: linesPath(ticks), stroke: { color: INK, widthMm: 0.15 } });
  border.push(...texts);
}
