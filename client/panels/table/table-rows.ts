/** Columns of the attribute table and the order of its rows. Pure. */
import type { LayerDefinition, LayerField } from '../../../geodata/catalogue/layer-definition.ts';
import type { FeatureRow } from '../../api/feature-rows.ts';
import type { Language } from '../../state/app-state.ts';

export type Sort = { field: string; descending: boolean };

export function tableColumns({ fields }: LayerDefinition): LayerField[] {
  return fields.filter(({ table }) => table);
}

/** A first click sorts up, a second down, a third takes the sorting off. */
export function nextSort(sort: Sort | null, field: string): Sort | null {
  if (sort?.field !== field) return { field, descending: false };
  return sort.descending ? null : { field, descending: true };
}

/**
 * Rows ordered by one field: enums in the order of their definition, numbers by size, text as the
 * language orders it (Chinese by pinyin) with figures by value. Rows without a value come last either way.
 */
export function sortRows(
  rows: FeatureRow[],
  field: LayerField | undefined,
  descending: boolean,
  language: Language,
): FeatureRow[] {
  if (field === undefined) return rows;
  const collator = new Intl.Collator(language, { numeric: true });
  const rank = new Map(field.enum?.map(({ value }, index) => [value, index]));
  const compare = (a: unknown, b: unknown): number => {
    const ranks = [rank.get(String(a)), rank.get(String(b))] as const;
    if (ranks[0] !== undefined && ranks[1] !== undefined) return ranks[0] - ranks[1];
    if (typeof a === 'number' && typeof b === 'number') return a - b;
    return collator.compare(String(a), String(b));
  };
  const isMissing = (value: unknown) => value === null || value === undefined || value === '';
  return [...rows].sort((left, right) => {
    const [a, b] = [left.properties[field.name], right.properties[field.name]];
    if (isMissing(a) || isMissing(b)) return Number(isMissing(a)) - Number(isMissing(b));
    return descending ? compare(b, a) : compare(a, b);
  });
}

/** Width of a column in pixels, from what its field holds. */
export function columnWidth(field: LayerField, isTitle: boolean): number {
  if (isTitle) return 200;
  if (field.name === 'code') return 192;
  if (field.enum) return 112;
  if (field.type === 'real' || field.type === 'integer') return 128;
  return field.type === 'date' || field.type === 'timestamp' ? 112 : 152;
}

export function isNumeric(field: LayerField): boolean {
  return (field.type === 'real' || field.type === 'integer') && field.enum === undefined;
}
