/** Statement that sums up layers: counts, counts by category value, extent, period. */
import { columnOf, type LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import { columnRef, quoteLiteral, revisionSql, type Statement, tableOf } from './layer-sql.ts';

export type LayerSummaryRow = {
  layer_id: string;
  revision: string;
  feature_count: number;
  /** CGCS2000 degrees; null without any geometry. */
  min_lng: number | null;
  min_lat: number | null;
  max_lng: number | null;
  max_lat: number | null;
  /** First and last day of the temporal field. */
  first_day: string | null;
  last_day: string | null;
  /** Features by value of the category field; '{}' without categories. */
  value_counts: Record<string, number>;
};

/** One row a layer, all read in one snapshot. */
export function layerSummaryStatement(layers: readonly LayerDefinition[]): Statement {
  return { text: layers.map(summarySql).join('\nunion all\n'), params: [] };
}

function summarySql(layer: LayerDefinition): string {
  const field = (name: string | undefined | null): string | undefined => {
    const found = layer.fields.find((candidate) => candidate.name === name);
    return found === undefined ? undefined : columnRef(columnOf(found));
  };
  const temporal = field(layer.temporalField);
  const category = field(layer.style.categories?.field);
  const values =
    category === undefined
      ? `'{}'::jsonb`
      : `(select coalesce(jsonb_object_agg(c.value, c.n), '{}'::jsonb) from (
      select ${category}::text as value, count(*)::integer as n
      from ${tableOf(layer)} as f
      where ${category} is not null
      group by 1) as c)`;
  return `select ${quoteLiteral(layer.id)} as layer_id,
  ${revisionSql(layer)} as revision,
  s.feature_count,
  ST_XMin(s.box) as min_lng, ST_YMin(s.box) as min_lat, ST_XMax(s.box) as max_lng, ST_YMax(s.box) as max_lat,
  s.first_day, s.last_day,
  ${values} as value_counts
from (
  select count(*)::integer as feature_count,
    ST_Extent(${columnRef(layer.table.geometry)}) as box,
    ${temporal === undefined ? 'null' : `min(${temporal})`}::text as first_day,
    ${temporal === undefined ? 'null' : `max(${temporal})`}::text as last_day
  from ${tableOf(layer)} as f) as s`;
}
