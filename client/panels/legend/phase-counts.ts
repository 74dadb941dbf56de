/** How many features stand behind each legend entry, in the whole city or in one county. */
import type { LayerCategory } from '../../../geodata/catalogue/layer-definition.ts';
import type { CatalogueLayer } from '../../../geodata/contract/catalogue.ts';
import { type FeatureRow, useFeatureRows } from '../../api/feature-rows.ts';
import { useAppState } from '../../state/app-state.ts';
import { pastDayOf } from '../../state/past-day.ts';

/** Features per entry id; a value that no entry names is counted nowhere. Pure. */
export function countByEntry(
  rows: FeatureRow[],
  field: string,
  entries: LayerCategory[],
): Record<string, number> {
  const entryOfValue = new Map(entries.flatMap(({ id, values }) => values.map((value) => [value, id])));
  const counts: Record<string, number> = Object.fromEntries(entries.map(({ id }) => [id, 0]));
  for (const { properties } of rows) {
    const id = entryOfValue.get(String(properties[field]));
    if (id !== undefined) counts[id] = (counts[id] ?? 0) + 1;
  }
  return counts;
}

/** Counts of the city now at once; those of a county or a past day when their rows have come, until then null. */
export function useEntryCounts(layer: CatalogueLayer, county: string | null): Record<string, number> | null {
  const { id, style } = layer.definition;
  const asOf = useAppState((state) => pastDayOf(layer.definition, state.asOf));
  const isWholeNow = county === null && asOf === null;
  const { data } = useFeatureRows(id, { county, asOf, enabled: !isWholeNow });
  if (isWholeNow) return layer.categoryCounts;
  if (!data || !style.categories) return null;
  return countByEntry(data.rows, style.categories.field, style.categories.entries);
}
