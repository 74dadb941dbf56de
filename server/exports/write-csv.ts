/** CSV (RFC 4180) for spreadsheets and people: UTF-8 with BOM, field titles as column names, shapes as EWKT in the last column. */
import { guardFormula } from '../../geodata/domain/formula-guard.ts';
import type { CellValue, ExportRow, LayerSnapshot, LayerWriter } from './export-order.ts';
import { ewktOf, readableValue } from './text-values.ts';
import { writeTextFile } from './write-text-file.ts';

export const writeCsv: LayerWriter = async ({ snapshot, path, signal }) => {
  await writeTextFile(path, lines(snapshot), signal);
  return [];
};

async function* lines(snapshot: LayerSnapshot): AsyncGenerator<string> {
  const { fields, layer } = snapshot;
  const shapeNames = layer.table.axis === null ? ['geometry'] : ['axis', 'geometry'];
  yield `\uFEFF${lineOf([...fields.map(({ title }) => title.zh), ...shapeNames])}`;
  for await (const row of snapshot.rows()) yield lineOf(cellsOf(snapshot, row));
}

function cellsOf({ fields, layer, crs }: LayerSnapshot, { values, shape, axis }: ExportRow): CellValue[] {
  const shapes = layer.table.axis === null ? [shape] : [axis, shape];
  return [
    ...fields.map((field, index) => readableValue(field, values[index] ?? null)),
    ...shapes.map((each) => (each === null ? null : ewktOf(each, crs))),
  ];
}

function lineOf(cells: readonly CellValue[]): string {
  return `${cells.map(cellText).join(',')}\r\n`;
}

function cellText(cell: CellValue): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const text = guardFormula(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
