/** Numbers, areas, lengths, scales and dates as they are printed, each with its unit. Areas come in m², days as YYYY-MM-DD. */
import { writeNumber } from '../../../geodata/domain/write-number.ts';
import type { SheetLanguage } from './sheet-language.ts';

/** `1,234.50`: thousands separators and exactly so many decimals. */
export function printNumber(value: number, language: SheetLanguage, decimals = 0): string {
  return writeNumber(value, language, decimals, decimals);
}

export type PrintedAreaUnit = 'ha' | 'km2';
const areaUnits: Record<PrintedAreaUnit, { squareMeters: number; word: Record<SheetLanguage, string> }> = {
  ha: { squareMeters: 10_000, word: { 'zh-CN': '公顷', en: 'ha' } },
  km2: { squareMeters: 1_000_000, word: { 'zh-CN': 'km²', en: 'km²' } },
};

/** `2.36`: two decimals; the unit stands in the heading of the column. */
export function printAreaNumber(
  squareMeters: number,
  unit: PrintedAreaUnit,
  language: SheetLanguage,
): string {
  return printNumber(squareMeters / areaUnits[unit].squareMeters, language, 2);
}

export function areaUnitWord(unit: PrintedAreaUnit, language: SheetLanguage): string {
  return areaUnits[unit].word[language];
}

/** `2.36 公顷`. */
export function printArea(squareMeters: number, unit: PrintedAreaUnit, language: SheetLanguage): string {
  return `${printAreaNumber(squareMeters, unit, language)} ${areaUnitWord(unit, language)}`;
}

/** Hectares up to 100 km², square kilometres above: one unit for all rows of a layer. */
export function areaUnitFor(largestSquareMeters: number): PrintedAreaUnit {
  return largestSquareMeters < 100_000_000 ? 'ha' : 'km2';
}

/** `535 座`, `1 site`: English definitions give the unit in the plural. */
export function printCount(count: number, unit: string, language: SheetLanguage): string {
  const word = language === 'en' && count === 1 ? unit.replace(/(?<=ch|sh|x|ss)es$|s$/, '') : unit;
  return `${printNumber(count, language)} ${word}`;
}

/** A share as `75.9%`; a dash where there is nothing to divide by. */
export function printShare(part: number, whole: number, language: SheetLanguage): string {
  return whole > 0 ? `${printShareNumber(part, whole, language)}%` : '—';
}

/** A share as `75.9`: the sign stands in the heading of the column. */
export function printShareNumber(part: number, whole: number, language: SheetLanguage): string {
  return whole > 0 ? printNumber((part / whole) * 100, language, 1) : '—';
}

/** `+3`, `−2` with a real minus sign, or `0`. */
export function printChange(value: number, language: SheetLanguage, decimals = 0): string {
  const rounded = Number(value.toFixed(decimals));
  if (rounded === 0) return printNumber(0, language, decimals);
  return `${rounded > 0 ? '+' : '−'}${printNumber(Math.abs(rounded), language, decimals)}`;
}

/** `1:350 000`; no thousands mark that could be read as a decimal one. */
export function printScale(denominator: number): string {
  return `1:${String(denominator).replace(/\B(?=(\d{3})+$)/g, ' ')}`;
}

/** `2025年9月30日`, `30 September 2025`; what is no day comes back as it is. */
export function printDay(day: string, language: SheetLanguage): string {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})/.exec(day) ?? [];
  if (year === undefined) return day;
  if (language === 'zh-CN') return `${year}年${Number(month)}月${Number(date)}日`;
  const at = Date.UTC(Number(year), Number(month) - 1, Number(date));
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(at);
}
