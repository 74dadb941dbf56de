/** A month of a reporting unit as a locked XLSX: only what is asked can be typed, and only what may be. */
import ExcelJS from 'exceljs';
import { guardFormula } from '../../geodata/domain/formula-guard.ts';
import type { Language } from '../http/language.ts';
import type { SiteRecord } from '../remediation/site-record.ts';
import { type Column, columnLetters, columns, type InputColumn, isOpenForReport } from './columns.ts';
import {
  firstDay,
  firstRow,
  formatName,
  formatVersion,
  headerRow,
  lastDay,
  metaRows,
  metaSheet,
} from './layout.ts';

export type WorkbookContent = {
  unit: { code: string; name: string; nameEn: string };
  period: string;
  language: Language;
  /** Written into 发生日期, to be changed where it was another day. */
  day: string;
  /** The last day a fact may be dated at. */
  workDay: string;
  sites: readonly SiteRecord[];
};

const gray = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFF0F0F0' } } as const;
const yellow = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFFBE6' } } as const;

export async function writeWorkbook(content: WorkbookContent): Promise<Buffer> {
  const { unit, period, language, sites } = content;
  const workbook = new ExcelJS.Workbook();
  const name = { zh: unit.name, en: unit.nameEn }[language];
  const sheet = workbook.addWorksheet({ zh: `${period} 月报`, en: `Report ${period}` }[language], {
    views: [{ state: 'frozen', xSplit: 2, ySplit: headerRow }],
  });
  sheet.getCell('A1').value = guardFormula(
    { zh: `${name} ${period} 矿山修复月报`, en: `${name}: mine remediation, ${period}` }[language],
  );
  sheet.getCell('A1').font = { bold: true, size: 14 };
  sheet.getCell('A2').value = {
    zh: '只填黄色单元格;没有填写的矿山不报送。填完在“待办”页上传,先核对再提交。不要增删行、不要改编号。',
    en: 'Fill in yellow cells only; rows left empty are not reported. Upload it on the work list: you see what changes before it counts. Add and remove no rows.',
  }[language];
  columns.forEach((column, index) => {
    const cell = sheet.getCell(headerRow, index + 1);
    cell.value = column.title[language];
    cell.font = { bold: true };
    cell.alignment = { wrapText: true, vertical: 'middle' };
    sheet.getColumn(index + 1).width = column.width;
  });
  sites.forEach((site, index) => {
    columns.forEach((column, at) => {
      fill(sheet.getCell(firstRow + index, at + 1), column, site, content);
    });
  });
  // Without a password: it keeps hands from slipping; what comes back is checked cell by cell.
  await sheet.protect('', { formatColumns: true, formatRows: true });
  addMeta(workbook, content);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

function fill(cell: ExcelJS.Cell, column: Column, site: SiteRecord, content: WorkbookContent): void {
  if (column.role !== 'input') {
    const value = column.value(site, content.language);
    cell.value = typeof value === 'string' ? guardFormula(value) : value;
    cell.fill = gray;
    return;
  }
  const isOpen = isOpenForReport(site);
  cell.protection = { locked: !isOpen };
  cell.fill = isOpen ? yellow : gray;
  if (column.form.kind === 'day') cell.numFmt = 'yyyy-mm-dd';
  if (column.form.kind === 'text') cell.numFmt = '@';
  if (!isOpen) return;
  if (column.id === 'effectiveOn') cell.value = new Date(`${content.day}T00:00:00Z`);
  const validation = validationOf(column, site, content);
  if (validation !== null) cell.dataValidation = validation;
}

function validationOf(
  { id, form, title }: InputColumn,
  site: SiteRecord,
  { language, workDay }: WorkbookContent,
): ExcelJS.DataValidation | null {
  const common = { allowBlank: true, showErrorMessage: true, errorTitle: title[language] } as const;
  switch (form.kind) {
    case 'choice': {
      const choices = form.choices(site, language);
      if (choices.length === 0) return null;
      return {
        ...common,
        type: 'list',
        formulae: [`"${choices.join(',')}"`],
        error: { zh: '请从下拉列表中选择。', en: 'Choose from the list.' }[language],
      };
    }
    case 'number':
      return {
        ...common,
        type: 'decimal',
        operator: 'between',
        formulae: [0, form.most],
        error: { zh: `请填 0 到 ${form.most} 的数。`, en: `A number from 0 to ${form.most}.` }[language],
      };
    case 'day': {
      const until = new Date(`${id === 'expectedFinishOn' ? lastDay : workDay}T00:00:00Z`);
      return {
        ...common,
        type: 'date',
        operator: 'between',
        formulae: [new Date(`${firstDay}T00:00:00Z`), until],
        error: { zh: '请填日期,如 2025-09-20。', en: 'A day, such as 2025-09-20.' }[language],
      };
    }
    case 'text':
      return {
        ...common,
        type: 'textLength',
        operator: 'lessThanOrEqual',
        formulae: [form.most],
        error: { zh: `最多 ${form.most} 字。`, en: `At most ${form.most} characters.` }[language],
      };
  }
}

function addMeta(workbook: ExcelJS.Workbook, { unit, period, language, day, sites }: WorkbookContent): void {
  const meta = workbook.addWorksheet(metaSheet, { state: 'veryHidden' });
  const put = (row: number, ...values: (string | number)[]): void => {
    values.forEach((value, index) => {
      meta.getCell(`${columnLetters(index + 1)}${row}`).value = value;
    });
  };
  put(metaRows.format, formatName, formatVersion);
  put(metaRows.unit, 'unit', unit.code);
  put(metaRows.period, 'period', period);
  put(metaRows.language, 'language', language);
  put(metaRows.day, 'day', day);
  sites.forEach(({ code, version }, index) => {
    put(metaRows.firstSite + index, code, version);
  });
}
