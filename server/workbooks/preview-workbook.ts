/** A returned workbook looked at: everything is done as applying would do it, told, and taken back again. */
import { randomBytes } from 'node:crypto';
import type { SubmitReport, Warning } from '../../geodata/contract/marking.ts';
import type { SignedInAccount } from '../../geodata/contract/session.ts';
import type { CellProblem, WorkbookPreview, WorkbookRow } from '../../geodata/contract/workbooks.ts';
import { describeWarning } from '../../geodata/domain/answer-warnings.ts';
import { can } from '../../geodata/domain/can.ts';
import { type RequirementId, requirements, steps } from '../../geodata/domain/workflow.ts';
import { notAllowed } from '../accounts/refusals.ts';
import type { Context } from '../context.ts';
import type { Queryable } from '../db/database.ts';
import { namedSql } from '../db/named-sql.ts';
import { UnprocessableError } from '../errors.ts';
import type { Mark } from '../remediation/mark.ts';
import { markSites } from '../remediation/mark-sites.ts';
import { MarksRefusedError, type SiteRefusal, wordsOf } from '../remediation/marks-refused.ts';
import { loadSites } from '../remediation/site-record.ts';
import { problemAt } from './cell-problems.ts';
import { columnOfField, lettersOf } from './columns.ts';
import { findUnit } from './make-workbook.ts';
import { type FilledRow, type ParsedWorkbook, parseWorkbook } from './parse-workbook.ts';
import { readXlsx } from './read-xlsx.ts';
import { toOrder } from './to-order.ts';

export type SubmitMark = Extract<Mark, { kind: 'submit' }>;

const options = { class: 'bulk' } as const;

/**
 * What applying the file at `path` would do. `period`: the month it must be for, null: that of the work day. Throws
 * UnprocessableError for a file that is no workbook of ours or of another month, ForbiddenError for that of a unit the account
 * does not report for.
 */
export async function previewWorkbook(
  { database }: Pick<Context, 'database'>,
  account: SignedInAccount,
  path: string,
  period: string | null,
): Promise<WorkbookPreview> {
  const parsed = parseWorkbook(await readXlsx(path));
  if (!can(account, 'mark', { id: 'mine_sites' }, parsed.unit)) throw notAllowed();
  const unit = await findUnit(database, parsed.unit);
  await checkPeriod(database, parsed.period, period);
  const problems: CellProblem[] = [...parsed.problems, ...(await renamed(database, parsed))];
  const marks = await marksOf(database, parsed);
  const rowOf = new Map(parsed.filled.map((row) => [row.code, row]));
  const tried = await tryMarks(database, account, marks, parsed.period);
  problems.push(...tried.refusals.flatMap((refusal) => problemsOf(refusal, rowOf.get(refusal.code))));
  const rows = tried.told.map((told): WorkbookRow => ({ row: rowOf.get(told.code)?.row ?? 0, ...told }));
  const isReady = problems.length === 0 && rows.length > 0;
  return {
    token: isReady ? await keep(database, account, parsed, marks) : null,
    unit,
    period: parsed.period,
    rowCount: parsed.codes.length,
    filledCount: parsed.filledCount,
    rows: rows.sort((a, b) => a.row - b.row),
    problems: problems.sort((a, b) => a.row - b.row),
  };
}

async function checkPeriod(client: Queryable, period: string, asked: string | null): Promise<void> {
  const [row] = await client.query<{ period: string }>(namedSql('workbooks/read-present-month'), [], options);
  const expected = asked ?? row?.period ?? period;
  if (period === expected) return;
  throw new UnprocessableError(
    {
      zh: `这份填报表是 ${period} 的,现在填报的是 ${expected}。请下载 ${expected} 的填报表。`,
      en: `This form is of ${period}, while ${expected} is being reported. Download the form of ${expected}.`,
    },
    { field: 'period' },
  );
}

/** Names that are not those of their sites: somebody has moved cells, and values may stand at the wrong site. */
async function renamed(client: Queryable, { names, period }: ParsedWorkbook): Promise<CellProblem[]> {
  const sites = await loadSites(client, [...names.keys()], period);
  return sites.flatMap((site) => {
    const stated = names.get(site.code);
    if (stated === undefined || stated.name.trim() === site.name.trim()) return [];
    return [
      problemAt(stated.row, 'B', site.code, {
        zh: `名称与编号不符:${site.code} 是“${site.name}”。名称不能改动;请核对这一行是否错位。`,
        en: `the name does not belong to the code: ${site.code} is "${site.name}". Names stay; see whether the row was moved.`,
      }),
    ];
  });
}

