/** Boxes of the map sheets (city, county, wall map): the map with a column beside it, or a band below it. */
import { columnsOf, rowsOf, type SheetBox, shrunk } from './sheet-box.ts';
import { checkLineWidth, type PaperBoxes, sizeFactorOf } from './sheet-parts.ts';

type Size = { widthMm: number; heightMm: number };

/** Paper of A4 and below has no room for office margins: left for the punch, the rest what a printer needs. */
const SMALL_SIDE = 215;

function edges(size: Size, factor: number) {
  if (Math.min(size.widthMm, size.heightMm) > SMALL_SIDE) {
    const edge = 10 * factor;
    return { left: 15 + edge, top: edge, right: edge, bottom: edge, border: 3.8 * factor, head: 22 * factor };
  }
  return { left: 12, top: 6, right: 5, bottom: 6, border: 3, head: 15 };
}

/** Title over the map, 密级 left and page number right of it. */
function headParts(head: SheetBox, map: SheetBox, factor: number) {
  const side = 42 * factor;
  const classification = { ...head, width: side };
  const pageNumber = { ...head, x: head.x + head.width - side, width: side };
  const from = map.x + side;
  const to = Math.min(map.x + map.width - side, pageNumber.x);
  return {
    classification,
    title: { ...head, x: from, width: to - from, height: head.height - factor },
    pageNumber,
  };
}

function landscape(size: Size): PaperBoxes {
  const factor = sizeFactorOf(size);
  const { left, top, right, bottom, border, head } = edges(size, factor);
  const sheet = { x: left, y: top, width: size.widthMm - left - right, height: size.heightMm - top - bottom };
  const [headBox, body] = rowsOf(sheet, 0, [head, { share: 1 }]) as [SheetBox, SheetBox];
  const [mapSide, column] = columnsOf(body, 4 * factor, [{ share: 1 }, 96 * factor]) as [SheetBox, SheetBox];
  const [outerFrame, foot] = rowsOf(mapSide, 2 * factor, [{ share: 1 }, 10 * factor]) as [SheetBox, SheetBox];
  const [inset, legend, progress, notes, imprint] = rowsOf(column, 3 * factor, [
    48 * factor,
    { share: 1 },
    62 * factor,
    30 * factor,
    26 * factor,
  ]) as [SheetBox, SheetBox, SheetBox, SheetBox, SheetBox];
  const [scaleBar, checkLine] = columnsOf(foot, 4 * factor, [{ share: 1 }, checkLineWidth(factor)]) as [
    SheetBox,
    SheetBox,
  ];
  return {
    outerFrame,
    frame: shrunk(outerFrame, border),
    parts: {
      ...headParts(headBox, outerFrame, factor),
      inset,
      legend,
      progress,
      notes,
      imprint,
      scaleBar,
      checkLine,
    },
    sizeFactor: factor,
  };
}

function portrait(size: Size): PaperBoxes {
  const factor = sizeFactorOf(size);
  const { left, top, right, bottom, border, head } = edges(size, factor);
  const sheet = { x: left, y: top, width: size.widthMm - left - right, height: size.heightMm - top - bottom };
  const [headBox, body] = rowsOf(sheet, 0, [head, { share: 1 }]) as [SheetBox, SheetBox];
  const [outerFrame, foot, band] = rowsOf(body, 2 * factor, [
    { share: 1 },
    10 * factor,
    bandHeight(size, factor),
  ]) as [SheetBox, SheetBox, SheetBox];
  const [inset, legend, progress, last] = columnsOf(band, 3 * factor, [
    { share: 0.7 },
    { share: 1.1 },
    { share: 1.2 },
    { share: 1.05 },
  ]) as [SheetBox, SheetBox, SheetBox, SheetBox];
  const [notes, imprint] = rowsOf(last, 3 * factor, [{ share: 1 }, 26 * factor]) as [SheetBox, SheetBox];
  const [scaleBar, checkLine] = columnsOf(foot, 4 * factor, [{ share: 1 }, checkLineWidth(factor)]) as [
    SheetBox,
    SheetBox,
  ];
  return {
    outerFrame,
    frame: shrunk(outerFrame, border),
    parts: {
      ...headParts(headBox, outerFrame, factor),
      inset,
      legend,
      progress,
      notes,
      imprint,
      scaleBar,
      checkLine,
    },
    sizeFactor: factor,
  };
}

/** A prefecture about as wide as high is whole at a round scale while the band below takes no more than this. */
function bandHeight(size: Size, factor: number): number {
  return Math.min(size.widthMm, size.heightMm) > SMALL_SIDE
    ? Math.min(82 * factor, 0.2 * size.heightMm)
    : 51.5;
}

/** Frame and parts on a paper of this size, whichever way it lies. */
export function mapSheetBoxes(size: Size): PaperBoxes {
  return size.widthMm > size.heightMm ? landscape(size) : portrait(size);
}
