/** The parts a sheet may have beside its map, and what its size does to them. Pure; millimetres. */
import type { SheetBox } from './sheet-box.ts';

/** Parts that stand beside the map; a template has some of them. */
export const sheetParts = [
  'title',
  'classification',
  'pageNumber',
  'inset',
  'legend',
  'progress',
  'notes',
  'imprint',
  'scaleBar',
  'checkLine',
  'siteFacts',
  'siteVertices',
  'siteTimeline',
  'sitePhotos',
  'headline',
  'tiles',
  'ranking',
  'issues',
  'footer',
] as const;
export type SheetPartId = (typeof sheetParts)[number];

/** What a template says of a paper; see SheetLayout. */
export type PaperBoxes = {
  outerFrame: SheetBox;
  frame: SheetBox;
  parts: Partial<Record<SheetPartId, SheetBox>>;
  sizeFactor: number;
};

const A3_SHORT_SIDE = 297;

/** Text and symbols grow less than the paper (0.7th power): a wall map is looked at from further, but also from near. */
export function sizeFactorOf({ widthMm, heightMm }: { widthMm: number; heightMm: number }): number {
  return Math.round((Math.min(widthMm, heightMm) / A3_SHORT_SIDE) ** 0.7 * 100) / 100;
}

/** The check line is 100 mm on every paper; the words above it grow with the paper. */
export function checkLineWidth(factor: number): number {
  return 102 * Math.max(1, factor);
}