/** What steps within a report must have uploaded. */
const evidenceNeeds: readonly RequirementId[] = [
  ...new Set(
    steps
      .filter(({ by }) => by === 'editor')
      .flatMap(({ needs }) => needs)
      .filter((id) => ['document', 'photo'].includes(requirements[id].form)),
  ),
];

async function marksOf(client: Queryable, { filled, period, day }: ParsedWorkbook): Promise<SubmitMark[]> {
  const waiting = await client.query<{ site_code: string; id: string }>(
    namedSql('workbooks/list-waiting-evidence'),
    [filled.map(({ code }) => code), period, evidenceNeeds],
    options,
  );
  const idsOf = Map.groupBy(waiting, ({ site_code }) => site_code);
  return filled.map(({ code, version, values }) => {
    const attachments = (idsOf.get(code) ?? []).map(({ id }) => id);
    const order: SubmitReport = toOrder(values, { attachments, day });
    return { kind: 'submit', code, version, period, order };
  });
}

type Told = Omit<WorkbookRow, 'row'>;

/** Carries what was found out of a transaction that must not stay. */
class Tried extends Error {
  readonly told: readonly Told[];
  constructor(told: readonly Told[]) {
    super('tried and taken back');
    this.told = told;
  }
}

/** What the marks that can be made would change, and why the others cannot. Nothing stays written. */
async function tryMarks(
  database: Context['database'],
  account: SignedInAccount,
  marks: readonly SubmitMark[],
  period: string,
): Promise<{ told: readonly Told[]; refusals: readonly SiteRefusal[] }> {
  if (marks.length === 0) return { told: [], refusals: [] };
  try {
    await database.transaction(async (client) => {
      await markSites(client, account, marks);
      throw new Tried(await tell(client, marks, period));
    }, options);
    throw new Error('a trial was committed');
  } catch (error) {
    if (error instanceof Tried) return { told: error.told, refusals: [] };
    if (!(error instanceof MarksRefusedError)) throw error;
    const { refusals } = error;
    const refused = new Set(refusals.map(({ code }) => code));
    const others = marks.filter(({ code }) => !refused.has(code));
    return { ...(await tryMarks(database, account, others, period)), refusals };
  }
}

async function tell(client: Queryable, marks: readonly SubmitMark[], period: string): Promise<Told[]> {
  const rows = await client.query<{ site_code: string; flags: Warning[]; changes: WorkbookRow['changes'] }>(
    namedSql('workbooks/read-submitted'),
    [marks.map(({ code }) => code), period],
    options,
  );
  const sites = new Map(
    (
      await loadSites(
        client,
        marks.map(({ code }) => code),
        period,
      )
    ).map((s) => [s.code, s]),
  );
  const submitted = new Map(rows.map((row) => [row.site_code, row]));
  return marks.map(({ code, order }) => ({
    code,
    name: sites.get(code)?.name ?? code,
    effectiveOn: order.effectiveOn,
    changes: submitted.get(code)?.changes ?? {},
    warnings: submitted.get(code)?.flags ?? [],
  }));
}

function problemsOf({ code, refusal }: SiteRefusal, filled: FilledRow | undefined): CellProblem[] {
  const row = filled?.row ?? 1;
  if (refusal.kind !== 'problems') return [problemAt(row, 'A', code, wordsOf(refusal))];
  return [
    ...refusal.problems.map(({ field, title }) => problemAt(row, columnOfField(field), code, title)),
    ...refusal.warnings.map((warning) => problemAt(row, lettersOf('reason'), code, describeWarning(warning))),
  ];
}

async function keep(
  client: Queryable,
  account: SignedInAccount,
  { unit, period }: ParsedWorkbook,
  marks: readonly SubmitMark[],
): Promise<string> {
  const token = randomBytes(24).toString('base64url');
  await client.query(
    namedSql('workbooks/keep-upload'),
    [token, account.id, unit, period, JSON.stringify(marks)],
    options,
  );
  return token;
}
