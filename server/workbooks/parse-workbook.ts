/** The cells of a returned workbook as what its rows say, with what is wrong at each cell. Pure. */
import { periodSchema } from '../../geodata/contract/marking.ts';
import type { CellProblem } from '../../geodata/contract/workbooks.ts';
import { withoutFormulaGuard } from '../../geodata/domain/formula-guard.ts';
import { UnprocessableError } from '../errors.ts';
import type { Language } from '../http/language.ts';
import { problemAt } from './cell-problems.ts';
import { columnLetters, columns, type InputId } from './columns.ts';
import { firstRow, formatName, formatVersion, metaRows, metaSheet } from './layout.ts';
import { dayOfText, type InputValue, readInput } from './read-input.ts';
import type { ReadWorkbook, Sheet, SheetCell } from './read-xlsx.ts';

export type FilledRow = {
  row: number;
  code: string;
  version: number;
  values: ReadonlyMap<InputId, InputValue>;
};

export type ParsedWorkbook = {
  unit: string;
  period: string;
  language: Language;
  /** 发生日期 of rows that give none. */
  day: string;
  /** Codes the workbook was made with. */
  codes: readonly string[];
  /** Rows that were filled in and can be read. */
  filled: readonly FilledRow[];
  /** Rows that were filled in, whether or not they can be read. */
  filledCount: number;
  /** Row and name by code, to be held against the sites. */
  names: ReadonlyMap<string, { row: number; name: string }>;
  problems: readonly CellProblem[];
};

type Meta = Pick<ParsedWorkbook, 'unit' | 'period' | 'language' | 'day'> & {
  versions: ReadonlyMap<string, number>;
};

/** Throws UnprocessableError for a workbook that is not one of ours. */
export function parseWorkbook(workbook: ReadWorkbook): ParsedWorkbook {
  const hidden = workbook.sheets.find(({ name }) => name === metaSheet);
  const sheet = workbook.sheets.find(({ name }) => name !== metaSheet);
  if (hidden === undefined || sheet === undefined) throw notOurs();
  const meta = readMeta(hidden);
  const rows = Map.groupBy(
    sheet.cells.filter(({ row }) => row >= firstRow),
    ({ row }) => row,
  );
  const problems: CellProblem[] = formulasAbove(sheet);
  const names = new Map<string, { row: number; name: string }>();
  const filled: FilledRow[] = [];
  let filledCount = 0;
  for (const [row, cells] of [...rows].sort(([a], [b]) => a - b)) {
    const read = readRow(row, cells, meta, workbook.startsIn1904);
    problems.push(...read.problems);
    if (read.isFilled) filledCount += 1;
    if (read.code === null) continue;
    const twice = names.get(read.code);
    if (twice !== undefined) {
      problems.push(problemAt(row, 'A', read.code, codeTwice(read.code, twice.row)));
      continue;
    }
    names.set(read.code, { row, name: read.name });
    const version = meta.versions.get(read.code);
    if (read.isFilled && read.problems.length === 0 && version !== undefined)
      filled.push({ row, code: read.code, version, values: read.values });
  }
  const missing = [...meta.versions.keys()].filter((code) => !names.has(code));
  const lastRow = Math.max(firstRow, ...rows.keys());
  if (missing.length > 0) problems.push(problemAt(lastRow, 'A', null, rowsMissing(missing)));
  const { unit, period, language, day } = meta;
  return {
    unit,
    period,
    language,
    day,
    codes: [...meta.versions.keys()],
    filled,
    filledCount,
    names,
    problems,
  };
}

type ReadRow = {
  code: string | null;
  name: string;
  values: Map<InputId, InputValue>;
  isFilled: boolean;
  problems: CellProblem[];
};

