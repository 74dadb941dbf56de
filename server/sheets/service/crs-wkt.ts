/** A CRS in WKT, for a .prj beside a picture. */
import { findCrs } from '../../../geodata/domain/crs.ts';
import type { Queryable } from '../../db/database.ts';
import { namedSql } from '../../db/named-sql.ts';
import { esriWkt } from '../../exports/esri-wkt.ts';

/** In ESRI's dialect where that is known, else as the database has it; '' for a CRS it does not know. */
export async function crsWkt(client: Queryable, srid: number): Promise<string> {
  const known = findCrs(srid);
  if (known?.datum === 'cgcs2000' || known?.datum === 'wgs84') return esriWkt(known);
  const [row] = await client.query<{ srtext: string }>(namedSql('sheets/describe-crs'), [srid], {
    class: 'lookup',
  });
  return row?.srtext ?? '';
}
