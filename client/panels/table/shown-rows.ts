/** The rows the table lists: those of the layer that county, legend and the figure whose sites are listed leave. */
import { useMemo } from 'react';
import type { CatalogueLayer } from '../../../geodata/contract/catalogue.ts';
import { useFeatureRows } from '../../api/feature-rows.ts';
import { useFigureSites } from '../../api/progress.ts';
import { isReadable } from '../../api/readable-layer.ts';
import { useAppState } from '../../state/app-state.ts';
import { pastDayOf } from '../../state/past-day.ts';
import { COUNTY_FIELD } from '../feature/feature-fields.ts';
import { MINE_LAYER } from '../mine-layer.ts';
import { rowsWithValues } from '../mine-rows.ts';

/** Nothing is asked for while the table is closed. */
export function useShownRows(layer: CatalogueLayer, open: boolean) {
  const { definition } = layer;
  const county = useAppState((state) => state.county);
  const picked = useAppState((state) => state.filter[definition.id]);
  const listed = useAppState((state) => state.tableView.figure);
  const figure = definition.id === MINE_LAYER && isReadable(layer) ? listed : null;
  const day = useAppState((state) => state.asOf);
  const asOf = pastDayOf(definition, day);
  const counted = useFigureSites(open ? figure : null, asOf);
  const hasCounty = definition.fields.some(({ name, filter }) => name === COUNTY_FIELD && filter);
  const query = useFeatureRows(definition.id, {
    // A figure counts the sites of units, some of which lie in another county than their unit.
    county: hasCounty && figure === null ? county : null,
    asOf,
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
    if (figure === null) return left;
    const codes = new Set(counted.data?.sites.map(({ code }) => code));
    return left.filter(({ code }) => codes.has(code));
  }, [query.data, definition, picked, figure, counted.data]);
  const filtered = picked !== undefined || figure !== null || (hasCounty && county !== null);
  const isCounting = figure !== null && counted.isLoading;
  return {
    ...query,
    data: figure === null || counted.data ? query.data : undefined,
    error: query.error ?? (figure === null ? null : counted.error),
    isLoading: query.isLoading || isCounting,
    refetch: async () => {
      await Promise.all([query.refetch(), ...(figure === null ? [] : [counted.refetch()])]);
    },
    rows,
    filtered,
    figure,
  };
}
