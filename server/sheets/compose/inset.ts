/** 位置示意: the counties of the region small, the one in question filled, and where the frame lies. */
import { readTwkbSequence } from '../../features/mvt/twkb.ts';
import type { Box, Mark } from '../page.ts';
import type { InsetContent, SheetContent } from '../sheet-content.ts';
import { say } from '../words/sheet-language.ts';
import { sheetWords } from '../words/sheet-words.ts';
import { panelIn } from './panel.ts';
import { nothing, type SheetPart } from './part.ts';
import { mm } from './pen.ts';

/** Shares of the square that the inset is told in. */
const SQUARE = 10_000;
const LAND = '#EDEEEA';
const LINE = '#9AA5B1';
const FOCUS = '#22619F';
const FRAME = '#C8102E';

export const insetPart: SheetPart = ({ content, language, factor }, box) => {
  if (!hasInset(content)) return nothing;
  const { marks, room } = panelIn(box, say(sheetWords.inset, language), factor);
  return {
    marks: [...marks, ...countiesIn(content.inset, content, wideRoom(box, room), factor)],
    notices: [],
  };
};

/** Whether there is a position to show: not for a sheet of the whole region. */
export function hasInset(content: SheetContent): content is SheetContent & { inset: InsetContent } {
  return content.inset !== null && content.inset.counties.length > 0 && content.plan.focus.kind !== 'region';
}

/** In a flat box the region stands beside its heading, not below it. */
function wideRoom(box: Box, room: Box): Box {
  if (box.width < box.height * 1.4) return room;
  const top = box.y + (room.x - box.x) * 0.6;
  return { ...room, y: top, height: box.y + box.height - (room.x - box.x) * 0.6 - top };
}

function countiesIn(inset: InsetContent, { plan }: SheetContent, room: Box, factor: number): Mark[] {
  const shapes = inset.counties.map(({ adcode, shape }) => ({ adcode, rings: ringsOf(shape) }));
  const all = [...shapes.flatMap(({ rings }) => rings), [...inset.frame]];
  const bounds = boundsOf(all);
  if (bounds === null) return [];
  const scale = Math.min(room.width / bounds.width, room.height / bounds.height);
  const offsetX = room.x + (room.width - bounds.width * scale) / 2 - bounds.x * scale;
  const offsetY = room.y + (room.height - bounds.height * scale) / 2 - bounds.y * scale;
  const pathOf = (rings: readonly (readonly number[])[]): string =>
    rings.map((ring) => closedPath(ring, scale, offsetX, offsetY)).join('');
  const focus = plan.focus.kind === 'county' || plan.focus.kind === 'site' ? plan.focus.adcode : null;
  const isPoint = plan.focus.kind === 'site';
  const marks: Mark[] = shapes.map(({ adcode, rings }) => ({
    kind: 'path',
    d: pathOf(rings),
    fill: { color: adcode === focus ? (isPoint ? '#B9CDE4' : FOCUS) : LAND },
    stroke: { color: LINE, widthMm: mm(0.15 * factor) },
  }));
  const frame = boundsOf([[...inset.frame]]);
  const covers =
    frame !== null && frame.width * scale > room.width * 0.98 && frame.height * scale > room.height * 0.98;
  if (frame !== null && !covers)
    marks.push(...frameMarks(frame, inset.frame, scale, offsetX, offsetY, factor, pathOf));
  return marks;
}

/** The frame as it lies; one that would be too small to see as a cross of lines round its place. */
function frameMarks(
  frame: Box,
  outline: readonly number[],
  scale: number,
  offsetX: number,
  offsetY: number,
  factor: number,
  pathOf: (rings: readonly (readonly number[])[]) => string,
): Mark[] {
  const stroke = { color: FRAME, widthMm: mm(0.35 * factor) };
  const least = 2 * factor;
  if (frame.width * scale >= least) return [{ kind: 'path', d: pathOf([outline]), stroke }];
  const x = mm(offsetX + (frame.x + frame.width / 2) * scale);
  const y = mm(offsetY + (frame.y + frame.height / 2) * scale);
  const [from, to] = [mm(0.9 * factor), mm(2.2 * factor)];
  const r = mm(0.9 * factor);
  return [
    {
      kind: 'path',
      d: `M${x} ${mm(y - r)}A${r} ${r} 0 1 1 ${x} ${mm(y + r)}A${r} ${r} 0 1 1 ${x} ${mm(y - r)}Z`,
      fill: { color: FRAME },
    },
    {
      kind: 'path',
      d: `M${mm(x - to)} ${y}H${mm(x - from)}M${mm(x + from)} ${y}H${mm(x + to)}M${x} ${mm(y - to)}V${mm(y - from)}M${x} ${mm(y + from)}V${mm(y + to)}`,
      stroke,
    },
  ];
}

function ringsOf(shape: Uint8Array): number[][] {
  return [...readTwkbSequence(shape)].flatMap((geometry) =>
    geometry.kind === 'polygon' ? geometry.polygons.flat() : [],
  );
}

function closedPath(ring: readonly number[], scale: number, offsetX: number, offsetY: number): string {
  let d = '';
  for (let index = 0; index + 1 < ring.length; index += 2) {
    d += `${index === 0 ? 'M' : 'L'}${mm(offsetX + (ring[index] ?? 0) * scale)} ${mm(offsetY + (ring[index + 1] ?? 0) * scale)}`;
  }
  return d === '' ? '' : `${d}Z`;
}

/** Bounds within the square: a frame that reaches beyond it does not make the counties smaller than half. */
function boundsOf(rings: readonly (readonly number[])[]): Box | null {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of rings) {
    for (let index = 0; index + 1 < ring.length; index += 2) {
      const x = Math.min(SQUARE * 1.25, Math.max(-SQUARE * 0.25, ring[index] ?? 0));
      const y = Math.min(SQUARE * 1.25, Math.max(-SQUARE * 0.25, ring[index + 1] ?? 0));
      [minX, minY, maxX, maxY] = [Math.min(minX, x), Math.min(minY, y), Math.max(maxX, x), Math.max(maxY, y)];
    }
  }
  return minX > maxX ? null : { x: minX, y: minY, width: maxX - minX || 1, height: maxY - minY || 1 };
}
