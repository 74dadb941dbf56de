/** Boxes of the quick picture: the map, a title line above it, scale and source below. */
import { columnsOf, rowsOf, type SheetBox, shrunk } from './sheet-box.ts';
import { checkLineWidth, type PaperBoxes, sizeFactorOf } from './sheet-parts.ts';

/** It is looked at on a telephone. */
const LARGER = 1.25;

/** Frame and parts on a paper of this size, whichever way it lies. */
export function pictureBoxes(size: { widthMm: number; heightMm: number }): PaperBoxes {
  const factor = Math.round(sizeFactorOf(size) * LARGER * 100) / 100;
  const edge = 6 * factor;
  const page = { x: edge, y: edge, width: size.widthMm - 2 * edge, height: size.heightMm - 2 * edge };
  const upright = size.heightMm > size.widthMm;
  const [head, body, foot, footer] = rowsOf(page, 2 * factor, [
    16 * factor,
    { share: 1 },
    10 * factor,
    8 * factor,
  ]) as [SheetBox, SheetBox, SheetBox, SheetBox];
  const [outerFrame, legend] = (
    upright
      ? rowsOf(body, 3 * factor, [{ share: 1 }, 42 * factor])
      : columnsOf(body, 3 * factor, [{ share: 1 }, 62 * factor])
  ) as [SheetBox, SheetBox];
  const [scaleBar, checkLine] = columnsOf(foot, 3 * factor, [{ share: 1 }, checkLineWidth(factor)]) as [
    SheetBox,
    SheetBox,
  ];
  const [classification, title] = columnsOf(head, 2 * factor, [34 * factor, { share: 1 }]) as [
    SheetBox,
    SheetBox,
  ];
  return {
    outerFrame,
    frame: shrunk(outerFrame, 3.6 * factor),
    parts: { classification, title, legend, scaleBar, checkLine, footer },
    sizeFactor: factor,
  };
}
