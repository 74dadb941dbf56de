/** Index of an atlas: which sheet stands on which page, at which scale, and where its sites stand. Pure. */
import type { Measure } from '../../../geodata/contract/progress.ts';
import type { Page } from '../page.ts';
import {
  areaUnitWord,
  printAreaNumber,
  printNumber,
  printScale,
  printShareNumber,
} from '../words/quantities.ts';
import { type SheetLanguage, say } from '../words/sheet-language.ts';
import { sheetWords } from '../words/sheet-words.ts';
import { type PlainPage, plainPage, plainRoom } from './plain-page.ts';
import { type TableColumn, type TableRow, tableIn } from './table.ts';

export type IndexEntry = {
  title: string;
  page: number;
  /** Denominator. */
  scale: number;
  /** Of the sheet's subject, shares are of `listed`; null where sites are not told. */
  measures: { listed: Measure; completed: Measure; closed: Measure } | null;
};
/** `page` is that of the first page of the index. */
export type SheetIndex = PlainPage & { entries: readonly IndexEntry[] };

const ROW_MM = 6.4;
const LEAST_ROW_MM = 5;
const CELL_PT = 9.5;
const COLUMN_GAP_MM = 8;
const TOTAL_FILL = '#E4EDF7';

/** How many pages `composeIndexPages` gives for so many entries: the pages of the sheets follow them. */
export function indexPageCount(
  paper: Pick<PlainPage, 'paper' | 'orientation'>,
  entries: number,
  hasMeasures: boolean,
): number {
  return Math.max(1, Math.ceil((entries + (hasMeasures ? 1 : 0)) / perPage(paper, hasMeasures)));
}

/** Pages of the index in order; one with a total as its last row where sites are told. */
export function composeIndexPages(index: SheetIndex): Page[] {
  const { language, entries } = index;
  const hasMeasures = entries.some(({ measures }) => measures !== null);
  const rows = entries.map((entry) => ({ cells: cellsOf(entry, hasMeasures, language) }) as TableRow);
  if (hasMeasures) rows.push(totalRow(entries, language));
  const { factor, room } = plainRoom(index);
  const capacity = perPage(index, hasMeasures);
  const columns = columnsOf(hasMeasures, language);
  return Array.from({ length: indexPageCount(index, entries.length, hasMeasures) }, (_, position) => {
    const own = rows.slice(position * capacity, (position + 1) * capacity);
    const blocks = hasMeasures ? 1 : own.length > rowsIn(index) ? 2 : 1;
    const width = (room.width - COLUMN_GAP_MM * factor * (blocks - 1)) / blocks;
    const perBlock = Math.ceil(own.length / blocks);
    const marks = Array.from({ length: blocks }, (_block, block) => {
      const box = { ...room, x: room.x + block * (width + COLUMN_GAP_MM * factor), width };
      const look = { sizePt: CELL_PT * factor, leastPt: 6 * factor, rowHeight: ROW_MM * factor, factor };
      return tableIn(box, columns, own.slice(block * perBlock, (block + 1) * perBlock), look).marks;
    }).flat();
    return plainPage(ofPosition(index, position), marks);
  });
}

function ofPosition(index: SheetIndex, position: number): PlainPage {
  const { page, language } = index;
  const title = position === 0 ? index.title : `${index.title}${say(sheetWords.continued, language)}`;
  return { ...index, title, page: page === null ? null : { ...page, number: page.number + position } };
}

function rowsIn(paper: Pick<PlainPage, 'paper' | 'orientation'>): number {
  const { factor, room } = plainRoom(paper);
  return Math.max(1, Math.floor(room.height / (LEAST_ROW_MM * factor)) - 1);
}

function perPage(paper: Pick<PlainPage, 'paper' | 'orientation'>, hasMeasures: boolean): number {
  return rowsIn(paper) * (hasMeasures ? 1 : 2);
}

function columnsOf(hasMeasures: boolean, language: SheetLanguage): TableColumn[] {
  const share = (word: 'completionRate' | 'closureRate'): string => `${say(sheetWords[word], language)} %`;
  return [
    { title: say(sheetWords.sheetNumber, language), align: 'start' },
    { title: say(sheetWords.sheetTitle, language), align: 'start' },
    { title: say(sheetWords.scale, language), align: 'end' },
    ...(hasMeasures
      ? ([
          { title: say(sheetWords.sites, language), align: 'end', weight: 'bold' },
          { title: areaUnitWord('km2', language), align: 'end', weight: 'bold' },
          { title: share('completionRate'), align: 'end' },
          { title: share('closureRate'), align: 'end' },
        ] as const)
      : []),
  ];
}

function cellsOf(
  { title, page, scale, measures }: IndexEntry,
  hasMeasures: boolean,
  language: SheetLanguage,
): string[] {
  const cells = [printNumber(page, language), title, printScale(scale)];
  if (!hasMeasures) return cells;
  return [...cells, ...(measures === null ? ['—', '—', '—', '—'] : measureCells(measures, language))];
}

function measureCells(
  { listed, completed, closed }: NonNullable<IndexEntry['measures']>,
  language: SheetLanguage,
): string[] {
  return [
    printNumber(listed.count, language),
    printAreaNumber(listed.areaSquareMeters, 'km2', language),
    printShareNumber(completed.count, listed.count, language),
    printShareNumber(closed.count, listed.count, language),
  ];
}

function totalRow(entries: readonly IndexEntry[], language: SheetLanguage): TableRow {
  const sum = (key: 'listed' | 'completed' | 'closed'): Measure =>
    entries.reduce(
      ({ count, areaSquareMeters }, { measures }) => ({
        count: count + (measures?.[key].count ?? 0),
        areaSquareMeters: areaSquareMeters + (measures?.[key].areaSquareMeters ?? 0),
      }),
      { count: 0, areaSquareMeters: 0 },
    );
  const measures = { listed: sum('listed'), completed: sum('completed'), closed: sum('closed') };
  return {
    cells: ['', say(sheetWords.whole, language), '', ...measureCells(measures, language)],
    emphasis: true,
    fill: TOTAL_FILL,
  };
}
