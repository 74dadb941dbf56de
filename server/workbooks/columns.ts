/** The columns of a workbook, in their order: what is fixed, what is asked, and beside it what last month said. Pure. */
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import type { Answer } from '../../geodata/contract/marking.ts';
import { issueWords } from '../../geodata/domain/issue-words.ts';
import { statuses, stepsFrom } from '../../geodata/domain/workflow.ts';
import type { Language } from '../http/language.ts';
import type { SiteRecord } from '../remediation/site-record.ts';

export type Shown = string | number | null;

export const inputIds = [
  'status',
  'documentNumber',
  'startedOn',
  'progressPercent',
  'treatedThisPeriod',
  'treatedToDate',
  'investmentThisPeriod',
  'investmentToDate',
  'issueKind',
  'issues',
  'nextSteps',
  'expectedFinishOn',
  'effectiveOn',
  'noProgressReason',
  'aftercare',
  'note',
  'reason',
] as const;
export type InputId = (typeof inputIds)[number];

export type InputForm =
  | { kind: 'choice'; choices(site: SiteRecord, language: Language): string[] }
  /** `unit`: what one of the cell is in the report. */
  | { kind: 'number'; most: number; unit: number }
  | { kind: 'text'; most: number }
  | { kind: 'day' };

export type InputColumn = {
  role: 'input';
  id: InputId;
  title: Bilingual;
  width: number;
  form: InputForm;
  /** Fields of the report whose problems are said at this column. */
  fields: readonly string[];
};
export type TextColumn = {
  role: 'fixed' | 'last';
  title: Bilingual;
  width: number;
  value(site: SiteRecord, language: Language): Shown;
};
export type Column = InputColumn | TextColumn;

const squareMetersAHectare = 10_000;
const last = (title: Bilingual, value: TextColumn['value'], width = 12): TextColumn => ({
  role: 'last',
  title,
  width,
  value,
});
const input = (
  id: InputId,
  title: Bilingual,
  form: InputForm,
  fields: readonly string[],
  width = 12,
): InputColumn => ({ role: 'input', id, title, form, fields, width });

const text = (most: number): InputForm => ({ kind: 'text', most });
const area: InputForm = { kind: 'number', most: 100_000, unit: squareMetersAHectare };
const money: InputForm = { kind: 'number', most: 10_000_000, unit: 1 };

