/** Heights of the boxes that stand one above another in a column, by what each has to say. Pure; millimetres. */
import type { SheetPartId } from '../../../geodata/domain/sheet-parts.ts';
import type { Box } from '../page.ts';

type Parts = Partial<Record<SheetPartId, Box>>;
/** `least`: it can shrink to that; `most`: it looks empty above that. */
export type Need = { least: number; usual: number; most: number };

const gathered: readonly SheetPartId[] = ['inset', 'legend', 'progress', 'notes', 'imprint'];

/**
 * The parts with the column of the map's furniture shared out anew: parts without need leave it, the imprint
 * stands at the foot. Boxes that stand side by side give their room to the legend between them.
 */
export function fitColumns(parts: Parts, needOf: (id: SheetPartId, box: Box) => Need | null): Parts {
  const fitted: Parts = { ...parts };
  const present = gathered.filter((id) => fitted[id] !== undefined);
  for (const id of present) {
    const box = fitted[id];
    if (box !== undefined && needOf(id, box) === null) {
      delete fitted[id];
      giveToLegend(fitted, box);
    }
  }
  for (const column of stacks(fitted)) shareOut(fitted, column, needOf);
  return fitted;
}

/** Groups of parts of one column, from above to below. */
function stacks(parts: Parts): SheetPartId[][] {
  const columns: SheetPartId[][] = [];
  for (const id of gathered) {
    const box = parts[id];
    if (box === undefined) continue;
    const column = columns.find((ids) => {
      const above = parts[ids.at(-1) ?? id];
      return (
        above !== undefined &&
        above.x === box.x &&
        above.width === box.width &&
        !hasBetween(parts, above, box)
      );
    });
    if (column === undefined) columns.push([id]);
    else column.push(id);
  }
  return columns.filter((ids) => ids.length > 1);
}

/** Whether another part stands between two of one column. */
function hasBetween(parts: Parts, above: Box, below: Box): boolean {
  const from = above.y + above.height;
  const between = { x: above.x, y: from, width: above.width, height: Math.max(0, below.y - from) };
  return Object.values(parts).some((box) => box !== above && box !== below && meets(box, between));
}

/** A box that left is taken by the legend where the two have a whole edge in common. */
function giveToLegend(parts: Parts, left: Box): void {
  const { legend } = parts;
  if (legend === undefined) return;
  const sameRow = legend.y === left.y && legend.height === left.height;
  const sameColumn = legend.x === left.x && legend.width === left.width;
  if (!sameRow && !sameColumn) return;
  const x = Math.min(legend.x, left.x);
  const y = Math.min(legend.y, left.y);
  const right = Math.max(legend.x + legend.width, left.x + left.width);
  const bottom = Math.max(legend.y + legend.height, left.y + left.height);
  const others = Object.entries(parts).filter(([id]) => id !== 'legend');
  const merged = { x, y, width: right - x, height: bottom - y };
  const isFree = others.every(([, box]) => box === undefined || !meets(box, merged));
  if (isFree) parts.legend = merged;
}

function meets(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function shareOut(
  parts: Parts,
  column: readonly SheetPartId[],
  needOf: (id: SheetPartId, box: Box) => Need | null,
): void {
  const boxes = column.flatMap((id) => parts[id] ?? []);
  const [first, second, last] = [boxes[0], boxes[1], boxes.at(-1)];
  if (first === undefined || second === undefined || last === undefined) return;
  const gap = second.y - first.y - first.height > 0 ? smallestGap(boxes) : 0;
  const top = first.y;
  const bottom = last.y + last.height;
  const room = bottom - top - gap * (boxes.length - 1);
  const needs = column.map(
    (id, index) => needOf(id, boxes[index] ?? first) ?? { least: 0, usual: 0, most: 0 },
  );
  const heights = heightsIn(room, needs);
  let y = top;
  column.forEach((id, index) => {
    const box = boxes[index];
    if (box === undefined) return;
    const isLast = index === column.length - 1;
    // The imprint stands at the foot of the sheet; anything else goes down to it.
    const height = isLast && id !== 'imprint' ? bottom - y : (heights[index] ?? 0);
    parts[id] = { ...box, y: round(isLast ? bottom - height : y), height: round(height) };
    y += height + gap;
  });
}

function smallestGap(boxes: readonly Box[]): number {
  const gaps = boxes
    .slice(1)
    .map((box, index) => box.y - ((boxes[index]?.y ?? 0) + (boxes[index]?.height ?? 0)));
  return Math.max(0, Math.min(...gaps));
}

/** All at their usual height where that fits, the surplus up to `most`; else each gives in proportion to what it can. */
export function heightsIn(room: number, needs: readonly Need[]): number[] {
  const sum = (key: keyof Need): number => needs.reduce((total, need) => total + need[key], 0);
  const [least, usual, most] = [sum('least'), sum('usual'), sum('most')];
  if (room >= usual) {
    const share = most > usual ? Math.min(1, (room - usual) / (most - usual)) : 0;
    return needs.map((need) => need.usual + (need.most - need.usual) * share);
  }
  if (room >= least) {
    const share = (room - least) / (usual - least);
    return needs.map((need) => need.least + (need.usual - need.least) * share);
  }
  return needs.map((need) => (need.least * room) / least);
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