function readRow(row: number, cells: readonly SheetCell[], meta: Meta, startsIn1904: boolean): ReadRow {
  const byColumn = new Map(cells.map((cell) => [cell.column, cell]));
  const given = byColumn.get('A')?.value ?? null;
  const code = given === null ? null : withoutFormulaGuard(String(given));
  const isKnown = code !== null && meta.versions.has(code);
  const problems = cells
    .filter(({ isFormula }) => isFormula)
    .map(({ column }) => problemAt(row, column, code, formulaRefused));
  if (!isKnown) problems.push(problemAt(row, 'A', null, code === null ? codeRemoved : codeUnknown(code)));
  const values = new Map<InputId, InputValue>();
  columns.forEach((column, index) => {
    const letters = columnLetters(index + 1);
    const cell = byColumn.get(letters);
    if (column.role !== 'input' || cell === undefined || cell.isFormula) return;
    const read = readInput(cell, column, meta.language, startsIn1904);
    if ('problem' in read) problems.push(problemAt(row, letters, code, read.problem));
    else if (read.value !== null) values.set(column.id, read.value);
  });
  // 发生日期 is written for whoever fills in; alone it says nothing.
  const isFilled = [...values.keys()].some((id) => id !== 'effectiveOn') || problems.length > 0;
  return {
    code: isKnown ? code : null,
    name: withoutFormulaGuard(String(byColumn.get('B')?.value ?? '')),
    values,
    isFilled,
    problems,
  };
}

/** Nobody computes what stands above the rows, yet whoever opens the workbook next would. */
function formulasAbove({ cells }: Sheet): CellProblem[] {
  return cells
    .filter(({ row, isFormula }) => isFormula && row < firstRow)
    .map(({ row, column }) => problemAt(row, column, null, formulaRefused));
}

function readMeta({ cells }: Sheet): Meta {
  const at = new Map(cells.map((cell) => [`${cell.column}${cell.row}`, cell.isFormula ? null : cell.value]));
  const text = (row: number): string => String(at.get(`B${row}`) ?? '');
  if (at.get(`A${metaRows.format}`) !== formatName) throw notOurs();
  if (at.get(`B${metaRows.format}`) !== formatVersion) throw otherVersion();
  const period = text(metaRows.period);
  const language = text(metaRows.language);
  const day = dayOfText(text(metaRows.day));
  const isPeriod = periodSchema.safeParse(period).success && !period.startsWith('0000');
  if (!isPeriod || day === null || (language !== 'zh' && language !== 'en')) throw notOurs();
  const versions = new Map<string, number>();
  for (const { column, row, value } of cells) {
    if (column !== 'A' || row < metaRows.firstSite || value === null) continue;
    const version = at.get(`B${row}`);
    if (typeof version !== 'number' || !Number.isSafeInteger(version) || versions.has(String(value)))
      throw notOurs();
    versions.set(String(value), version);
  }
  return { unit: text(metaRows.unit), period, language, day, versions };
}

const formulaRefused = {
  zh: '单元格中有公式,不接受公式。请改填数值或文字。',
  en: 'the cell holds a formula, and formulas are not taken. Type the value instead.',
};
const codeRemoved = {
  zh: '这一行没有编号。编号不能删除,也不能增加行;请重新下载填报表。',
  en: 'the row has no code. Codes stay and no rows are added; download the form again.',
};

function codeUnknown(code: string) {
  const shown = code.slice(0, 60);
  return {
    zh: `编号“${shown}”不在这份填报表中:编号被改动,或增加了行。请恢复原编号,或重新下载填报表。`,
    en: `the code "${shown}" is not of this form: it was changed, or a row was added. Put it back, or download the form again.`,
  };
}

function codeTwice(code: string, row: number) {
  return {
    zh: `编号“${code}”在第 ${row} 行已出现。请删去多出的一行。`,
    en: `the code "${code}" stands in row ${row} already. Remove the second one.`,
  };
}

function rowsMissing(codes: readonly string[]) {
  const [zh, en] = ['、', ', '].map((comma) => codes.slice(0, 5).join(comma));
  return {
    zh: `缺少 ${codes.length} 座矿山的行(${zh}${codes.length > 5 ? ' 等' : ''})。行不能删除;不报的矿山留空即可。`,
    en: `the rows of ${codes.length} sites are missing (${en}${codes.length > 5 ? ' …' : ''}). No rows are removed; leave those empty that you do not report.`,
  };
}

function notOurs(): UnprocessableError {
  return new UnprocessableError(
    {
      zh: '这不是本系统下载的填报表(缺少隐藏的标识页或已被改动)。请重新下载填报表,填好再上传。',
      en: 'This is not a form of this system: its hidden sheet is missing or was changed. Download the form again, fill it in and send it.',
    },
    { field: 'file' },
  );
}

function otherVersion(): UnprocessableError {
  return new UnprocessableError(
    {
      zh: '这份填报表是其他版本的系统生成的。请重新下载填报表,把内容抄过来再上传。',
      en: 'This form is of another version of the system. Download the form again, copy what you filled in, and send it.',
    },
    { field: 'file' },
  );
}
