/** The coordinate reference system of a sheet: the asked one as far as the database knows it, or the zone of the centre. */
import { findCrs } from '../../../geodata/domain/crs.ts';
import type { Queryable } from '../../db/database.ts';
import { namedSql } from '../../db/named-sql.ts';
import { UnprocessableError } from '../../errors.ts';
import type { SheetCrs } from '../sheet-content.ts';

/** EPSG codes of the 3° zones of CGCS2000 without prefix: 4534 (75° E, zone 25) to 4554 (135° E, zone 45). */
const firstZone = 25;
const lastZone = 45;
const firstZoneSrid = 4534;

/** SRID of the 3° zone of CGCS2000 without prefix whose central meridian is nearest. */
export function zoneSridAt(lng: number): number {
  const zone = Math.min(Math.max(Math.round(lng / 3), firstZone), lastZone);
  return firstZoneSrid + zone - firstZone;
}

/**
 * What is known of the system with this EPSG code. Throws UnprocessableError about `srid` where the database does not know it, or
 * where it is no system of a plane or of degrees.
 */
export async function describeCrs(client: Queryable, srid: number): Promise<SheetCrs> {
  const [row] = await client.query<{ srtext: string }>(namedSql('sheets/describe-crs'), [srid], {
    class: 'lookup',
    isRepeated: true,
    readsOnly: true,
  });
  const kind = /^(PROJCS|GEOGCS)\["([^"]+)"/.exec(row?.srtext ?? '');
  if (row === undefined || kind === null) throw unusableCrs(srid);
  const [, word, title = ''] = kind;
  const known = findCrs(srid);
  if (known !== undefined) {
    const { name, centralMeridian, kind: knownKind } = known;
    const zone = knownKind === 'gauss-kruger-3' && centralMeridian !== null ? centralMeridian / 3 : null;
    return { srid, name, centralMeridian, kind: knownKind, zone };
  }
  const meridian = /PARAMETER\["(?:central_meridian|longitude_of_center)",\s*(-?[\d.]+)/.exec(
    row.srtext,
  )?.[1];
  return {
    srid,
    name: { zh: title, en: title },
    centralMeridian: word === 'PROJCS' && meridian !== undefined ? Number(meridian) : null,
    kind: word === 'GEOGCS' ? 'geographic' : 'other',
    zone: null,
  };
}

/** For a code nothing can be drawn in, or that cannot be used where the sheet lies. */
export function unusableCrs(srid: number, cause?: unknown): UnprocessableError {
  return new UnprocessableError(
    {
      zh: `坐标系 EPSG:${srid} 不能用于此图:数据库不认识它,或它不适用于图幅所在的位置。通常用三度带,如 4547(中央经线114°E)、4548(117°E)。`,
      en: `EPSG:${srid} cannot be used for this sheet: the database does not know it, or it does not reach where the sheet lies. Usual are the 3° zones, such as 4547 (central meridian 114° E) and 4548 (117° E).`,
    },
    { field: 'srid', cause },
  );
}
