/** Counts and areas of sites by what their status counts for; pure. */
import type { ProgressResponse } from '../../geodata/contract/progress.ts';
import { type StatusId, statuses, statusIds } from '../../geodata/domain/workflow.ts';

export type Measure = ProgressResponse['overdue'];
export type Standing = ProgressResponse['total'];

export type StandingRow = {
  unit: string | null;
  status: StatusId;
  status_before: StatusId;
  plan_year_over: boolean;
  count: number;
  area_m2: number;
};

/** Sum over the rows that `counts`; areas rounded to 0.01 m², as sums differ beyond that between engines. */
export function measure(rows: readonly StandingRow[], counts: (row: StandingRow) => boolean): Measure {
  const counted = rows.filter(counts);
  const area = counted.reduce((sum, row) => sum + row.area_m2, 0);
  return {
    count: counted.reduce((sum, row) => sum + row.count, 0),
    areaSquareMeters: Math.round(area * 100) / 100,
  };
}

/** What the sites stand at now, or stood at before. */
export function standing(rows: readonly StandingRow[], at: 'status' | 'status_before'): Standing {
  return {
    listed: measure(rows, (row) => statuses[row[at]].counts.listed),
    started: measure(rows, (row) => statuses[row[at]].counts.started),
    completed: measure(rows, (row) => statuses[row[at]].counts.completed),
    closed: measure(rows, (row) => statuses[row[at]].counts.closed),
    rectifying: measure(rows, (row) => row[at] === 'rectifying'),
    excluded: measure(rows, (row) => row[at] === 'excluded'),
  };
}

export function byStatus(rows: readonly StandingRow[]): ProgressResponse['byStatus'] {
  const entries = statusIds.map((id) => [id, measure(rows, (row) => row.status === id)] as const);
  return Object.fromEntries(entries) as ProgressResponse['byStatus'];
}

/** Listed, not completed, and the plan year has ended. */
export function overdue(rows: readonly StandingRow[]): Measure {
  return measure(
    rows,
    (row) =>
      row.plan_year_over && statuses[row.status].counts.listed && !statuses[row.status].counts.completed,
  );
}
