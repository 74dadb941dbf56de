/** Vertex coordinates in columns of number, X (north) and Y (east), a heading before each ring. Pure; millimetres. */
import type { Box, Mark } from '../page.ts';
import type { SiteContent } from '../sheet-content.ts';
import { textWidthMm } from '../text/measure-text.ts';
import { printArea } from '../words/quantities.ts';
import { type SheetLanguage, say } from '../words/sheet-language.ts';
import { sheetPhrases } from '../words/sheet-phrases.ts';
import { sheetWords } from '../words/sheet-words.ts';
import { baselineInRow, mmPerPt, softInk, textAt } from './pen.ts';
import { cutLine } from './text-block.ts';

export type VertexItem =
  | { kind: 'ring' | 'code'; words: string }
  | { kind: 'vertex'; number: string; north: string; east: string };

/** Between the figures of a row, and between columns, in sizes. */
const GAP = 0.8;
const COLUMN_GAP = 1.75;

/** Every outer ring with its vertices, in the order they are numbered. Metres with two decimals, as survey lists have them. */
export function vertexItems(site: SiteContent, language: SheetLanguage): VertexItem[] {
  return site.patches.flatMap((patch) =>
    patch.rings.flatMap(({ number, vertices }, index): VertexItem[] => {
      const area = patch.areaSquareMeters;
      const heading: VertexItem[] =
        index > 0
          ? [{ kind: 'ring', words: sheetPhrases.patchPart[language](number) }]
          : [
              {
                kind: 'ring',
                words: sheetPhrases.patch[language](
                  number,
                  area === null ? '—' : printArea(area, 'ha', language),
                ),
              },
              { kind: 'code', words: patch.code },
            ];
      return [
        ...heading,
        ...vertices.map(
          ([north, east], position): VertexItem => ({
            kind: 'vertex',
            number: `J${position + 1}`,
            north: north.toFixed(2),
            east: east.toFixed(2),
          }),
        ),
      ];
    }),
  );
}

type Geometry = {
  columns: number;
  rows: number;
  rowHeight: number;
  columnWidth: number;
  widths: [number, number, number];
  sizePt: number;
};

/** How many items a box takes at a size; each column starts with the heading of its figures. */
export function vertexCapacity(items: readonly VertexItem[], room: Box, sizePt: number): number {
  const { columns, rows } = geometryOf(items, room, sizePt);
  return columns * rows;
}

/** The first items that the box takes. `shown` is their number. */
export function vertexMarks(
  items: readonly VertexItem[],
  room: Box,
  sizePt: number,
  language: SheetLanguage,
): { marks: Mark[]; shown: number } {
  const geometry = geometryOf(items, room, sizePt);
  const { columns, rows, rowHeight, columnWidth, widths } = geometry;
  const shown = Math.min(items.length, columns * rows);
  const needed = Math.min(columns, Math.max(1, Math.ceil(shown / rows)));
  const marks: Mark[] = [];
  const row = (x: number, y: number, cells: readonly [string, string, string], color?: string): void => {
    const base = baselineInRow(y, rowHeight, sizePt);
    const look = { sizePt, ...(color === undefined ? {} : { color }) };
    const gap = GAP * sizePt * mmPerPt;
    const ends = [x, x + widths[0] + gap + widths[1], x + widths[0] + 2 * gap + widths[1] + widths[2]];
    marks.push(textAt(cells[0], ends[0] ?? x, base, look));
    marks.push(textAt(cells[1], ends[1] ?? x, base, { ...look, align: 'end' }));
    marks.push(textAt(cells[2], ends[2] ?? x, base, { ...look, align: 'end' }));
  };
  for (let column = 0; column < needed; column += 1) {
    row(room.x + column * columnWidth, room.y, headings(language), softInk);
  }
  for (let index = 0; index < shown; index += 1) {
    const item = items[index];
    const x = room.x + Math.floor(index / rows) * columnWidth;
    const y = room.y + ((index % rows) + 1) * rowHeight;
    if (item?.kind === 'vertex') row(x, y, [item.number, item.north, item.east]);
    else if (item !== undefined) {
      const weight = item.kind === 'ring' ? 'bold' : 'regular';
      const words = cutLine(item.words, columnWidth - sizePt * mmPerPt, sizePt, weight);
      marks.push(textAt(words, x, baselineInRow(y, rowHeight, sizePt), { sizePt, weight }));
    }
  }
  return { marks, shown };
}

function headings(language: SheetLanguage): [string, string, string] {
  return [
    say(sheetWords.vertexNumber, language),
    say(sheetWords.northing, language),
    say(sheetWords.easting, language),
  ];
}

function geometryOf(items: readonly VertexItem[], room: Box, sizePt: number): Geometry {
  const widest = (of: (item: Extract<VertexItem, { kind: 'vertex' }>) => string, heading: string): number =>
    Math.max(
      textWidthMm(heading, sizePt, 'regular'),
      ...items
        .map((item) => (item.kind === 'vertex' ? of(item).length : 0))
        .map((length) => digitsWidth(length, sizePt)),
    );
  const widths: [number, number, number] = [
    widest(({ number }) => number, '点号'),
    widest(({ north }) => north, 'X (north)'),
    widest(({ east }) => east, 'Y (north)'),
  ];
  const gap = GAP * sizePt * mmPerPt;
  const natural = widths[0] + widths[1] + widths[2] + 2 * gap;
  const between = COLUMN_GAP * sizePt * mmPerPt;
  const columns = Math.max(1, Math.floor((room.width + between) / (natural + between)));
  const rowHeight = sizePt * mmPerPt * 1.32;
  const rows = Math.max(1, Math.floor((room.height + 0.01) / rowHeight) - 1);
  const columnWidth = columns === 1 ? room.width : (room.width + between) / columns;
  return { columns, rows, rowHeight, columnWidth, widths, sizePt };
}

function digitsWidth(length: number, sizePt: number): number {
  return textWidthMm('0'.repeat(length), sizePt, 'regular');
}
