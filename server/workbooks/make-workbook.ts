/** The workbook of a reporting unit for a month: the sites that owe an answer then. */
import { lastFactDay } from '../../geodata/domain/period.ts';
import { owesIn } from '../../geodata/domain/site-actions.ts';
import type { Queryable } from '../db/database.ts';
import { namedSql } from '../db/named-sql.ts';
import { NotFoundError, UnprocessableError } from '../errors.ts';
import type { Language } from '../http/language.ts';
import { loadSites } from '../remediation/site-record.ts';
import { writeWorkbook } from './write-workbook.ts';

export type Unit = { code: string; name: string; nameEn: string };

export type WorkbookRequest = {
  unit: string;
  /** Null: the month of the work day. */
  period: string | null;
  language: Language;
};

/**
 * The bytes and what to call them. Throws NotFoundError for an unknown unit, UnprocessableError where no site owes
 * anything in that month.
 */
export async function makeWorkbook(
  client: Queryable,
  { unit: code, period, language }: WorkbookRequest,
): Promise<{ bytes: Buffer; fileName: string }> {
  const unit = await findUnit(client, code);
  const rows = await client.query<{ code: string }>(namedSql('workbooks/list-sites-of-unit'), [code], {
    class: 'read',
  });
  const codes = rows.map((row) => row.code);
  const loaded = new Map((await loadSites(client, codes, period)).map((site) => [site.code, site]));
  const sites = codes.flatMap((each) => {
    const site = loaded.get(each);
    const isOwing = site && owesIn(site.period, site.state.status, site.state.aftercareUntil);
    return isOwing ? [site] : [];
  });
  const [first] = sites;
  if (first === undefined) throw nothingOwed(unit, period);
  if (first.period > first.workDay.slice(0, 7)) throw notYet(first.period, first.workDay);
  const bytes = await writeWorkbook({
    unit,
    period: first.period,
    language,
    day: lastFactDay(first.period, first.workDay),
    workDay: first.workDay,
    sites,
  });
  const name = { zh: `矿山月报_${unit.name}`, en: `mine-report_${unit.nameEn}` }[language];
  return { bytes, fileName: `${name}_${first.period}.xlsx` };
}

/** Throws NotFoundError. */
export async function findUnit(client: Queryable, code: string): Promise<Unit> {
  const units = await client.query<{ code: string; name: string; name_en: string }>(
    namedSql('remediation/list-reporting-units'),
    [],
    { class: 'lookup' },
  );
  const found = units.find((unit) => unit.code === code);
  if (found !== undefined) return { code, name: found.name, nameEn: found.name_en };
  throw new NotFoundError(
    { zh: `没有编号为“${code}”的填报单位。`, en: `There is no reporting unit "${code}".` },
    { field: 'unit' },
  );
}

function nothingOwed(unit: Unit, period: string | null): UnprocessableError {
  return new UnprocessableError(
    {
      zh: `${unit.name} ${period ?? '本期'}没有需要填报的矿山。`,
      en: `No site of ${unit.nameEn} owes a report ${period === null ? 'this month' : `for ${period}`}.`,
    },
    { field: 'unit' },
  );
}

function notYet(period: string, workDay: string): UnprocessableError {
  return new UnprocessableError(
    {
      zh: `填报期 ${period} 尚未到来,目前最晚可填 ${workDay.slice(0, 7)}。`,
      en: `The month ${period} has not come yet; the latest to report is ${workDay.slice(0, 7)}.`,
    },
    { field: 'period' },
  );
}
