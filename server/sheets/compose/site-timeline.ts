/** 修复过程 of a site: what happened when, the latest always among them. */
import type { Mark } from '../page.ts';
import { textWidthMm } from '../text/measure-text.ts';
import { printNumber } from '../words/quantities.ts';
import { say } from '../words/sheet-language.ts';
import { sheetPhrases } from '../words/sheet-phrases.ts';
import { sheetWords } from '../words/sheet-words.ts';
import { panelIn } from './panel.ts';
import { nothing, type SheetPart } from './part.ts';
import {
  accent,
  baselineBelow,
  baselineInRow,
  hairline,
  lineAt,
  mm,
  mmPerPt,
  softInk,
  textAt,
} from './pen.ts';
import { blockHeight, blockIn } from './text-block.ts';

const SIZES = [8.5, 8, 7.5, 7, 6.5, 6.2];

export const siteTimelinePart: SheetPart = ({ content, language, factor }, box) => {
  const { site } = content;
  if (site === null) return nothing;
  const { marks, room } = panelIn(box, say(sheetWords.timeline, language), factor);
  const events = site.timeline.map(({ on, words }) => ({ on, words: say(words, language) }));
  if (events.length === 0) {
    const sizePt = 8.5 * factor;
    const y = baselineInRow(room.y, 5 * factor, sizePt);
    return {
      marks: [...marks, textAt(say(sheetWords.noEvents, language), room.x, y, { sizePt, color: softInk })],
      notices: [],
    };
  }
  const heightsAt = (sizePt: number) => {
    const dateWidth = textWidthMm('2025-09-30', sizePt, 'regular') + 5.4 * factor;
    const width = room.width - dateWidth;
    const look = { sizePt, leastPt: sizePt, leading: 1.2 };
    return {
      dateWidth,
      width,
      look,
      heights: events.map(({ words }) => blockHeight([words], width, look) + 1.3 * factor),
    };
  };
  const total = (heights: readonly number[]): number => heights.reduce((sum, height) => sum + height, 0);
  const sizePt =
    (SIZES.find((size) => total(heightsAt(size * factor).heights) <= room.height) ?? SIZES.at(-1) ?? 6) *
    factor;
  const { dateWidth, width, look, heights } = heightsAt(sizePt);
  const moreHeight = sizePt * mmPerPt * 1.5;
  let first = 0;
  while (
    first < events.length - 1 &&
    total(heights.slice(first)) + (first > 0 ? moreHeight : 0) > room.height
  )
    first += 1;
  let y = room.y;
  if (first > 0) {
    const more = sheetPhrases.more[language](printNumber(first, language));
    marks.push(textAt(more, room.x, baselineInRow(y, moreHeight, sizePt), { sizePt, color: softInk }));
    y += moreHeight;
  }
  const dotX = room.x + 1.2 * factor;
  const middle = (top: number): number => top + (sizePt * mmPerPt) / 2;
  const dots: Mark[] = [];
  const [top] = [y];
  events.slice(first).forEach(({ on, words }, index) => {
    const height = heights[first + index] ?? 0;
    marks.push(textAt(on, room.x + 3.4 * factor, baselineBelow(y, sizePt), { sizePt, color: softInk }));
    marks.push(
      ...blockIn(
        [words],
        { x: room.x + dateWidth, y, width, height: Math.max(0, room.y + room.height - y) },
        look,
      ).marks,
    );
    dots.push(dot(dotX, middle(y), 0.8 * factor));
    y += height;
  });
  const lastTop = y - (heights.at(-1) ?? 0);
  if (dots.length > 1) marks.push(lineAt(dotX, middle(top), dotX, middle(lastTop), 0.25 * factor, hairline));
  return { marks: [...marks, ...dots], notices: [] };
};

function dot(x: number, y: number, radius: number): Mark {
  const [cx, r] = [mm(x), mm(radius)];
  return {
    kind: 'path',
    d: `M${cx} ${mm(y - r)}A${r} ${r} 0 1 1 ${cx} ${mm(y + r)}A${r} ${r} 0 1 1 ${cx} ${mm(y - r)}Z`,
    fill: { color: accent },
  };
}
