/** Which column of a file feeds which field of a layer, and the value it gives: by name, title and known aliases. */

import type { Bilingual, LayerDefinition, LayerField } from '../../geodata/catalogue/layer-definition.ts';
import type { FieldValue } from '../../geodata/domain/feature-input.ts';
import { countyOfAdcode } from '../../geodata/domain/field-aliases.ts';
import { suggestColumns } from '../../geodata/domain/suggest-columns.ts';
import type { RawValue } from './read-rows.ts';
import type { KnownEncoding } from './text-encoding.ts';

export type FieldMapping = { columns: Map<LayerField, string>; unused: string[] };

/** What suggest-columns.ts finds by name, and the columns nothing claims. */
export function mapFields(
  layer: LayerDefinition,
  columns: readonly string[],
  encoding: KnownEncoding | null,
): FieldMapping {
  const suggested = suggestColumns(layer, columns, encoding === 'utf-8' ? 3 : 2);
  const mapping = new Map<LayerField, string>();
  for (const field of layer.fields) {
    const column = suggested.get(field.name);
    if (column !== undefined) mapping.set(field, column);
  }
  const taken = new Set(mapping.values());
  return { columns: mapping, unused: columns.filter((column) => !taken.has(column)) };
}

export type ReadValue = { value: FieldValue } | { problem: Bilingual };

/** The stored value of a raw one by the field's type; empty text is null. */
export function readValue(
  field: LayerField,
  raw: RawValue | undefined,
  formerAdcodes: ReadonlyMap<string, string>,
): ReadValue {
  if (raw === null || raw === undefined || (typeof raw === 'string' && raw.trim() === ''))
    return { value: null };
  const text = String(raw).trim();
  const title = field.title;
  switch (field.type) {
    case 'text':
      if (field.name === 'county_adcode' || field.name === 'adcode')
        return readAdcode(text, title, formerAdcodes);
      return readWord(field, text);
    case 'integer':
    case 'real': {
      const number = Number(text.replaceAll(',', ''));
      const fits = Number.isFinite(number) && (field.type === 'real' || Number.isInteger(number));
      if (fits) return { value: number };
      return {
        problem: {
          zh: `${title.zh}“${text}”不是${field.type === 'real' ? '数值' : '整数'}`,
          en: `${title.en} "${text}" is not ${field.type === 'real' ? 'a number' : 'a whole number'}`,
        },
      };
    }
    case 'date': {
      const day = readDay(text);
      if (day !== null) return { value: day };
      return {
        problem: {
          zh: `${title.zh}“${text}”不是日期(应为 2025-09-30)`,
          en: `${title.en} "${text}" is not a date (such as 2025-09-30)`,
        },
      };
    }
    case 'boolean':
      if (/^(1|true|t|是|y|yes)$/i.test(text)) return { value: true };
      if (/^(0|false|f|否|n|no)$/i.test(text)) return { value: false };
      return {
        problem: {
          zh: `${title.zh}“${text}”不是“是”或“否”`,
          en: `${title.en} "${text}" is neither yes nor no`,
        },
      };
    case 'timestamp':
      return Number.isNaN(Date.parse(text))
        ? { problem: { zh: `${title.zh}“${text}”不是时间`, en: `${title.en} "${text}" is not a time` } }
        : { value: new Date(text).toISOString() };
  }
}

/**
 * A word of an open list is kept as it is. Where the stored values are codes (`closed` for 销号), the words
 * of either language stand for them and anything else is a problem.
 */
function readWord({ enum: entries, title }: LayerField, text: string): ReadValue {
  const entry = entries?.find(({ value, title: word }) => [value, word.zh, word.en].includes(text));
  if (entry !== undefined) return { value: entry.value };
  const isCoded = entries?.some(({ value, title: word }) => value !== word.zh) ?? false;
  if (!isCoded) return { value: text };
  const list = entries?.map(({ title: word }) => word.zh).join('、');
  return {
    problem: {
      zh: `${title.zh}“${text}”不在可用取值内:${list}`,
      en: `${title.en} "${text}" is none of the possible values: ${list}`,
    },
  };
}

function readAdcode(text: string, title: Bilingual, former: ReadonlyMap<string, string>): ReadValue {
  const county = countyOfAdcode(text);
  if (county !== null) return { value: former.get(county) ?? county };
  return {
    problem: {
      zh: `${title.zh}“${text}”不是 6、9 或 12 位行政区代码`,
      en: `${title.en} "${text}" is no code of 6, 9 or 12 digits`,
    },
  };
}

function readDay(text: string): string | null {
  const parts = /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?(?:[T ].*)?$/.exec(text);
  if (parts === null) return null;
  const [, year = '', month = '', day = ''] = parts;
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : null;
}
