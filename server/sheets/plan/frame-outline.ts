/** Where the frame of a map lies on the globe. */
import type { Queryable } from '../../db/database.ts';
import { namedSql } from '../../db/named-sql.ts';
import { GeometryError } from '../../errors.ts';
import type { PageMap } from '../page.ts';
import { unusableCrs } from './choose-crs.ts';

/** How far a point of the frame may come back from degrees beside itself, on paper. */
const mostOffMm = 0.05;

type OutlineRow = { lng: number[]; lat: number[]; off: number };

/**
 * Points on the sides of the frame, widened by `marginMm`, as [lng, lat] in degrees (EPSG:4490): closed, clockwise from the upper
 * left corner, `parts` to a side. Throws UnprocessableError where the frame reaches beyond what its CRS can show.
 */
export async function frameOutline(
  client: Queryable,
  { frame, srid, minX, maxY, metersPerMm }: PageMap,
  { marginMm = 0, parts = 16 }: { marginMm?: number; parts?: number } = {},
): Promise<[lng: number, lat: number][]> {
  const margin = marginMm * metersPerMm;
  const [maxX, minY] = [minX + frame.width * metersPerMm, maxY - frame.height * metersPerMm];
  const params = [srid, minX - margin, minY - margin, maxX + margin, maxY + margin, parts];
  const row = await outline(client, params, srid);
  const { lng, lat, off } = row;
  const isThere = [...lng, ...lat, off].every((each) => typeof each === 'number' && Number.isFinite(each));
  const isOnGlobe =
    isThere && lng.every((each) => Math.abs(each) <= 180) && lat.every((each) => Math.abs(each) <= 90);
  if (!isOnGlobe || off > mostOffMm * metersPerMm) throw unusableCrs(srid);
  return lng.map((each, index) => [each, lat[index] ?? 0]);
}

async function outline(client: Queryable, params: unknown[], srid: number): Promise<OutlineRow> {
  try {
    const [row] = await client.query<OutlineRow>(namedSql('sheets/outline-frame'), params, {
      class: 'read',
      isRepeated: true,
      readsOnly: true,
    });
    if (row === undefined) throw new Error('the outline of the frame gave no row');
    return row;
  } catch (error) {
    if (error instanceof GeometryError) throw unusableCrs(srid, error);
    throw error;
  }
}
