/**
 * Columns of a dBASE table wide enough for every value of a layer, found in a pass over its rows; values it cannot hold
 * (texts over 254 bytes, characters its encoding lacks) are listed and refused, never cut.
 */
import type { Bilingual, LayerField } from '../../geodata/catalogue/layer-definition.ts';
import { UnprocessableError } from '../errors.ts';
import { dbfNames, type TextEncoding } from './dbf-names.ts';
import type { CellValue, LayerSnapshot } from './export-order.ts';
import { readableValue } from './text-values.ts';

export type DbfColumn = {
  field: LayerField;
  name: string;
  type: 'C' | 'N' | 'D';
  width: number;
  decimals: number;
};

const maxTextBytes = 254;
const maxDecimals = 15;
const maxNumberWidth = 31;
const shownProblems = 10;

type Measure = { bytes: number; digits: number; decimals: number };
type Problem = { code: CellValue; field: LayerField; what: Bilingual };

/** Throws UnprocessableError naming the rows whose values do not fit, and what to do. */
export async function dbfColumns(snapshot: LayerSnapshot, encoding: TextEncoding): Promise<DbfColumn[]> {
  const { fields } = snapshot;
  const measures = fields.map((): Measure => ({ bytes: 1, digits: 1, decimals: 0 }));
  const codeAt = fields.findIndex(({ name }) => name === 'code');
  const problems: Problem[] = [];
  let problemCount = 0;
  for await (const values of snapshot.values()) {
    fields.forEach((field, index) => {
      const measure = measures[index];
      if (measure === undefined) return;
      const what = widen(measure, field, values[index] ?? null, encoding);
      if (what === null) return;
      problemCount += 1;
      if (problems.length < shownProblems) problems.push({ code: values[codeAt] ?? null, field, what });
    });
  }
  if (problemCount > 0) throw unfit(problems, problemCount);
  const names = dbfNames(fields, encoding);
  return fields.map((field, index) =>
    columnOf(field, names[index] ?? '', measures[index] ?? { bytes: 1, digits: 1, decimals: 0 }),
  );
}

function columnOf(field: LayerField, name: string, { bytes, digits, decimals }: Measure): DbfColumn {
  const isNumber = field.type === 'integer' || field.type === 'real';
  if (isNumber) {
    return { field, name, type: 'N', width: digits + (decimals > 0 ? decimals + 1 : 0), decimals };
  }
  if (field.type === 'date') return { field, name, type: 'D', width: 8, decimals: 0 };
  return { field, name, type: 'C', width: bytes, decimals: 0 };
}

/** Widens the measure by the value; what is wrong with it, or null. */
function widen(
  measure: Measure,
  field: LayerField,
  value: CellValue,
  encoding: TextEncoding,
): Bilingual | null {
  const readable = readableValue(field, value);
  if (readable === null) return null;
  if (typeof readable === 'number') {
    const text = plainDecimal(readable);
    const [whole = '', fraction = ''] = text.split('.');
    measure.digits = Math.max(measure.digits, whole.length);
    measure.decimals = Math.max(measure.decimals, fraction.length);
    if (measure.digits + measure.decimals < maxNumberWidth) return null;
    return { zh: `数值 ${readable} 太长`, en: `the number ${readable} is too long` };
  }
  if (field.type === 'date') {
    if (/^\d{4}-\d\d-\d\d$/.test(readable)) return null;
    return { zh: `日期 ${readable} 超出 DBF 的范围`, en: `the date ${readable} is beyond a DBF` };
  }
  const encoded = encoding.encode(readable);
  if ('missing' in encoded) {
    const code = `U+${encoded.missing.codePointAt(0)?.toString(16).toUpperCase()}`;
    return {
      zh: `${encoding.cpg} 没有“${encoded.missing}”(${code})`,
      en: `${encoding.cpg} has no "${encoded.missing}" (${code})`,
    };
  }
  measure.bytes = Math.max(measure.bytes, encoded.length);
  if (encoded.length <= maxTextBytes) return null;
  return {
    zh: `有 ${encoded.length} 字节,DBF 最多 ${maxTextBytes}`,
    en: `it has ${encoded.length} bytes; a DBF holds ${maxTextBytes}`,
  };
}

/** Shortest digits that read back the same number, without exponent, to 15 decimals. */
function plainDecimal(value: number): string {
  const shortest = String(value);
  if (!shortest.includes('e')) return shortest;
  return value.toFixed(maxDecimals).replace(/\.?0+$/, '');
}

function unfit(problems: Problem[], count: number): UnprocessableError {
  const zh = problems.map(({ code, field, what }) => `  ${code}:${field.title.zh}${what.zh}`);
  const en = problems.map(({ code, field, what }) => `  ${code}: ${field.title.en}: ${what.en}`);
  const more = count - problems.length;
  if (more > 0) {
    zh.push(`  ……另有 ${more} 处`);
    en.push(`  … and ${more} more`);
  }
  return new UnprocessableError({
    zh: `${count} 个值 shapefile 存不下,为不截断、不乱码,没有导出。请改用 --format gpkg;缺字时也可用 --encoding UTF-8:\n${zh.join('\n')}`,
    en: `${count} values do not fit a shapefile and are neither cut nor garbled, so nothing was exported. Use --format gpkg, or --encoding UTF-8 for missing characters:\n${en.join('\n')}`,
  });
}

/** Bytes of the cell, as wide as its column; blank or zeros where the value is null. */
export function dbfCell(
  { field, type, width, decimals }: DbfColumn,
  value: CellValue,
  encoding: TextEncoding,
): Buffer {
  // Blank is nothing for text and numbers, but programs differ on blank dates; all take zeros for none.
  const cell = Buffer.alloc(width, value === null && type === 'D' ? '0' : ' ');
  const readable = readableValue(field, value);
  if (readable === null) return cell;
  if (type === 'N') {
    cell.write(Number(readable).toFixed(decimals).padStart(width), 'latin1');
    return cell;
  }
  const text = String(readable);
  const encoded = encoding.encode(type === 'D' ? text.replaceAll('-', '') : text);
  if ('missing' in encoded) throw new RangeError(`${field.name} was not measured`);
  encoded.copy(cell);
  return cell;
}