export const columns: readonly Column[] = [
  { role: 'fixed', title: { zh: '编号', en: 'Code' }, width: 16, value: ({ code }) => code },
  { role: 'fixed', title: { zh: '名称', en: 'Name' }, width: 24, value: ({ name }) => name },
  {
    role: 'fixed',
    title: { zh: '当前状态', en: 'Status now' },
    width: 14,
    value: ({ state }, language) => statuses[state.status].title[language],
  },
  { role: 'fixed', title: { zh: '本期月报', en: 'Report of the month' }, width: 20, value: reportNow },
  input(
    'status',
    { zh: '本期状态(无变化留空)', en: 'New status (empty: no change)' },
    { kind: 'choice', choices: nextStatuses },
    ['answer.status', 'attachments'],
    16,
  ),
  input('documentNumber', { zh: '文号', en: 'Document no.' }, text(100), ['answer.facts.documentNumber'], 18),
  input('startedOn', { zh: '开工日期', en: 'Start date' }, { kind: 'day' }, ['answer.facts.startedOn']),
  last({ zh: '上期形象进度(%)', en: 'Last progress (%)' }, ({ state }) => state.progressPercent),
  input(
    'progressPercent',
    { zh: '形象进度(%)', en: 'Progress (%)' },
    { kind: 'number', most: 100, unit: 1 },
    ['answer.progressPercent'],
  ),
  last({ zh: '上期新增治理面积(公顷)', en: 'Treated in the last month (ha)' }, (site) =>
    inHectares(previous(site)?.treatedThisPeriodSquareMeters),
  ),
  input('treatedThisPeriod', { zh: '本月新增治理面积(公顷)', en: 'Treated this month (ha)' }, area, [
    'answer.treatedThisPeriodSquareMeters',
  ]),
  last({ zh: '上期累计治理面积(公顷)', en: 'Last treated to date (ha)' }, ({ state }) =>
    inHectares(state.treatedAreaSquareMeters),
  ),
  input('treatedToDate', { zh: '累计治理面积(公顷)', en: 'Treated to date (ha)' }, area, [
    'answer.treatedToDateSquareMeters',
    'answer.patches',
  ]),
  last(
    { zh: '上期投资(万元)', en: 'Invested in the last month (10 000 yuan)' },
    (site) => previous(site)?.investment?.thisPeriod ?? null,
  ),
  input('investmentThisPeriod', { zh: '本月投资(万元)', en: 'Invested this month (10 000 yuan)' }, money, [
    'answer.investment.thisPeriod',
  ]),
  last(
    { zh: '上期累计投资(万元)', en: 'Last invested to date (10 000 yuan)' },
    (site) => previous(site)?.investment?.toDate ?? null,
  ),
  input('investmentToDate', { zh: '累计投资(万元)', en: 'Invested to date (10 000 yuan)' }, money, [
    'answer.investment.toDate',
  ]),
  last({ zh: '上期存在问题类别', en: 'Last kind of problem' }, (site, language) =>
    (previous(site)?.issueKinds ?? []).map((kind) => issueWords[kind][language]).join('、'),
  ),
  input(
    'issueKind',
    { zh: '存在问题类别', en: 'Kind of problem' },
    {
      kind: 'choice',
      choices: (_site, language) => Object.values(issueWords).map((words) => words[language]),
    },
    ['answer.issueKinds'],
    14,
  ),
  last({ zh: '上期存在问题', en: 'Last problems' }, (site) => previous(site)?.issues ?? null, 20),
  input('issues', { zh: '存在问题', en: 'Problems' }, text(1000), ['answer.issues'], 24),
  last({ zh: '上期下步打算', en: 'Last next steps' }, (site) => previous(site)?.nextSteps ?? null, 20),
  input('nextSteps', { zh: '下步打算', en: 'Next steps' }, text(1000), ['answer.nextSteps'], 24),
  last(
    { zh: '上期预计完工', en: 'Last expected finish' },
    (site) => previous(site)?.expectedFinishOn ?? null,
  ),
  input('expectedFinishOn', { zh: '预计完工', en: 'Expected finish' }, { kind: 'day' }, [
    'answer.expectedFinishOn',
  ]),
  input('effectiveOn', { zh: '发生日期', en: 'Date of the fact' }, { kind: 'day' }, ['effectiveOn']),
  input(
    'noProgressReason',
    { zh: '本期无进展原因', en: 'Reason for no progress' },
    text(500),
    ['answer.noProgressReason'],
    24,
  ),
  input('aftercare', { zh: '管护检查情况', en: 'Aftercare check' }, text(500), ['answer.aftercare'], 24),
  input('note', { zh: '说明', en: 'Note' }, text(1000), ['answer.note'], 20),
  input('reason', { zh: '异常数值的原因', en: 'Reason for unlikely values' }, text(500), [], 24),
];

/** Letters of a column: 1 is A, 27 is AA. */
export function columnLetters(position: number): string {
  const rest = Math.floor((position - 1) / 26);
  return (rest > 0 ? columnLetters(rest) : '') + String.fromCharCode(65 + ((position - 1) % 26));
}

/** Where the column of an input stands, in letters. */
export function lettersOf(id: InputId): string {
  return columnLetters(columns.findIndex((column) => column.role === 'input' && column.id === id) + 1);
}

/** The column at which a problem of a field of the report is said; the first where it is about none. */
export function columnOfField(field: string): string {
  const asked = columns.findIndex(
    (column) =>
      column.role === 'input' &&
      column.fields.some((known) => field === known || field.startsWith(`${known}.`)),
  );
  return columnLetters(asked + 1 || 1);
}

/** Whether the month can still be reported for the site: neither submitted nor passed. */
export function isOpenForReport({ report, hasLaterPassed }: SiteRecord): boolean {
  return !hasLaterPassed && (report === null || report.state === 'returned' || report.state === 'withdrawn');
}

function reportNow(site: SiteRecord, language: Language): Shown {
  const { report } = site;
  if (report?.state === 'returned')
    return { zh: `已退回:${report.returnReason}`, en: `Returned: ${report.returnReason}` }[language];
  if (isOpenForReport(site)) return { zh: '未报', en: 'Not reported' }[language];
  return { zh: '已报,不再填', en: 'Reported, closed' }[language];
}

function nextStatuses({ state }: SiteRecord, language: Language): string[] {
  return stepsFrom(state.status)
    .filter(({ by }) => by === 'editor')
    .map(({ to }) => statuses[to].title[language]);
}

function previous({ previous: report }: SiteRecord): Answer | undefined {
  return report?.answer;
}

function inHectares(squareMeters: number | null | undefined): number | null {
  return squareMeters === null || squareMeters === undefined ? null : squareMeters / squareMetersAHectare;
}
