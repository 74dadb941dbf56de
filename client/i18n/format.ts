/**
 * Numbers, areas, lengths and dates as people read them, in both languages.
 * Pure; areas come in m², lengths in m, dates as ISO text.
 */
import type { LayerField } from '../../geodata/catalogue/layer-definition.ts';
import { writeNumber } from '../../geodata/domain/write-number.ts';
import type { Language } from '../state/app-state.ts';

export const SQUARE_METERS_PER_MU = 10_000 / 15;
const dayInShanghai = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' });

/** A number and its unit, kept apart so that a column of figures can align. */
export type Quantity = { value: string; unit: string };
export type AreaUnit = 'm2' | 'ha' | 'km2' | 'mu';

const areaUnits: Record<AreaUnit, { squareMeters: number; word: Record<Language, string> }> = {
  m2: { squareMeters: 1, word: { 'zh-CN': 'm²', en: 'm²' } },
  ha: { squareMeters: 10_000, word: { 'zh-CN': '公顷', en: 'ha' } },
  km2: { squareMeters: 1_000_000, word: { 'zh-CN': 'km²', en: 'km²' } },
  mu: { squareMeters: SQUARE_METERS_PER_MU, word: { 'zh-CN': '亩', en: 'mu' } },
};

/** `1,234.5`: thousands separators, between `minimum` and `maximum` decimals. */
export function formatNumber(value: number, language: Language, maximum = 0, minimum = 0): string {
  return writeNumber(value, language, minimum, maximum);
}

/** `+3`, `-2` with a real minus sign, or `0`. */
export function formatChange(value: number, language: Language, decimals = 0): string {
  const rounded = Number(value.toFixed(decimals));
  if (rounded === 0) return '0';
  return `${rounded > 0 ? '+' : '−'}${formatNumber(Math.abs(rounded), language, decimals, decimals)}`;
}

/** A share 0–1 as `75.9%`; an em dash where there is no base to divide by. */
export function formatShare(part: number, whole: number, language: Language, decimals = 1): string {
  if (whole <= 0) return '—';
  return `${formatNumber((part / whole) * 100, language, decimals, decimals)}%`;
}

/** An area in the unit asked for; m² has no decimals, the others two. */
export function formatArea(squareMeters: number, unit: AreaUnit, language: Language): Quantity {
  const { squareMeters: size, word } = areaUnits[unit];
  const decimals = unit === 'm2' ? 0 : 2;
  return {
    value: formatNumber(squareMeters / size, language, decimals, decimals),
    unit: word[language],
  };
}

/** The unit in which an area reads well: m² below 1 公顷, 公顷 below 10 km², else km². */
export function readableAreaUnit(squareMeters: number): AreaUnit {
  if (Math.abs(squareMeters) < 10_000) return 'm2';
  return Math.abs(squareMeters) < 10_000_000 ? 'ha' : 'km2';
}

/** `12.62 km²`. */
export function writeQuantity({ value, unit }: Quantity): string {
  return unit === '' ? value : `${value} ${unit}`;
}

/** `2.36 公顷`, in the unit in which it reads well. */
export function writeArea(squareMeters: number, language: Language): string {
  return writeQuantity(formatArea(squareMeters, readableAreaUnit(squareMeters), language));
}

/** A length: m below 1 km, else km with two decimals. */
export function formatLength(meters: number, language: Language): Quantity {
  if (Math.abs(meters) < 1000) return { value: formatNumber(meters, language), unit: 'm' };
  return { value: formatNumber(meters / 1000, language, 2, 2), unit: 'km' };
}

/** ISO date or instant as `2025-09-30`, the day in Asia/Shanghai; unreadable text comes back unchanged. */
export function formatDateShort(iso: string): string {
  const day = dayOf(iso);
  if (day === null) return iso;
  return `${day.year}-${String(day.month).padStart(2, '0')}-${String(day.day).padStart(2, '0')}`;
}

/** ISO date or instant as `2025年9月30日` or `30 September 2025`. */
export function formatDateLong(iso: string, language: Language): string {
  const day = dayOf(iso);
  if (day === null) return iso;
  if (language === 'zh-CN') return `${day.year}年${day.month}月${day.day}日`;
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(
    Date.UTC(day.year, day.month - 1, day.day),
  );
}

function dayOf(iso: string): { year: number; month: number; day: number } | null {
  const plain = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
  if (plain) return { year: Number(plain[1]), month: Number(plain[2]), day: Number(plain[3]) };
  const instant = new Date(iso);
  if (Number.isNaN(instant.getTime())) return null;
  const parts = dayInShanghai.formatToParts(instant);
  const part = (type: string) => Number(parts.find((candidate) => candidate.type === type)?.value);
  return { year: part('year'), month: part('month'), day: part('day') };
}

/** `1:1,150,000`, rounded to `digits` significant digits; a scale is never exact on a screen. */
export function formatScale(denominator: number, language: Language, digits = 3): string {
  return `1:${formatNumber(Number(denominator.toPrecision(digits)), language)}`;
}

/** Five decimals of a degree (about 1 m), as `115.34120°`. */
export function formatDegrees(degrees: number): string {
  return `${degrees.toFixed(5)}°`;
}

/** A plane coordinate in metres with narrow spaces between thousands, as `2 914 233.4`. */
export function formatPlaneCoordinate(meters: number): string {
  const [whole = '', decimals] = Math.abs(meters).toFixed(1).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '\u202f');
  return `${meters < 0 ? '−' : ''}${grouped}.${decimals}`;
}

/** Names one after the other: 甲、乙 or `A, B`. */
export function joinWords(words: readonly string[], language: Language): string {
  return words.join(language === 'zh-CN' ? '、' : ', ');
}

/** `1 site`, `535 sites`, `535 座`: a count with its unit, which English definitions give in the plural. */
export function writeCount(count: number, unit: string, language: Language): string {
  const word = language === 'en' && count === 1 ? unit.replace(/(?<=ch|sh|x|ss)es$|s$/, '') : unit;
  return `${formatNumber(count, language)} ${word}`;
}

/** The unit written in a column heading; '' for fields without one and for years. */
export function fieldUnitWord({ unit }: LayerField, language: Language): string {
  if (unit === undefined || unit === 'year') return '';
  if (unit === '10k_cny') return { 'zh-CN': '万元', en: '10k CNY' }[language];
  return { m2: 'm²', m: 'm', percent: '%' }[unit];
}

/** What a stored value reads as in a table cell, without its unit; null and undefined give ''. */
export function formatFieldValue(field: LayerField, value: unknown, language: Language): string {
  if (value === null || value === undefined || value === '') return '';
  const word = field.enum?.find((entry) => entry.value === String(value));
  if (word) return language === 'zh-CN' ? word.title.zh : word.title.en;
  if (typeof value === 'boolean')
    return { 'zh-CN': ['否', '是'], en: ['No', 'Yes'] }[language][Number(value)] ?? '';
  if (field.type === 'date' || field.type === 'timestamp') return formatDateShort(String(value));
  if (field.unit === 'year') return String(value);
  if (typeof value === 'number') return formatNumber(value, language, decimalsOf(field));
  return String(value);
}

function decimalsOf(field: LayerField): number {
  if (field.type === 'integer' || field.unit === 'm2' || field.unit === 'm') return 0;
  return field.unit === 'percent' ? 1 : 2;
}
