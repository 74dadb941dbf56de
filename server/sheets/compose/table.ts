/** Tables of a sheet: columns as wide as their words, numbers to the right, a hairline under each row. */
import type { Box, FontWeight, Mark } from '../page.ts';
import { textWidthMm } from '../text/measure-text.ts';
import { baselineInRow, hairline, lineAt, mmPerPt, softInk, textAt } from './pen.ts';
import { cutLine } from './text-block.ts';

export type TableColumn = { title: string; align: 'start' | 'end'; weight?: FontWeight };
export type TableRow = { cells: readonly string[]; emphasis?: boolean; fill?: string };
export type TableLook = {
  sizePt: number;
  leastPt: number;
  /** Of rows; lower where the box is. */
  rowHeight: number;
  factor: number;
  /** Without a row of headings. */
  plain?: boolean;
};
export type Table = {
  marks: Mark[];
  heightMm: number;
  /** Rows that found no place. */
  left: number;
  /** A cell was cut and ends in an ellipsis. */
  overflows: boolean;
};

const LINE_MM = 0.12;

/** From the top of the box; smaller where a row would be wider than it, then cut in the first column. */
export function tableIn(
  box: Box,
  columns: readonly TableColumn[],
  rows: readonly TableRow[],
  look: TableLook,
): Table {
  const headings = look.plain === true ? 0 : 1;
  const leastHeight = look.leastPt * mmPerPt * 1.25;
  const rowHeight = Math.max(leastHeight, Math.min(look.rowHeight, box.height / (rows.length + headings)));
  const most = Math.max(0, Math.floor((box.height + 0.01) / rowHeight) - headings);
  const shown = rows.slice(0, most);
  const gap = 2 * look.factor;
  const ofHeight = Math.min(look.sizePt, rowHeight / mmPerPt / 1.25);
  const { sizePt, widths } = fitColumns(columns, shown, box.width, gap, ofHeight, look);
  const marks: Mark[] = [];
  const ends = columnEnds(box, widths, gap);
  let overflows = false;
  const draw = (
    cells: readonly string[],
    y: number,
    paint: { weight?: FontWeight; color?: string; heading: boolean },
  ) => {
    cells.forEach((cell, index) => {
      const column = columns[index];
      const place = ends[index];
      if (column === undefined || place === undefined || cell === '') return;
      const weight = paint.weight ?? (paint.heading ? 'regular' : (column.weight ?? 'regular'));
      const text = cutLine(cell, place.width + 0.01, sizePt, weight);
      overflows ||= text !== cell;
      const x = column.align === 'end' ? place.x + place.width : place.x;
      const look = paint.color === undefined ? {} : { color: paint.color };
      marks.push(
        textAt(text, x, baselineInRow(y, rowHeight, sizePt), {
          sizePt,
          weight,
          align: column.align,
          ...look,
        }),
      );
    });
  };
  if (headings === 1) {
    draw(
      columns.map(({ title }) => title),
      box.y,
      { color: softInk, heading: true },
    );
    marks.push(lineAt(box.x, box.y + rowHeight, box.x + box.width, box.y + rowHeight, LINE_MM * 2, hairline));
  }
  shown.forEach(({ cells, emphasis, fill }, index) => {
    const y = box.y + (index + headings) * rowHeight;
    if (fill !== undefined) {
      const d = `M${box.x} ${y}h${box.width}v${rowHeight}h${-box.width}Z`;
      marks.push({ kind: 'path', d, fill: { color: fill } });
    }
    draw(cells, y, { ...(emphasis === true ? { weight: 'bold' as const } : {}), heading: false });
    const bottom = y + rowHeight;
    if (index < shown.length - 1)
      marks.push(lineAt(box.x, bottom, box.x + box.width, bottom, LINE_MM, hairline));
  });
  return {
    marks,
    heightMm: (shown.length + headings) * rowHeight,
    left: rows.length - shown.length,
    overflows,
  };
}

function fitColumns(
  columns: readonly TableColumn[],
  rows: readonly TableRow[],
  width: number,
  gap: number,
  largestPt: number,
  look: TableLook,
): { sizePt: number; widths: number[] } {
  const gaps = gap * (columns.length - 1);
  for (let sizePt = largestPt; ; sizePt = Math.max(look.leastPt, sizePt - 0.25)) {
    const natural = columns.map((column, index) => {
      const title = look.plain === true ? 0 : textWidthMm(column.title, sizePt, 'regular');
      const cells = rows.map(({ cells: row, emphasis }) =>
        textWidthMm(row[index] ?? '', sizePt, emphasis === true ? 'bold' : (column.weight ?? 'regular')),
      );
      return Math.max(title, ...cells, 0);
    });
    const total = natural.reduce((sum, one) => sum + one, 0) + gaps;
    if (total <= width) return { sizePt, widths: spread(natural, width - total) };
    if (sizePt <= look.leastPt) return { sizePt, widths: squeeze(natural, total - width) };
  }
}

/** What is left over goes between the columns. */
function spread(natural: readonly number[], free: number): number[] {
  const share = free / natural.length;
  return natural.map((width, index) => width + (index === 0 && natural.length === 1 ? free : share));
}

/** The widest column gives what is missing. */
function squeeze(natural: readonly number[], missing: number): number[] {
  const widest = natural.indexOf(Math.max(...natural));
  return natural.map((width, index) => (index === widest ? Math.max(4, width - missing) : width));
}

function columnEnds(box: Box, widths: readonly number[], gap: number): { x: number; width: number }[] {
  let x = box.x;
  return widths.map((width) => {
    const place = { x, width };
    x += width + gap;
    return place;
  });
}
