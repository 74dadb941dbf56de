/** Four tiles of a slide: completed, completion rate, closure rate, change since last month; 座 large, area below. */
import type { Mark } from '../page.ts';
import { textWidthMm } from '../text/measure-text.ts';
import { printArea, printChange, printCount, printShare } from '../words/quantities.ts';
import { say } from '../words/sheet-language.ts';
import { sheetWords } from '../words/sheet-words.ts';
import { type PartInput, type SheetPart, SLIDE_TEXT } from './part.ts';
import { baselineInRow, boxAt, ink, mmPerPt, softInk, textAt } from './pen.ts';
import { progressBase } from './progress-table.ts';
import { blockIn } from './text-block.ts';

const TILE = '#F3F5F9';
type Tile = { title: string; value: string; below: string };

export function slideTiles({ content, language }: PartInput): Tile[] {
  const { progress } = content;
  const base = progressBase(content);
  if (progress === null || base === null) return [];
  const { total, previousTotal } = progress;
  const sites = language === 'en' ? 'sites' : '座';
  const change = total.completed.count - previousTotal.completed.count;
  const areaChange =
    (total.completed.areaSquareMeters - previousTotal.completed.areaSquareMeters) / 1_000_000;
  const byArea = (squareMeters: number): string =>
    `${say(sheetWords.byArea, language)} ${printShare(squareMeters, base.base.areaSquareMeters, language)}`;
  return [
    {
      title: say(sheetWords.completedTile, language),
      value: printCount(total.completed.count, sites, language),
      below: printArea(total.completed.areaSquareMeters, 'km2', language),
    },
    {
      title: say(sheetWords.completionRate, language),
      value: printShare(total.completed.count, base.base.count, language),
      below: byArea(total.completed.areaSquareMeters),
    },
    {
      title: say(sheetWords.closureRate, language),
      value: printShare(total.closed.count, base.base.count, language),
      below: byArea(total.closed.areaSquareMeters),
    },
    {
      title: say(sheetWords.comparedWithMonth, language),
      value: `${printChange(change, language)} ${Math.abs(change) === 1 && language === 'en' ? 'site' : sites}`,
      below: `${printChange(areaChange, language, 2)} km²`,
    },
  ];
}

export const tilesPart: SheetPart = (input, box) => {
  const unit = input.factor / SLIDE_TEXT;
  const tiles = slideTiles(input);
  if (tiles.length === 0) {
    const block = blockIn([say(sheetWords.noProgress, input.language)], box, {
      sizePt: 12 * unit,
      color: softInk,
    });
    return { marks: block.marks, notices: [] };
  }
  const gap = 2.4 * unit;
  const width = (box.width - gap * (tiles.length - 1)) / tiles.length;
  const inner = width - 5 * unit;
  const valuePt = Math.min(...tiles.map(({ value }) => fitPt(value, inner, 21 * unit, 'bold')));
  const titlePt = Math.min(...tiles.map(({ title }) => fitPt(title, inner, 11 * unit, 'regular')));
  const belowPt = Math.min(...tiles.map(({ below }) => fitPt(below, inner, 10.5 * unit, 'regular')));
  const marks = tiles.flatMap(({ title, value, below }, index): Mark[] => {
    const x = box.x + index * (width + gap);
    const row = (share: number): number => box.y + box.height * share;
    const left = x + 2.5 * unit;
    return [
      boxAt({ ...box, x, width }, { fill: TILE }),
      textAt(title, left, baselineInRow(row(0.06), box.height * 0.24, titlePt), {
        sizePt: titlePt,
        color: softInk,
      }),
      textAt(value, left, baselineInRow(row(0.3), box.height * 0.36, valuePt), {
        sizePt: valuePt,
        weight: 'bold',
        color: ink,
      }),
      textAt(below, left, baselineInRow(row(0.68), box.height * 0.24, belowPt), {
        sizePt: belowPt,
        color: softInk,
      }),
    ];
  });
  return { marks, notices: [] };
};

/** Largest size at which the words are no wider. */
function fitPt(words: string, width: number, sizePt: number, weight: 'regular' | 'bold'): number {
  const natural = textWidthMm(words, sizePt, weight);
  return natural <= width ? sizePt : Math.floor((sizePt * width * 20) / natural) / 20 - 0.5 * mmPerPt;
}
