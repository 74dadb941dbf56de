/** Where each part of a sheet lies on its paper. Pure; millimetres from the top left corner, y downwards. */
import type { Orientation, PaperId } from './sheet-paper.ts';

export type LayoutBox = { x: number; y: number; width: number; height: number };

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
  'footer',
] as const;
export type SheetPartId = (typeof sheetParts)[number];

export type SheetLayout = {
  paper: PaperId;
  orientation: Orientation;
  widthMm: number;
  heightMm: number;
  /** Outer neat line of the map. */
  outerFrame: LayoutBox;
  /** Inner neat line: the map is drawn in it. */
  frame: LayoutBox;
  parts: Partial<Record<SheetPartId, LayoutBox>>;
  /** Factor on text and symbol sizes: 1 on A3. */
  sizeFactor: number;
};
