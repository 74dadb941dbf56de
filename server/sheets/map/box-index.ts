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

export function createBoxIndex(): BoxIndex {
  const cells = new Map<number, { box: Box; owner: string }[]>();
  const cellsOf = function* ({ x, y, width, height }: Box): Generator<number> {
    for (let row = Math.floor(y / CELL_MM); row <= Math.floor((y + height) / CELL_MM); row += 1) {
      for (let column = Math.floor(x / CELL_MM); column <= Math.floor((x + width) / CELL_MM); column += 1) {
        yield row * ROW + column;
      }
    }
  };
  const isFree = (box: Box, except?: string): boolean => {
    for (const cell of cellsOf(box)) {
      for (const entry of cells.get(cell) ?? []) {
        if (entry.owner !== except && boxesMeet(entry.box, box)) return false;
      }
    }
    return true;
  };
  return {
    add(box, owner) {
      for (const cell of cellsOf(box)) {
        const entries = cells.get(cell);
        if (entries === undefined) cells.set(cell, [{ box, owner }]);
        else entries.push({ box, owner });
      }
    },
    countMeeting(box, except) {
      const found = new Set<object>();
      for (const cell of cellsOf(box)) {
        for (const entry of cells.get(cell) ?? []) {
          if (entry.owner !== except && boxesMeet(entry.box, box)) found.add(entry.box);
        }
      }
      return found.size;
    },
    isFree,
  };
}
