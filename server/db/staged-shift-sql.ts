/** How far staged features lie from the standing ones of the same code. */
import type { LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import { quoteIdentifier, tableOf } from './layer-sql.ts';
import { stagedTable } from './layer-stage-sql.ts';

/** As many as tell a common offset; reading every shape twice would take as long as judging them. */
const comparedPairs = 500;

/**
 * Result: one row: pairs (features of a known code, the first of them by row), east_m and north_m (median of the offsets
 * between the middles of their extents, in metres; a degree taken as 111 320 m, which is enough to recognise an offset of
 * hundreds).
 */
export function shiftFromStandingSql(layer: LayerDefinition, staged: string): string {
  const code = quoteIdentifier(layer.table.code);
  const geometry = quoteIdentifier(layer.table.geometry);
  const middle = (alias: string, axis: 'X' | 'Y'): string =>
    `(ST_${axis}Min(${alias}.${geometry}) + ST_${axis}Max(${alias}.${geometry})) / 2`;
  return `select count(*)::integer as pairs,
  percentile_cont(0.5) within group (order by (p.lng_new - p.lng_old) * 111320 * cos(radians(p.lat_old))) as east_m,
  percentile_cont(0.5) within group (order by (p.lat_new - p.lat_old) * 111320) as north_m
from (
  select ${middle('s', 'X')} as lng_new, ${middle('s', 'Y')} as lat_new, ${middle('t', 'X')} as lng_old, ${middle('t', 'Y')} as lat_old
  from ${stagedTable(staged)} as s join ${tableOf(layer)} as t on t.${code} = s.${code}
  where s.${geometry} is not null and t.${geometry} is not null
  order by s."row" limit ${comparedPairs}
) as p`;
}
