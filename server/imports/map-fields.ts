/** Which column of a file feeds which field of a layer, and the value it gives: by name, title and known aliases. */

import type { Bilingual, LayerDefinition, LayerField } from '../../geodata/catalogue/layer-definition.ts';
import type { FieldValue } from '../../geodata/domain/feature-input.ts';
import { countyOfAdcode } from '../../geodata/domain/field-aliases.ts';
import { importableFields, suggestColumns } from '../../geodata/domain/suggest-columns.ts';
import { UnprocessableError } from '../errors.ts';

/** Column by field of the layer, and the columns nothing is taken from. */
export type ColumnMapping = { columns: Record<string, string>; unused: string[] };

type GivenColumns = Readonly<Record<string, string | null>>;

/**
 * What is given (a mapping before a saved profile; null: the field stays empty), then what suggest-columns.ts finds by
 * name among the other columns. `encoding` is the name of the file's, null where its format has none. Throws
 * UnprocessableError for a field the layer does not have and a column the file does not have, naming those there are.
 */
export function mapColumns(
  layer: LayerDefinition,
  columns: readonly string[],
  encoding: string | null,
  mapping: GivenColumns = {},
  profileColumns: GivenColumns = {},
): ColumnMapping {
  const given = new Map(Object.entries({ ...profileColumns, ...mapping }));
  for (const [field, column] of given) {
    assertField(layer, field);
    if (column !== null) assertColumn(columns, field, column);
  }
  const claimed = new Set(given.values());
  const free = columns.filter((column) => !claimed.has(column));
  const suggested = suggestColumns(layer, free, encoding === 'utf-8' ? 3 : 2);
  const chosen: Record<string, string> = {};
  for (const { name } of importableFields(layer)) {
    const column = given.has(name) ? given.get(name) : suggested.get(name);
    if (column !== undefined && column !== null) chosen[name] = column;
  }
  const taken = new Set(Object.values(chosen));
  return { columns: chosen, unused: columns.filter((column) => !taken.has(column)) };
}

function assertField(layer: LayerDefinition, name: string): void {
  const fields = importableFields(layer);
  if (fields.some((field) => field.name === name)) return;
  const list = fields.map((field) => `${field.name}(${field.title.zh})`).join('、');
  throw new UnprocessableError(
    {
      zh: `图层没有字段“${name}”,可对照的有:${list}`,
      en: `The layer has no field "${name}"; there are: ${list}`,
    },
    { field: 'mapping' },
  );
}

function assertColumn(columns: readonly string[], field: string, column: string): void {
  if (columns.includes(column)) return;
  const list = columns.join('、') || '—';
  throw new UnprocessableError(
    {
      zh: `文件中没有列“${column}”(对照字段 ${field}),其中有:${list}`,
      en: `The file has no column "${column}" (mapped to ${field}); there are: ${list}`,
    },
    { field: 'mapping' },
  );
}

export type ReadValue =
  | {
      value: FieldValue;
      /** A county code of former times, given its present one. */
      isFormerCode?: true;
    }
  | { problem: Bilingual };

/** The stored value of a raw one by the field's type; empty text is null. */
export function readValue(
  field: LayerField,
  raw: string | null | undefined,
  formerAdcodes: ReadonlyMap<string, string>,
): ReadValue {
  if (raw === null || raw === undefined || raw.trim() === '') return { value: null };
  const text = raw.trim();
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
      // How a DBF, or what reads it, writes that there is no date.
      if (/^0{4}\D?0{2}\D?0{2}$/.test(text)) return { value: null };
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
  if (county !== null) {
    const present = former.get(county);
    return present === undefined ? { value: county } : { value: present, isFormerCode: true };
  }
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
