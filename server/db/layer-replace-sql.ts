/** Layer definition → the statements of a replacing import: what stands there, away with it, which new shapes are invalid. */
import type { LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import { quoteIdentifier, tableOf } from './layer-sql.ts';

/** Deletes every feature of the layer. Result: none; the row count comes from `returning`. */
export function deleteFeaturesSql(layer: LayerDefinition): string {
  const sql = `with gone as (delete from ${tableOf(layer)} returning 1) select count(*)::integer as count from gone`;
  return sql;
}

/** Features of dataset $1 whose shape is not valid. Result: code, reason (GEOS words), lng and lat of the fault or null. */
export function invalidFeaturesSql(layer: LayerDefinition): string {
  const code = quoteIdentifier(layer.table.code);
  const geometry = quoteIdentifier(layer.table.geometry);
  return `select checked.code, (checked.detail).reason,
    ST_X((checked.detail).location) as lng, ST_Y((checked.detail).location) as lat
  from (
    select ${code} as code, ST_IsValidDetail(${geometry}) as detail
    from ${tableOf(layer)} where dataset_id = $1::bigint
  ) as checked
  where not (checked.detail).valid
  order by checked.code`;
}
