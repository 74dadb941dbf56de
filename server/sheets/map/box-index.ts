/** Boxes on a page by grid cells: whether a place is still free. Millimetres. */
import type { Box } from '../page.ts';
import { boxesMeet } from './paper-geometry.ts';

const CELL_MM = 6;
/** Cells of a row; coordinates on paper stay far below. */
const ROW = 4096;

export type BoxIndex = {
  /** `owner`: who put it there, so that one's own boxes can be looked past. */
  add(box: Box, owner: string): void;
  /** How many boxes of others share area with the box. */
  countMeeting(box: Box, except?: string): number;
  isFree(box: Box, except?: string): boolean;
};

type Entry = { box: Box; owner: string };

export function createBoxIndex(): BoxIndex {
  const cells = new Map<number, Entry[]>();
  /** Until a visit says stop. Written out: a label asks for some hundred places. */
  const visit = (box: Box, stop: (entry: Entry) => boolean): void => {
    const lastRow = Math.floor((box.y + box.height) / CELL_MM);
    const lastColumn = Math.floor((box.x + box.width) / CELL_MM);
    for (let row = Math.floor(box.y / CELL_MM); row <= lastRow; row += 1) {
      for (let column = Math.floor(box.x / CELL_MM); column <= lastColumn; column += 1) {
        const entries = cells.get(row * ROW + column);
        if (entries === undefined) continue;
        for (const entry of entries) if (boxesMeet(entry.box, box) && stop(entry)) return;
      }
    }
  };
  return {
    add(box, owner) {
      const lastRow = Math.floor((box.y + box.height) / CELL_MM);
      const lastColumn = Math.floor((box.x + box.width) / CELL_MM);
      for (let row = Math.floor(box.y / CELL_MM); row <= lastRow; row += 1) {
        for (let column = Math.floor(box.x / CELL_MM); column <= lastColumn; column += 1) {
          const entries = cells.get(row * ROW + column);
          if (entries === undefined) cells.set(row * ROW + column, [{ box, owner }]);
          else entries.push({ box, owner });
        }
      }
    },
    countMeeting(box, except) {
      const found = new Set<Box>();
      visit(box, (entry) => {
        if (entry.owner !== except) found.add(entry.box);
        return false;
      });
      return found.size;
    },
    isFree(box, except) {
      let isFree = true;
      visit(box, (entry) => {
        if (entry.owner === except) return false;
        isFree = false;
        return true;
      });
      return isFree;
    },
  };
}
