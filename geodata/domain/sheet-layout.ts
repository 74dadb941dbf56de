/** Where each part of a sheet lies on its paper. Pure; millimetres from the top left corner, y downwards. */
import type { SheetTemplateId } from '../contract/sheets.ts';
import type { SheetBox } from './sheet-box.ts';
import { mapSheetBoxes } from './sheet-layout-map.ts';
import { pictureBoxes } from './sheet-layout-picture.ts';
import { siteSheetBoxes } from './sheet-layout-site.ts';
import { slideBoxes } from './sheet-layout-slide.ts';
import { type Orientation, type PaperId, paperSizeMm } from './sheet-paper.ts';
import type { PaperBoxes, SheetPartId } from './sheet-parts.ts';

export type LayoutBox = SheetBox;

export type SheetLayout = {
  paper: PaperId;
  orientation: Orientation;
  widthMm: number;
  heightMm: number;
  /** Outer neat line of the map. The same as `frame` where the map has no border: then it has no graticule either. */
  outerFrame: LayoutBox;
  /** Inner neat line: the map is drawn in it. */
  frame: LayoutBox;
  parts: Partial<Record<SheetPartId, LayoutBox>>;
  /** Factor on text and symbol sizes: 1 on A3. */
  sizeFactor: number;
};

const boxesOf: Record<SheetTemplateId, (paper: ReturnType<typeof paperSizeMm>) => PaperBoxes> = {
  city: mapSheetBoxes,
  county: mapSheetBoxes,
  wall: mapSheetBoxes,
  site: siteSheetBoxes,
  slide: slideBoxes,
  picture: pictureBoxes,
};

/** The boxes of a template on a paper. Every paper takes every template; no two boxes overlap, none leaves the paper. */
export function layoutFor(template: SheetTemplateId, paper: PaperId, orientation: Orientation): SheetLayout {
  const size = paperSizeMm(paper, orientation);
  return { paper, orientation, ...size, ...boxesOf[template](size) };
}
