/** 图例 in its box: as large as it can be in one column, then smaller, then in more columns; what is left over is said. */
import type { Box, Mark } from '../page.ts';
import { textWidthMm, wrapText } from '../text/measure-text.ts';
import { printNumber } from '../words/quantities.ts';
import { say } from '../words/sheet-language.ts';
import { sheetPhrases } from '../words/sheet-phrases.ts';
import { sheetWords } from '../words/sheet-words.ts';
import type { LegendRow } from './legend-row.ts';
import { legendRows } from './legend-rows.ts';
import { type Panel, panelIn, panelOverhead } from './panel.ts';
import type { PartInput, SheetPart } from './part.ts';
import { baselineInRow, inside, mmPerPt, softInk, textAt } from './pen.ts';

const ROW_PT = 8.5;
const COLUMN_GAP = 4;
/** From this width on a legend has a second column; beyond the other one numbers would stand too far from their words. */
const USUAL_COLUMN = 60;
const WIDEST_COLUMN = 92;
const SIZES = [1, 0.94, 0.88, 0.82, 0.76, 0.7];
const MOST_COLUMNS = 3;
/** A title goes on in a second line before the print becomes smaller than this. */
const LEAST_UNWRAPPED = 0.82;

type SetRow = { row: LegendRow; lines: string[]; height: number };
type Setting = {
  unit: number;
  sizePt: number;
  columns: SetRow[][];
  columnWidth: number;
  countWidth: number;
  areaWidth: number;
  left: number;
};

export const legendPart: SheetPart = (input, box) => {
  const { language, factor } = input;
  const { marks, room } = legendPanel(input, box);
  const rows = legendRows(input);
  if (rows.length === 0) {
    const y = baselineInRow(room.y, 5 * factor, ROW_PT * factor);
    const empty = say(sheetWords.nothingDrawn, language);
    return {
      marks: [...marks, textAt(empty, room.x, y, { sizePt: ROW_PT * factor, color: softInk })],
      notices: [],
    };
  }
  const setting = settle(rows, room, factor, (count) => moreWords(count, input));
  setting.columns.forEach((column, index) => {
    const x = room.x + index * (setting.columnWidth + COLUMN_GAP * setting.unit);
    marks.push(
      ...columnMarks(column, { x, y: room.y, width: setting.columnWidth, height: room.height }, setting),
    );
  });
  if (setting.left === 0) return { marks, notices: [] };
  const count = printNumber(setting.left, language);
  return {
    marks,
    notices: [
      {
        id: 'legend_overflow',
        severity: 'warning',
        text: {
          zh: `图例放不下,另有 ${count} 项未印出:请减少图层或换用更大的纸张。`,
          en: `The legend does not fit: ${count} entries are not printed. Draw fewer layers or take larger paper.`,
        },
      },
    ],
  };
};

/** On a slide the legend stands on the ground of the map, without frame and heading. */
function legendPanel({ content, language, factor }: PartInput, box: Box): Panel {
  if (content.plan.spec.template === 'slide') return { marks: [], room: inside(box, 2.6 * factor) };
  return panelIn(box, say(sheetWords.legend, language), factor);
}

/** Height at full size in one column of the width. */
export function legendHeight(input: PartInput, width: number): number {
  const { factor } = input;
  const rows = legendRows(input);
  const room = { x: 0, y: 0, width: width - 2 * 2.6 * factor, height: Number.POSITIVE_INFINITY };
  const setting = settle(rows, room, factor, () => '');
  return panelOverhead(factor) + heightOf(setting.columns.flat());
}

function moreWords(count: number, { language }: PartInput): string {
  return sheetPhrases.more[language](printNumber(count, language));
}

function settle(
  rows: readonly LegendRow[],
  room: Box,
  factor: number,
  more: (count: number) => string,
): Setting {
  const wide = Math.min(
    MOST_COLUMNS,
    Math.max(1, Math.floor((room.width + COLUMN_GAP * factor) / (USUAL_COLUMN * factor))),
  );
  // First as wide as the box allows, then narrower columns, then fewer than would fill it.
  const counts = [
    wide,
    ...[1, 2, 3].filter((count) => count > wide),
    ...[2, 1].filter((count) => count < wide),
  ];
  for (const mostLines of [1, 2]) {
    for (const size of mostLines === 1 ? SIZES.filter((one) => one >= LEAST_UNWRAPPED) : SIZES) {
      for (const count of counts) {
        const setting = setIn(rows, room, size * factor, count, {
          mostLines,
          balanced: count <= wide,
          widest: WIDEST_COLUMN * factor,
        });
        if (setting !== null && setting.left === 0) return setting;
      }
    }
  }
  const least = SIZES.at(-1) ?? 1;
  for (let columns = MOST_COLUMNS; columns > 1; columns -= 1) {
    const setting = setIn(rows, room, least * factor, columns);
    if (setting !== null) return withMore(setting, room, more);
  }
  return withMore(
    setIn(rows, room, least * factor, 1, { anyWidth: true }) ?? emptySetting(room, least * factor),
    room,
    more,
  );
}

