/** Boxes of the slide: one sentence, the map with its legend left, figures right; on other papers in proportion. */
import { columnsOf, rowsOf, type SheetBox } from './sheet-box.ts';
import type { PaperBoxes } from './sheet-parts.ts';

type Size = { widthMm: number; heightMm: number };

const SLIDE = { width: 338.67, height: 190.5 } as const;
/** Frame and parts on a paper of this size; the map stands above the figures where the paper is upright. */
export function slideBoxes({ widthMm, heightMm }: Size): PaperBoxes {
  const upright = heightMm > widthMm;
  const unit = upright
    ? Math.min(widthMm / SLIDE.height, heightMm / SLIDE.width)
    : Math.min(widthMm / SLIDE.width, heightMm / SLIDE.height);
  const edge = 11.4 * unit;
  const page = { x: edge, y: 10 * unit, width: widthMm - 2 * edge, height: heightMm - 15.2 * unit };
  const [headline, body, footer] = rowsOf(page, 4 * unit, [23 * unit, { share: 1 }, 8 * unit]) as [
    SheetBox,
    SheetBox,
    SheetBox,
  ];
  const [mapPanel, figures] = (
    upright
      ? rowsOf(body, 6.3 * unit, [{ share: 1 }, { share: 1 }])
      : columnsOf(body, 6.3 * unit, [{ share: 1.265 }, { share: 1 }])
  ) as [SheetBox, SheetBox];
  const [legend, frame] = columnsOf(mapPanel, 0, [46 * unit, { share: 1 }]) as [SheetBox, SheetBox];
  const [tiles, ranking, issues] = rowsOf(figures, 4.5 * unit, [30.4 * unit, { share: 1 }, 31 * unit]) as [
    SheetBox,
    SheetBox,
    SheetBox,
  ];
  return {
    outerFrame: frame,
    frame,
    parts: { headline, legend, tiles, ranking, issues, footer },
    sizeFactor: Math.round(unit * 100) / 100,
  };
}
