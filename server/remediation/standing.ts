/** Which sites each figure of progress counts, and their sums; pure. Figures and lists ask the same functions. */
import type {
  Attention,
  FigureId,
  Measure,
  ProgressResponse,
  Standing,
} from '../../geodata/contract/progress.ts';
import { monthsOverdue, monthsSilent } from '../../geodata/domain/silence.ts';
import { owes, type StatusId, statuses, statusIds } from '../../geodata/domain/workflow.ts';

/** Sites that are alike in all that figures ask, or one site. */
export type StandingRow = {
  unit: string | null;
  status: StatusId;
  status_before: StatusId;
  plan_year: number | null;
  last_answer: string | null;
  in_aftercare: boolean;
  returned: boolean;
  waits_county: boolean;
  waits_city: boolean;
  count: number;
  area_m2: number;
  treated_m2: number;
  treated_before_m2: number;
};

/** What counting needs besides the rows. */
export type CountingDay = { day: string; firstPeriod: string };

/** One figure: whether it counts a site, what of its area, and how many months it is late. */
type Figure = {
  counts: (row: StandingRow, at: CountingDay) => boolean;
  area: (row: StandingRow) => number;
  months: ((row: StandingRow, at: CountingDay) => number) | null;
};

const ofStatus = (counts: (status: StatusId) => boolean): Figure => ({
  counts: (row) => counts(row.status),
  area: (row) => row.area_m2,
  months: null,
});
const ofReport = (column: 'returned' | 'waits_county' | 'waits_city'): Figure => ({
  counts: (row) => row[column] && statuses[row.status].counts.listed,
  area: (row) => row.area_m2,
  months: null,
});

const silentMonths = (row: StandingRow, { day, firstPeriod }: CountingDay): number => {
  const interval = owes(row.status);
  if (interval === 'quarter' && !row.in_aftercare) return 0;
  return monthsSilent({ owes: interval, lastAnswer: row.last_answer, firstPeriod }, day);
};
const overdueMonths = (row: StandingRow, { day }: CountingDay): number =>
  row.plan_year === null ? 0 : monthsOverdue(row.plan_year, day);

export const figures: Record<FigureId, Figure> = {
  listed: ofStatus((status) => statuses[status].counts.listed),
  started: ofStatus((status) => statuses[status].counts.started),
  completed: ofStatus((status) => statuses[status].counts.completed),
  closed: ofStatus((status) => statuses[status].counts.closed),
  rectifying: ofStatus((status) => status === 'rectifying'),
  excluded: ofStatus((status) => status === 'excluded'),
  treated: {
    counts: (row) => row.treated_m2 > 0 && statuses[row.status].counts.listed,
    area: (row) => row.treated_m2,
    months: null,
  },
  returned: ofReport('returned'),
  waits_county: ofReport('waits_county'),
  waits_city: ofReport('waits_city'),
  silent: {
    counts: (row, at) => silentMonths(row, at) > 0,
    area: (row) => row.area_m2,
    months: silentMonths,
  },
  overdue: {
    counts: (row, at) => {
      const { listed, completed } = statuses[row.status].counts;
      return listed && !completed && overdueMonths(row, at) > 0;
    },
    area: (row) => row.area_m2,
    months: overdueMonths,
  },
};

/** Sums of the rows a figure counts; areas rounded to 0.01 m², as sums differ beyond that between engines. */
export function measure(figure: FigureId, rows: readonly StandingRow[], at: CountingDay): Measure {
  return sumOf(rowsOf(figure, rows, at), figures[figure].area);
}

export function rowsOf<Row extends StandingRow>(
  figure: FigureId,
  rows: readonly Row[],
  at: CountingDay,
): Row[] {
  return rows.filter((row) => figures[figure].counts(row, at));
}

/** What the sites stand at now. */
export function standing(rows: readonly StandingRow[], at: CountingDay): Standing {
  const of = (figure: FigureId): Measure => measure(figure, rows, at);
  return {
    listed: of('listed'),
    started: of('started'),
    completed: of('completed'),
    closed: of('closed'),
    rectifying: of('rectifying'),
    excluded: of('excluded'),
    treated: of('treated'),
  };
}

/** What they stood at before: figures of standing look at nothing but status and treated area. */
export function standingBefore(rows: readonly StandingRow[], at: CountingDay): Standing {
  return standing(
    rows.map((row) => ({ ...row, status: row.status_before, treated_m2: row.treated_before_m2 })),
    at,
  );
}

export function attention(rows: readonly StandingRow[], at: CountingDay): Attention {
  return {
    returned: measure('returned', rows, at),
    waits_county: measure('waits_county', rows, at),
    waits_city: measure('waits_city', rows, at),
    silent: stepped('silent', rows, at),
    overdue: stepped('overdue', rows, at),
  };
}

function stepped(
  figure: 'silent' | 'overdue',
  rows: readonly StandingRow[],
  at: CountingDay,
): Attention['silent'] {
  const { area, months } = figures[figure];
  const counted = rowsOf(figure, rows, at);
  const byMonths = Map.groupBy(counted, (row) => months?.(row, at) ?? 0);
  return {
    ...sumOf(counted, area),
    steps: [...byMonths]
      .sort(([a], [b]) => b - a)
      .map(([each, own]) => ({ months: each, ...sumOf(own, area) })),
  };
}

export function byStatus(rows: readonly StandingRow[]): ProgressResponse['byStatus'] {
  const grouped = Map.groupBy(rows, (row) => row.status);
  const entries = statusIds.map((id) => [id, sumOf(grouped.get(id) ?? [], (row) => row.area_m2)] as const);
  return Object.fromEntries(entries) as ProgressResponse['byStatus'];
}

function sumOf(rows: readonly StandingRow[], area: Figure['area']): Measure {
  return {
    count: rows.reduce((sum, row) => sum + row.count, 0),
    areaSquareMeters: Math.round(rows.reduce((sum, row) => sum + area(row), 0) * 100) / 100,
  };
}