/** Rows in so many columns; null where a column is too narrow for its words. `left`: rows that found no place. */
function setIn(
  rows: readonly LegendRow[],
  room: Box,
  unit: number,
  count: number,
  { anyWidth = false, balanced = false, mostLines = 2, widest = Number.POSITIVE_INFINITY } = {},
): Setting | null {
  const sizePt = ROW_PT * unit;
  const columnWidth = Math.min(widest, (room.width - (count - 1) * COLUMN_GAP * unit) / count);
  const widestOf = (key: 'count' | 'area'): number =>
    Math.max(0, ...rows.map((row) => (row.kind === 'entry' ? textWidthMm(row[key], sizePt, 'regular') : 0)));
  const [countWidth, areaWidth] = [widestOf('count'), widestOf('area')];
  const numbers = (countWidth > 0 ? countWidth + 2 * unit : 0) + (areaWidth > 0 ? areaWidth + 2 * unit : 0);
  const setting: Setting = { unit, sizePt, columns: [], columnWidth, countWidth, areaWidth, left: 0 };
  const set: SetRow[] = [];
  for (const row of rows) {
    const hasNumbers = row.kind === 'entry' && (row.count !== '' || row.area !== '');
    const width = columnWidth - (row.kind === 'entry' ? swatchWidth(unit) : 0) - (hasNumbers ? numbers : 0);
    const lines = wrapText(
      row.title,
      Math.max(width, 1),
      sizePt,
      row.kind === 'heading' ? 'bold' : 'regular',
    );
    const tooNarrow =
      lines.length > mostLines || lines.some((line) => textWidthMm(line, sizePt, 'regular') > width + 0.01);
    if (!anyWidth && (tooNarrow || (lines.length > 1 && width < 14 * unit))) return null;
    set.push({ row, lines, height: rowHeight(unit) + (lines.length - 1) * sizePt * mmPerPt * 1.15 });
  }
  const enough = balanced ? (heightOf(set) / count) * 0.8 : Number.POSITIVE_INFINITY;
  let column: SetRow[] = [];
  set.forEach((row, index) => {
    const next = row.row.kind === 'heading' ? (set[index + 1]?.height ?? 0) : 0;
    const isFull = heightOf(column) + row.height + next > room.height + 0.01;
    const isEnough =
      heightOf(column) >= enough && beginsLayer(rows, index) && setting.columns.length + 1 < count;
    if (setting.left > 0 || isFull || isEnough) {
      if (setting.left === 0 && setting.columns.length + 1 < count && column.length > 0) {
        setting.columns.push(column);
        column = [row];
      } else setting.left += row.row.kind === 'entry' ? 1 : 0.001;
    } else column.push(row);
  });
  setting.columns.push(column);
  setting.left = Math.ceil(setting.left);
  return setting;
}

/** Whether a layer's rows begin here: with its heading, or with the only row it has. */
function beginsLayer(rows: readonly LegendRow[], index: number): boolean {
  const [before, row] = [rows[index - 1], rows[index]];
  if (row?.kind === 'heading' || before === undefined) return true;
  return before.kind === 'entry' && before.layerId !== row?.layerId;
}

/** The last row gives way to a line that says how many are missing. */
function withMore(setting: Setting, room: Box, more: (count: number) => string): Setting {
  const last = setting.columns.at(-1);
  if (last === undefined || setting.left === 0) return setting;
  let left = setting.left;
  const height = rowHeight(setting.unit);
  while (last.length > 0 && heightOf(last) + height > room.height + 0.01) {
    const taken = last.pop();
    if (taken?.row.kind === 'entry') left += 1;
  }
  if (last.at(-1)?.row.kind === 'heading') last.pop();
  const title = more(left);
  last.push({ row: { kind: 'heading', title }, lines: [title], height });
  return { ...setting, left };
}

function emptySetting(room: Box, unit: number): Setting {
  return {
    unit,
    sizePt: ROW_PT * unit,
    columns: [[]],
    columnWidth: room.width,
    countWidth: 0,
    areaWidth: 0,
    left: 0,
  };
}

function columnMarks(column: readonly SetRow[], box: Box, setting: Setting): Mark[] {
  const { unit, sizePt, countWidth, areaWidth } = setting;
  const right = box.x + box.width;
  let y = box.y;
  return column.flatMap(({ row, lines, height }): Mark[] => {
    const top = y;
    y += height;
    const isHeading = row.kind === 'heading';
    const x = box.x + (isHeading ? 0 : swatchWidth(unit));
    const first = baselineInRow(top, rowHeight(unit), sizePt);
    const words = lines.map((line, index) =>
      textAt(line, x, first + index * sizePt * mmPerPt * 1.15, {
        sizePt,
        ...(isHeading ? { weight: 'bold' } : {}),
      }),
    );
    if (isHeading) return words;
    const numbers = [
      ...(row.count === ''
        ? []
        : [
            textAt(row.count, right - (areaWidth > 0 ? areaWidth + 2 * unit : 0), first, {
              sizePt,
              align: 'end',
            }),
          ]),
      ...(row.area === '' ? [] : [textAt(row.area, right, first, { sizePt, align: 'end' })]),
    ];
    const swatch = { x: box.x, y: top + 0.9 * unit, width: 6.4 * unit, height: rowHeight(unit) - 1.8 * unit };
    return [...row.swatch(swatch), ...words, ...(countWidth + areaWidth > 0 ? numbers : [])];
  });
}

function heightOf(rows: readonly SetRow[]): number {
  return rows.reduce((sum, { height }) => sum + height, 0);
}

function rowHeight(unit: number): number {
  return 5 * unit;
}

function swatchWidth(unit: number): number {
  return 8.2 * unit;
}
