/** The small map that shows where the frame lies among the counties. */
import type { Queryable } from '../../db/database.ts';
import { namedSql } from '../../db/named-sql.ts';
import type { InsetContent, SheetPlan } from '../sheet-content.ts';

/** Side of the square the inset is told in. */
const insetUnits = 10_000;

type InsetRow = { adcode: string; min_x: number; max_y: number; unit: number; shape: Buffer | null };

/** In the CRS of the sheet, so that the frame is a rectangle; null without counties. */
export async function readInset(
  client: Queryable,
  { map }: Pick<SheetPlan, 'map'>,
): Promise<InsetContent | null> {
  const rows = await client.query<InsetRow>(namedSql('sheets/inset-counties'), [map.srid, insetUnits], {
    class: 'read',
    isRepeated: true,
    readsOnly: true,
  });
  const [first] = rows;
  if (first === undefined) return null;
  const toX = (x: number): number => Math.round((x - first.min_x) / first.unit);
  const toY = (y: number): number => Math.round((first.max_y - y) / first.unit);
  const [left, right] = [toX(map.minX), toX(map.minX + map.frame.width * map.metersPerMm)];
  const [top, bottom] = [toY(map.maxY), toY(map.maxY - map.frame.height * map.metersPerMm)];
  return {
    counties: rows.flatMap(({ adcode, shape }) =>
      shape === null ? [] : [{ adcode, shape: new Uint8Array(shape) }],
    ),
    frame: [left, top, right, top, right, bottom, left, bottom, left, top],
  };
}
