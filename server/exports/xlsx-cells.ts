/** Cells of a worksheet as XML, typed: a text is a text whatever it starts with. Cells stand in their order, without addresses. */
import { xmlText } from './xml-text.ts';

/** Indexes of cellXfs in xlsx-parts.ts. */
const textStyle = 1;
const dateStyle = 2;
const headStyle = 3;

export function rowText(number: number, cells: readonly string[]): string {
  const placed = cells
    .map((cell, index) => (cell === '' ? '' : cell.replace('<c', `<c r="${columnLetters(index)}${number}"`)))
    .join('');
  return `<row r="${number}">${placed}</row>\n`;
}

/** A, B … Z, AA … */
function columnLetters(index: number): string {
  const rest = String.fromCharCode(65 + (index % 26));
  return index < 26 ? rest : columnLetters(Math.floor(index / 26) - 1) + rest;
}

export function headCell(text: string): string {
  return inlineText(text, headStyle);
}

/** Nothing for null. */
export function textCell(text: string | null): string {
  return text === null ? '' : inlineText(text, textStyle);
}

export function numberCell(value: number): string {
  return `<c><v>${value}</v></c>`;
}

const msPerDay = 86_400_000;
/** Day 0 of the 1900 date system, as it counts from March 1900 on (it has a 29 February 1900). */
const dayZero = Date.UTC(1899, 11, 30);
const firstSafeDay = '1900-03-01';

/** A real date of YYYY-MM-DD; a text where the date system has no day of that name. */
export function dateCell(day: string): string {
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || day < firstSafeDay) return inlineText(day, textStyle);
  return `<c s="${dateStyle}"><v>${(Date.parse(`${day}T00:00:00Z`) - dayZero) / msPerDay}</v></c>`;
}

/** ST_Xstring (ECMA-376 part 1, 22.9.2.19): characters XML cannot hold are _xHHHH_, and a text that looks so is escaped. */
function inlineText(text: string, style: number): string {
  const plain = text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');
  const written = xmlText(plain, (code) => `_x${code.toString(16).toUpperCase().padStart(4, '0')}_`);
  return `<c s="${style}" t="inlineStr"><is><t xml:space="preserve">${written}</t></is></c>`;
}
