/** The five counties furthest behind and the whole; on a slide of one county its own figures instead. */
import type { Standing } from '../../../geodata/contract/progress.ts';
import {
  areaUnitWord,
  printAreaNumber,
  printChange,
  printNumber,
  printShareNumber,
} from '../words/quantities.ts';
import { say } from '../words/sheet-language.ts';
import { sheetWords } from '../words/sheet-words.ts';
import { type CountyProgress, completionRate, countyProgress } from './county-progress.ts';
import { nothing, type PartInput, type SheetPart, SLIDE_TEXT } from './part.ts';
import { baselineInRow, mmPerPt, textAt } from './pen.ts';
import { progressBase, progressRows } from './progress-table.ts';
import { type TableColumn, type TableRow, tableIn } from './table.ts';

const WORST = 5;
const TOTAL_FILL = '#E4EDF7';

/** By completion rate, the lowest first; where equal, who has more left to do. */
export function furthestBehind(counties: readonly CountyProgress[], count = WORST): CountyProgress[] {
  const open = ({ listed, completed }: Standing): number => listed.count - completed.count;
  return counties
    .filter(({ adcode, standing }) => adcode !== '' && completionRate(standing) !== null)
    .sort(
      (a, b) =>
        (completionRate(a.standing) ?? 0) - (completionRate(b.standing) ?? 0) ||
        open(b.standing) - open(a.standing) ||
        (a.adcode < b.adcode ? -1 : 1),
    )
    .slice(0, count);
}

export const rankingPart: SheetPart = (input, box) => {
  const { content, language } = input;
  if (content.progress === null) return nothing;
  const unit = input.factor / SLIDE_TEXT;
  const ofCounty = content.plan.focus.kind === 'county';
  const heading = say(ofCounty ? sheetWords.progress : sheetWords.behind, language);
  const headingPt = 13 * unit;
  const headingHeight = headingPt * mmPerPt * 1.5;
  const { columns, rows } = ofCounty ? ownFigures(input) : ranking(input);
  const table = tableIn(
    { ...box, y: box.y + headingHeight, height: box.height - headingHeight },
    columns,
    rows,
    { sizePt: 11.5 * unit, leastPt: 8 * unit, rowHeight: 8.4 * unit, factor: unit },
  );
  return {
    marks: [
      textAt(heading, box.x, baselineInRow(box.y, headingHeight, headingPt), {
        sizePt: headingPt,
        weight: 'bold',
      }),
      ...table.marks,
    ],
    notices: [],
  };
};

function ranking({ content, language }: PartInput): { columns: TableColumn[]; rows: TableRow[] } {
  const { progress } = content;
  if (progress === null) return { columns: [], rows: [] };
  const cells = (name: string, standing: Standing, previous: Standing): string[] => [
    name,
    printNumber(standing.listed.count, language),
    printNumber(standing.completed.count, language),
    printShareNumber(standing.completed.count, standing.listed.count, language),
    printChange(standing.completed.count - previous.completed.count, language),
  ];
  return {
    columns: [
      { title: say(sheetWords.county, language), align: 'start' },
      { title: say(sheetWords.ledgerSites, language), align: 'end' },
      { title: say(sheetWords.completedSites, language), align: 'end' },
      { title: say(sheetWords.ofLedger, language), align: 'end' },
      { title: say(sheetWords.comparedWithMonth, language), align: 'end' },
    ],
    rows: [
      ...furthestBehind(countyProgress(progress)).map(({ name, standing, previous }) => ({
        cells: cells(say(name, language), standing, previous),
      })),
      {
        cells: cells(say(sheetWords.wholeCity, language), progress.total, progress.previousTotal),
        emphasis: true,
        fill: TOTAL_FILL,
      },
    ],
  };
}

function ownFigures({ content, language }: PartInput): { columns: TableColumn[]; rows: TableRow[] } {
  const base = progressBase(content);
  if (base === null || content.progress === null) return { columns: [], rows: [] };
  return {
    columns: [
      { title: say(sheetWords.item, language), align: 'start' },
      { title: say(sheetWords.sites, language), align: 'end', weight: 'bold' },
      { title: areaUnitWord('ha', language), align: 'end' },
      { title: say(sheetWords.ofLedger, language), align: 'end' },
    ],
    rows: progressRows(content.progress, base.isAssigned).map(({ word, measure, shares }) => ({
      cells: [
        say(sheetWords[word], language),
        printNumber(measure.count, language),
        printAreaNumber(measure.areaSquareMeters, 'ha', language),
        shares ? printShareNumber(measure.count, base.base.count, language) : '',
      ],
    })),
  };
}
