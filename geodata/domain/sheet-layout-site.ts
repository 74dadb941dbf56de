/** Boxes of the site page (一矿一表): the map close up, and all that is told of one mine site. */
import { columnsOf, rowsOf, type SheetBox, shrunk } from './sheet-box.ts';
import { checkLineWidth, type PaperBoxes, sizeFactorOf } from './sheet-parts.ts';

type Size = { widthMm: number; heightMm: number };

function sheetOf(size: Size, factor: number) {
  const edge = 8 * Math.max(1, factor);
  const left = 20 * Math.max(1, factor);
  const sheet = { x: left, y: edge, width: size.widthMm - left - edge, height: size.heightMm - 2 * edge };
  const [head, body] = rowsOf(sheet, 0, [20 * factor, { share: 1 }]) as [SheetBox, SheetBox];
  const [classification, title, pageNumber] = columnsOf(
    { ...head, height: head.height - factor },
    2 * factor,
    [36 * factor, { share: 1 }, 36 * factor],
  ) as [SheetBox, SheetBox, SheetBox];
  return { body, head: { classification, title, pageNumber } };
}

function portrait(size: Size): PaperBoxes {
  const factor = sizeFactorOf(size);
  const gap = 3 * factor;
  const { body, head } = sheetOf(size, factor);
  const [above, foot, tables, pictures, last] = rowsOf(body, gap, [
    { share: 1.06 },
    10 * factor,
    { share: 0.76 },
    { share: 0.5 },
    33 * factor,
  ]) as [SheetBox, SheetBox, SheetBox, SheetBox, SheetBox];
  const [outerFrame, column] = columnsOf(above, gap, [{ share: 1.9 }, { share: 1 }]) as [SheetBox, SheetBox];
  const [inset, legend] = rowsOf(column, gap, [{ share: 0.62 }, { share: 1 }]) as [SheetBox, SheetBox];
  const [scaleBar, checkLine] = columnsOf(foot, gap, [{ share: 1 }, checkLineWidth(factor)]) as [
    SheetBox,
    SheetBox,
  ];
  const [siteFacts, siteVertices] = columnsOf(tables, gap, [{ share: 0.72 }, { share: 1.38 }]) as [
    SheetBox,
    SheetBox,
  ];
  const [siteTimeline, sitePhotos] = columnsOf(pictures, gap, [{ share: 0.7 }, { share: 1.3 }]) as [
    SheetBox,
    SheetBox,
  ];
  const [notes, imprint] = columnsOf(last, gap, [{ share: 1.3 }, { share: 1 }]) as [SheetBox, SheetBox];
  return {
    outerFrame,
    frame: shrunk(outerFrame, 3.6 * factor),
    parts: {
      ...head,
      inset,
      legend,
      scaleBar,
      checkLine,
      siteFacts,
      siteVertices,
      siteTimeline,
      sitePhotos,
      notes,
      imprint,
    },
    sizeFactor: factor,
  };
}

function landscape(size: Size): PaperBoxes {
  const factor = sizeFactorOf(size);
  const gap = 3 * factor;
  const { body, head } = sheetOf(size, factor);
  const [mapSide, middle, right] = columnsOf(body, gap, [{ share: 1.75 }, { share: 1 }, { share: 1.1 }]) as [
    SheetBox,
    SheetBox,
    SheetBox,
  ];
  const [outerFrame, scaleBar, checkLine] = rowsOf(mapSide, 2 * factor, [
    { share: 1 },
    10 * factor,
    10 * factor,
  ]) as [SheetBox, SheetBox, SheetBox];
  const [inset, legend, siteTimeline, notes] = rowsOf(middle, gap, [
    { share: 0.75 },
    { share: 0.9 },
    { share: 1 },
    42 * factor,
  ]) as [SheetBox, SheetBox, SheetBox, SheetBox];
  const [siteFacts, siteVertices, sitePhotos, imprint] = rowsOf(right, gap, [
    { share: 1.1 },
    { share: 1 },
    { share: 0.85 },
    26 * factor,
  ]) as [SheetBox, SheetBox, SheetBox, SheetBox];
  return {
    outerFrame,
    frame: shrunk(outerFrame, 3.6 * factor),
    parts: {
      ...head,
      inset,
      legend,
      scaleBar,
      checkLine,
      siteFacts,
      siteVertices,
      siteTimeline,
      sitePhotos,
      notes,
      imprint,
    },
    sizeFactor: factor,
  };
}

/** Frame and parts on a paper of this size, whichever way it lies. */
export function siteSheetBoxes(size: Size): PaperBoxes {
  return size.widthMm > size.heightMm ? landscape(size) : portrait(size);
}
