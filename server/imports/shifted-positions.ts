/** Whether staged features lie apart from those that stand under the same code, as undeclared GCJ-02 coordinates would. */
import type { Bilingual, LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import type { Queryable } from '../db/database.ts';
import { shiftFromStandingSql } from '../db/staged-shift-sql.ts';

/** Offset of GCJ-02 in this part of the country, metres east and north, and how far from it the median may lie. */
const gcj02 = { east: 490, north: -345, within: 60 } as const;
/** Fewer features of a known code tell nothing. */
const leastPairs = 3;

/** One warning, or none where too few codes stand already or they lie where they lay. */
export async function shiftedPositions(
  client: Queryable,
  layer: LayerDefinition,
  table: string,
): Promise<Bilingual[]> {
  const [shift] = await client.query<{ pairs: number; east_m: number | null; north_m: number | null }>(
    shiftFromStandingSql(layer, table),
    [],
    { class: 'bulk' },
  );
  if (shift === undefined || shift.pairs < leastPairs || shift.east_m === null || shift.north_m === null)
    return [];
  const { pairs, east_m: east, north_m: north } = shift;
  if (Math.hypot(east - gcj02.east, north - gcj02.north) > gcj02.within) return [];
  const [e, n] = [Math.round(east), Math.round(-north)];
  return [
    {
      zh: `疑似火星坐标(GCJ-02):与图层中同编号的 ${pairs} 个要素相比,位置普遍偏东 ${e} 米、偏南 ${n} 米。请核对来源,不要导入互联网地图的坐标。`,
      en: `These look like GCJ-02 coordinates: beside ${pairs} features of the same code in the layer, positions lie ${e} m east and ${n} m south. Check the source; do not import coordinates of internet maps.`,
    },
  ];
}
