/** Questions asked of rows of mine sites. Pure. */
import { type PhaseId, type StatusId, statuses } from '../../geodata/domain/workflow.ts';
import type { FeatureRow } from '../api/feature-rows.ts';

export const RECTIFYING: PhaseId = 'rectifying';

function isStatus(value: unknown): value is StatusId {
  return typeof value === 'string' && value in statuses;
}

/**
 * Whether a site is past its plan year (超计划年度): listed, not completed, and its year ended before
 * the ISO date `asOf`. A site without a plan year never is.
 */
export function isOverdue({ properties }: FeatureRow, asOf: string): boolean {
  const { status, plan_year: planYear } = properties;
  if (!isStatus(status) || typeof planYear !== 'number') return false;
  const { listed, completed } = statuses[status].counts;
  return listed && !completed && `${planYear}-12-31` < asOf;
}

export type AttentionKind = 'rectifying' | 'overdue';

/** Sites being rectified, or past their plan year on the ISO date `asOf`; the longest overdue first. */
export function rowsNeedingAttention(rows: FeatureRow[], kind: AttentionKind, asOf: string): FeatureRow[] {
  if (kind === 'rectifying') return rows.filter(({ properties }) => properties.phase === RECTIFYING);
  return rows
    .filter((row) => isOverdue(row, asOf))
    .sort((a, b) => Number(a.properties.plan_year) - Number(b.properties.plan_year));
}

/** Rows whose `field` has one of the values. */
export function rowsWithValues(rows: FeatureRow[], field: string, values: Set<string>): FeatureRow[] {
  return rows.filter(({ properties }) => values.has(String(properties[field])));
}

/** Sum of a number property; rows without one add nothing. */
export function sumOf(rows: FeatureRow[], field: string): number {
  return rows.reduce((sum, { properties }) => {
    const value = properties[field];
    return typeof value === 'number' ? sum + value : sum;
  }, 0);
}

/** Rows per value of `field`, the most first. */
export function countByValue(rows: FeatureRow[], field: string): { value: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { properties } of rows) {
    const value = String(properties[field] ?? '');
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || a.value.localeCompare(b.value));
}
