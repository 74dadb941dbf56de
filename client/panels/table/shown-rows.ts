/** The rows the table lists: those of the layer that county, legend and 超计划年度 leave. */
import { useMemo } from 'react';
import type { CatalogueLayer } from '../../../geodata/contract/catalogue.ts';
import { useFeatureRows } from '../../api/feature-rows.ts';
import { isReadable } from '../../api/readable-layer.ts';
import { useAppState } from '../../state/app-state.ts';
import { COUNTY_FIELD } from '../feature/feature-fields.ts';
import { MINE_LAYER } from '../mine-layer.ts';
import { useMineProgress } from '../mine-progress.ts';
import { isOverdue, rowsWithValues } from '../mine-rows.ts';

/** Nothing is asked for while the table is closed. */
export function useShownRows(layer: CatalogueLayer, open: boolean) {
  const { definition } = layer;
  const county = useAppState((state) => state.county);
  const picked = useAppState((state) => state.filter[definition.id]);
  const overdueOnly = useAppState((state) => state.tableView.overdueOnly) && definition.id === MINE_LAYER;
  const asOf = useMineProgress().data?.asOf;
  const hasCounty = definition.fields.some(({ name, filter }) => name === COUNTY_FIELD && filter);
  const query = useFeatureRows(definition.id, {
    county: hasCounty ? county : null,
    enabled: open && isReadable(layer),
  });
  const rows = useMemo(() => {
    if (query.data === undefined) return [];
    const { categories } = definition.style;
    const values = new Set(
      categories?.entries.filter(({ id }) => picked?.includes(id)).flatMap((entry) => entry.values),
    );
    const left =
      picked && categories ? rowsWithValues(query.data.rows, categories.field, values) : query.data.rows;
    return overdueOnly && asOf !== undefined ? left.filter((row) => isOverdue(row, asOf)) : left;
  }, [query.data, definition, picked, overdueOnly, asOf]);
  const filtered = picked !== undefined || overdueOnly || (hasCounty && county !== null);
  return { ...query, rows, filtered, overdueOnly };
}
