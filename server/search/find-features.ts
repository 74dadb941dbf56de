/** Features by name, code or the beginning of their name's pinyin. */
import type { LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import type { SearchResponse } from '../../geodata/contract/search.ts';
import type { Database } from '../db/database.ts';
import { type SearchRow, searchStatement } from '../db/layer-search-sql.ts';

/** At most `limit` hits in these layers, the best first; without layers none. */
export async function findFeatures(
  database: Database,
  layers: readonly LayerDefinition[],
  query: string,
  limit: number,
): Promise<SearchResponse> {
  if (layers.length === 0) return { query, truncated: false, hits: [] };
  const { text, params } = searchStatement(layers, query, limit + 1);
  const rows = await database.query<SearchRow>(text, params, { class: 'lookup', readsOnly: true });
  return { query, truncated: rows.length > limit, hits: rows.slice(0, limit).map(toHit) };
}

function toHit(row: SearchRow): SearchResponse['hits'][number] {
  const { min_lng, min_lat, max_lng, max_lat } = row;
  const placed = min_lng !== null && min_lat !== null && max_lng !== null && max_lat !== null;
  return {
    layerId: row.layer_id,
    code: row.code,
    title: row.title === null || row.title === '' ? row.code : row.title,
    countyAdcode: row.county_adcode,
    extent: placed ? [min_lng, min_lat, max_lng, max_lat] : null,
  };
}
