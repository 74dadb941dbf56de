/** 进展统计: where the sites of the sheet stand, 座 and 公顷 each with its own share. */
import type { Measure, ProgressResponse } from '../../../geodata/contract/progress.ts';
import { areaUnitWord, printAreaNumber, printNumber, printShareNumber } from '../words/quantities.ts';
import { type SheetLanguage, say } from '../words/sheet-language.ts';
import { sheetWords } from '../words/sheet-words.ts';
import { panelIn, panelOverhead } from './panel.ts';
import { nothing, overflowNotice, type PartInput, type SheetPart } from './part.ts';
import { type TableColumn, type TableRow, tableIn } from './table.ts';

const ROW_MM = 5.6;
const CELL_PT = 8.5;

type Word = keyof typeof sheetWords;
export type ProgressRow = {
  word: Word;
  measure: Measure /** Areas that stand beside no count, or counts that are no share. */;
  shares: boolean;
};

/** Assigned base in a sheet of the whole region, else the ledger: what the shares are of. */
export function progressBase({
  plan,
  progress,
}: PartInput['content']): { base: Measure; isAssigned: boolean } | null {
  if (progress === null) return null;
  if (plan.focus.kind === 'county' || progress.campaign === null) {
    return { base: progress.total.listed, isAssigned: false };
  }
  return { base: progress.campaign.base, isAssigned: true };
}

/** Rows that add up: 未开工, 施工中, 整改 and 已完工 make the ledger; ledger and difference make what was assigned. */
export function progressRows(progress: ProgressResponse, isAssigned: boolean): ProgressRow[] {
  const { total, difference, campaign } = progress;
  const less = (a: Measure, ...others: Measure[]): Measure => ({
    count: others.reduce((rest, { count }) => rest - count, a.count),
    areaSquareMeters: others.reduce(
      (rest, { areaSquareMeters }) => rest - areaSquareMeters,
      a.areaSquareMeters,
    ),
  });
  const rows: ProgressRow[] = [];
  if (isAssigned && campaign !== null) {
    rows.push({ word: 'assigned', measure: campaign.base, shares: true });
    if (difference !== null && (difference.count !== 0 || Math.abs(difference.areaSquareMeters) >= 50)) {
      rows.push({ word: 'difference', measure: difference, shares: true });
    }
  }
  rows.push(
    { word: 'ledger', measure: total.listed, shares: true },
    { word: 'completed', measure: total.completed, shares: true },
    { word: 'thereofClosed', measure: total.closed, shares: true },
    { word: 'inWorks', measure: less(total.started, total.completed, total.rectifying), shares: true },
    { word: 'notStarted', measure: less(total.listed, total.started), shares: true },
    { word: 'rectifying', measure: total.rectifying, shares: true },
  );
  if (total.excluded.count > 0) rows.push({ word: 'excluded', measure: total.excluded, shares: false });
  rows.push({ word: 'treated', measure: total.treated, shares: false });
  return rows;
}

export const progressPart: SheetPart = ({ content, language, factor }, box) => {
  const base = progressBase(content);
  if (base === null || content.progress === null) return nothing;
  const { marks, room } = panelIn(box, progressHeading(content, language), factor);
  const rows = progressRows(content.progress, base.isAssigned);
  const table = tableIn(
    room,
    columnsOf(base.isAssigned, language),
    rows.map((row) => cellsOf(row, base.base, language)),
    {
      sizePt: CELL_PT * factor,
      leastPt: 5 * factor,
      rowHeight: ROW_MM * factor,
      factor: factor * Math.min(1, room.width / (75 * factor)),
    },
  );
  return {
    marks: [...marks, ...table.marks],
    notices: table.overflows || table.left > 0 ? [overflowNotice(sheetWords.progress)] : [],
  };
};

/** On a sheet of part of the region the figures are still those of the whole: then its name stands beside them. */
function progressHeading({ plan, regionName }: PartInput['content'], language: SheetLanguage): string {
  const heading = say(sheetWords.progress, language);
  if (plan.focus.kind !== 'extent') return heading;
  return language === 'en'
    ? `${heading} (${say(regionName, language)})`
    : `${heading}(${say(regionName, language)})`;
}

/** Height of the table at its full size. */
export function progressHeight({ content, factor }: PartInput): number {
  const base = progressBase(content);
  if (base === null || content.progress === null) return 0;
  return (
    panelOverhead(factor) + (progressRows(content.progress, base.isAssigned).length + 1) * ROW_MM * factor
  );
}

function columnsOf(isAssigned: boolean, language: SheetLanguage): TableColumn[] {
  const share = say(isAssigned ? sheetWords.ofBase : sheetWords.ofLedger, language);
  return [
    { title: say(sheetWords.item, language), align: 'start' },
    { title: say(sheetWords.sites, language), align: 'end', weight: 'bold' },
    { title: share, align: 'end' },
    { title: areaUnitWord('ha', language), align: 'end', weight: 'bold' },
    { title: share, align: 'end' },
  ];
}

function cellsOf({ word, measure, shares }: ProgressRow, base: Measure, language: SheetLanguage): TableRow {
  const share = (part: number, whole: number): string =>
    shares ? printShareNumber(part, whole, language) : '';
  return {
    cells: [
      say(sheetWords[word], language),
      printNumber(measure.count, language),
      share(measure.count, base.count),
      printAreaNumber(measure.areaSquareMeters, 'ha', language),
      share(measure.areaSquareMeters, base.areaSquareMeters),
    ],
  };
}
