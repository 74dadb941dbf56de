/** What one cell of an input says, or what is wrong with it. Pure. */
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import { issueKinds } from '../../geodata/contract/marking.ts';
import { rounded } from '../../geodata/domain/hectares.ts';
import { issueWords } from '../../geodata/domain/issue-words.ts';
import { statuses, statusIds } from '../../geodata/domain/workflow.ts';
import type { Language } from '../http/language.ts';
import type { InputColumn } from './columns.ts';
import { firstDay, lastDay } from './layout.ts';
import type { SheetCell } from './read-xlsx.ts';

/** Numbers in the unit of the report, days as YYYY-MM-DD, choices as their id. */
export type InputValue = string | number;
type ReadInput = { value: InputValue | null } | { problem: Bilingual };

export function readInput(
  { value, isOdd }: Pick<SheetCell, 'value' | 'isOdd'>,
  column: InputColumn,
  language: Language,
  startsIn1904: boolean,
): ReadInput {
  if (isOdd) return { problem: odd };
  if (value === null) return { value: null };
  if (typeof value === 'string' && /^[\s']*[=＝]/.test(value)) return { problem: formulaText };
  const { form } = column;
  switch (form.kind) {
    case 'number':
      return readNumber(value, form);
    case 'day':
      return readDay(value, startsIn1904);
    case 'choice':
      return readChoice(String(value).trim(), column.id, language);
    case 'text':
      return readText(String(value), form.most);
  }
}

function readNumber(value: string | number, { most, unit }: { most: number; unit: number }): ReadInput {
  const plain = typeof value === 'string' && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : value;
  if (typeof plain !== 'number') return { problem: noNumber(plain) };
  if (plain < 0 || plain > most) {
    return {
      problem: {
        zh: `应为 0 到 ${most} 的数,现为 ${plain}。`,
        en: `give a number from 0 to ${most}, not ${plain}.`,
      },
    };
  }
  return { value: rounded(plain * unit) };
}

const dayMs = 86_400_000;
/** Day 0 of the two calendars spreadsheets count by. */
const epochs = { 1900: Date.UTC(1899, 11, 30), 1904: Date.UTC(1904, 0, 1) } as const;

function readDay(value: string | number, startsIn1904: boolean): ReadInput {
  const day = typeof value === 'number' ? dayOfSerial(value, startsIn1904) : dayOfText(value);
  if (day === null || day < firstDay || day > lastDay) return { problem: noDay(value) };
  return { value: day };
}

function dayOfSerial(serial: number, startsIn1904: boolean): string | null {
  if (serial < 0 || serial > 100_000) return null;
  const at = epochs[startsIn1904 ? 1904 : 1900] + Math.floor(serial) * dayMs;
  return new Date(at).toISOString().slice(0, 10);
}

/** YYYY-MM-DD; null for a day the calendar does not have, such as 2025-02-30. */
export function dayOfText(text: string): string | null {
  const found = /^\s*(\d{4})(?:-|\/|\.|年)(\d{1,2})(?:-|\/|\.|月)(\d{1,2})日?\s*$/.exec(text);
  if (found === null) return null;
  const [year, month, date] = found.slice(1).map(Number);
  const day = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, date ?? 0));
  const isThere = day.getUTCMonth() === (month ?? 0) - 1 && day.getUTCDate() === date;
  return isThere ? day.toISOString().slice(0, 10) : null;
}

function readChoice(text: string, id: InputColumn['id'], language: Language): ReadInput {
  const among: readonly [string, Bilingual][] =
    id === 'status'
      ? statusIds.map((status) => [status, statuses[status].title])
      : issueKinds.map((kind) => [kind, issueWords[kind]]);
  const found = among.find(([, words]) => words[language] === text || words.zh === text || words.en === text);
  if (found !== undefined) return { value: found[0] };
  const shown = text.slice(0, 40);
  return {
    problem: {
      zh: `没有“${shown}”这一项,请从下拉列表中选择。`,
      en: `there is no choice "${shown}"; choose from the list.`,
    },
  };
}

function readText(text: string, most: number): ReadInput {
  const trimmed = text.trim();
  if (trimmed === '') return { value: null };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what no text of a report holds and no database keeps.
  if (/[\u0000-\u0008\u000B\u000C\u000E-\u001F]/.test(trimmed) || !trimmed.isWellFormed())
    return { problem: odd };
  if (trimmed.length <= most) return { value: trimmed };
  return {
    problem: {
      zh: `最多 ${most} 字,现有 ${trimmed.length} 字。请删减。`,
      en: `at most ${most} characters, not ${trimmed.length}. Shorten it.`,
    },
  };
}

const odd = {
  zh: '单元格中是错误值或无法读取的内容。请改填数值或文字。',
  en: 'the cell holds an error or something that cannot be read. Type a value.',
};
const formulaText = {
  zh: '内容以“=”开头,像是公式,不接受。请去掉“=”。',
  en: 'it begins with "=" like a formula, which is not taken. Remove the "=".',
};

function noNumber(value: string | number): Bilingual {
  const shown = String(value).trim().slice(0, 40);
  return {
    zh: `应填数字,现为“${shown}”。请只填数字,不带单位和文字。`,
    en: `a number is asked, not "${shown}". Type digits only, without unit or words.`,
  };
}

function noDay(value: string | number): Bilingual {
  const shown = String(value).trim().slice(0, 40);
  return {
    zh: `“${shown}”不是日期,或没有这一天。请填如 2025-09-20 的日期。`,
    en: `"${shown}" is no day, or none the calendar has. Give one such as 2025-09-20.`,
  };
}
