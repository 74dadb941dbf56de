/** Questions asked of rows of mine sites. Pure. */
import type { FeatureRow } from '../api/feature-rows.ts';

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
