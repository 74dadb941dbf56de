/**
 * An Excel workbook (ECMA-376) streamed: the layer with its header frozen and typed cells, so that no text is ever a formula,
 * and the sheet 说明 with what the data is. Shapes are EWKT in the last columns, which go on where a cell is full.
 */
import type { LayerField } from '../../geodata/catalogue/layer-definition.ts';
import type { Crs } from '../../geodata/domain/crs.ts';
import { UnprocessableError } from '../errors.ts';
import { descriptionOf } from './describe-layer.ts';
import type { CellValue, ExportRow, LayerSnapshot, LayerWriter, Shape } from './export-order.ts';
import { ewktOf, readableValue } from './text-values.ts';
import { writeZip } from './write-zip.ts';
import { dateCell, headCell, numberCell, rowText, textCell } from './xlsx-cells.ts';
import {
  contentTypes,
  relations,
  sheetEnd,
  sheetNameOf,
  sheetStart,
  styles,
  workbook,
  workbookRelations,
} from './xlsx-parts.ts';

/** Limits of Excel. */
const maxCellChars = 32_767;
const maxRows = 1_048_576;

export const writeXlsx: LayerWriter = async ({ snapshot, path, signal }) => {
  if (snapshot.featureCount >= maxRows) throw tooManyRows(snapshot.featureCount);
  const shapeCells = await measure(snapshot, signal);
  const parts = [
    { name: '[Content_Types].xml', text: contentTypes },
    { name: '_rels/.rels', text: relations },
    { name: 'xl/workbook.xml', text: workbook(sheetNameOf(snapshot.layer.title.zh)) },
    { name: 'xl/_rels/workbook.xml.rels', text: workbookRelations },
    { name: 'xl/styles.xml', text: styles },
    { name: 'xl/worksheets/sheet1.xml', texts: () => dataSheet(snapshot, shapeCells) },
    { name: 'xl/worksheets/sheet2.xml', text: aboutSheet(snapshot) },
  ];
  await writeZip(path, parts, signal);
  return [];
};

/** How many cells the longest shape of each kind takes. */
type ShapeCells = { axis: number; shape: number };

/** Throws UnprocessableError for a text no cell holds. */
async function measure(snapshot: LayerSnapshot, signal: AbortSignal): Promise<ShapeCells> {
  const { crs, fields, layer } = snapshot;
  const cells: ShapeCells = { axis: layer.table.axis === null ? 0 : 1, shape: 1 };
  const codeAt = fields.findIndex(({ name }) => name === 'code');
  for await (const { values, shape, axis } of snapshot.rows()) {
    signal.throwIfAborted();
    cells.shape = Math.max(cells.shape, cellsFor(shape, crs));
    cells.axis = Math.max(cells.axis, cellsFor(axis, crs));
    values.forEach((value, index) => {
      if (typeof value === 'string' && value.length > maxCellChars)
        throw tooLong(fields[index], values[codeAt]);
    });
  }
  return cells;
}

/** Longest text of a position, such as `38500000.1234 2700000.1234,`. */
const charsPerPosition = 30;

function cellsFor(shape: Shape | null, crs: Crs): number {
  if (shape === null) return 0;
  const lines = shape.type === 'MultiPolygon' ? shape.coordinates.flat() : shape.coordinates;
  const positions = lines.reduce((sum, line) => sum + line.length + 1, 2);
  if (positions * charsPerPosition <= maxCellChars) return 1;
  return Math.ceil(ewktOf(shape, crs).length / maxCellChars);
}

function numbered(name: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => (index === 0 ? name : `${name}_${index + 1}`));
}

async function* dataSheet(snapshot: LayerSnapshot, cells: ShapeCells): AsyncGenerator<string> {
  const { fields } = snapshot;
  const shapeNames = [...numbered('axis', cells.axis), ...numbered('geometry', cells.shape)];
  const widths = [
    ...fields.map(({ title }) => Math.max(12, title.zh.length * 2 + 4)),
    ...shapeNames.map(() => 24),
  ];
  yield sheetStart(widths, true);
  const titles = [...fields.map(({ title }) => title.zh), ...shapeNames];
  yield rowText(1, titles.map(headCell));
  let number = 1;
  for await (const row of snapshot.rows()) {
    number += 1;
    yield rowText(number, cellsOf(snapshot, row, cells));
  }
  yield sheetEnd;
}

function cellsOf({ fields, crs }: LayerSnapshot, row: ExportRow, cells: ShapeCells): string[] {
  return [
    ...fields.map((field, index) => valueCell(field, row.values[index] ?? null)),
    ...pieces(row.axis, crs, cells.axis).map(textCell),
    ...pieces(row.shape, crs, cells.shape).map(textCell),
  ];
}

function pieces(shape: Shape | null, crs: Crs, count: number): (string | null)[] {
  const text = shape === null ? '' : ewktOf(shape, crs);
  return Array.from(
    { length: count },
    (_, index) => text.slice(index * maxCellChars, (index + 1) * maxCellChars) || null,
  );
}

function valueCell(field: LayerField, value: CellValue): string {
  const readable = readableValue(field, value);
  if (typeof readable === 'number') return numberCell(readable);
  return field.type === 'date' && readable !== null ? dateCell(readable) : textCell(readable);
}

function aboutSheet(snapshot: LayerSnapshot): string {
  const rows = [
    ...descriptionOf(snapshot).map(([title, text]) => [headCell(title), textCell(text)]),
    [],
    ['列', '英文名称', '系统字段名', '单位'].map(headCell),
    ...snapshot.fields.map(({ title, name, unit }) => [title.zh, title.en, name, unit ?? null].map(textCell)),
  ];
  return (
    sheetStart([24, 40, 24, 12], false) +
    rows.map((cells, index) => rowText(index + 1, cells)).join('') +
    sheetEnd
  );
}

function tooManyRows(count: number): UnprocessableError {
  return new UnprocessableError({
    zh: `图层有 ${count} 个要素,超过 Excel 的行数上限;请改用 --format csv 或 gpkg。`,
    en: `The layer has ${count} features, more than the rows of Excel; use --format csv or gpkg.`,
  });
}

function tooLong(field: LayerField | undefined, code: CellValue | undefined): UnprocessableError {
  return new UnprocessableError({
    zh: `${code} 的${field?.title.zh}超过 Excel 单元格的 ${maxCellChars} 字,没有导出;请改用 --format csv 或 gpkg。`,
    en: `${field?.title.en} of ${code} is longer than the ${maxCellChars} characters of a cell; use --format csv or gpkg.`,
  });
}
