/** 基本情况 of a site: each fact with its title, acceptance among them. */
import type { Box, Mark } from '../page.ts';
import { textWidthMm } from '../text/measure-text.ts';
import { say } from '../words/sheet-language.ts';
import { sheetWords } from '../words/sheet-words.ts';
import { panelIn } from './panel.ts';
import { nothing, overflowNotice, type SheetPart } from './part.ts';
import { hairline, lineAt, mmPerPt, softInk } from './pen.ts';
import { type Block, blockIn } from './text-block.ts';

const CELL_PT = 8.5;
/** From this many on in two columns, where the box is wide enough. */
const MANY = 9;

export const siteFactsPart: SheetPart = ({ content, language, factor }, box) => {
  const { site } = content;
  if (site === null) return nothing;
  const { marks, room } = panelIn(box, say(sheetWords.facts, language), factor);
  const columns = site.facts.length >= MANY && room.width >= 95 * factor ? 2 : 1;
  const perColumn = Math.ceil(site.facts.length / columns);
  if (perColumn === 0) return { marks, notices: [] };
  const gap = 3 * factor;
  const columnWidth = (room.width - gap * (columns - 1)) / columns;
  const height = Math.min(room.height / perColumn, 7 * factor);
  const sizePt = Math.min(CELL_PT * factor, height / mmPerPt / 1.2);
  const titles = site.facts.map(({ title }) => say(title, language));
  const titleWidth = Math.min(
    Math.max(...titles.map((title) => textWidthMm(title, sizePt, 'regular'))) + 2 * factor,
    columnWidth * 0.5,
  );
  let overflows = false;
  site.facts.forEach(({ value }, index) => {
    const column = Math.floor(index / perColumn);
    const x = room.x + column * (columnWidth + gap);
    const y = room.y + (index % perColumn) * height;
    const row = { x, y, width: columnWidth, height };
    const title = lineOrLines(titles[index] ?? '', { ...row, width: titleWidth - factor }, sizePt, softInk);
    const words = lineOrLines(
      say(value, language),
      { ...row, x: x + titleWidth, width: columnWidth - titleWidth },
      sizePt,
    );
    overflows ||= title.overflows || words.overflows;
    const line: Mark[] =
      index % perColumn === 0 || height < sizePt * mmPerPt * 1.5
        ? []
        : [lineAt(x, y, x + columnWidth, y, 0.1, hairline)];
    marks.push(...line, ...title.marks, ...words.marks);
  });
  return { marks, notices: overflows ? [overflowNotice(sheetWords.facts)] : [] };
};

/** In one line, a little smaller if need be; else wrapped. */
function lineOrLines(words: string, box: Box, sizePt: number, color?: string): Block {
  const look = { sizePt, stand: 'middle' as const, leading: 1.1, ...(color === undefined ? {} : { color }) };
  const line = blockIn([words], box, { ...look, maxLines: 1, leastPt: sizePt * 0.8 });
  return line.overflows ? blockIn([words], box, { ...look, leastPt: Math.min(sizePt, 4.5) }) : line;
}
