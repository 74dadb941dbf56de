/** WKT of a CRS in ESRI's dialect, as .prj files have it and every program reads it. */
import type { Crs } from '../../geodata/domain/crs.ts';

const cgcs2000 =
  'GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]';
const wgs84 =
  'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]';
const metre = 'UNIT["Meter",1.0]';

/** Throws RangeError for a datum nothing is converted to. */
export function esriWkt(crs: Crs): string {
  const base = { cgcs2000, wgs84, xian80: null, beijing54: null, gcj02: null }[crs.datum];
  if (base === null) throw new RangeError(`${crs.name.en} is never written`);
  switch (crs.kind) {
    case 'geographic':
      return base;
    case 'web-mercator':
      return `PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere",${base},PROJECTION["Mercator_Auxiliary_Sphere"],${parameters(
        [
          ['False_Easting', 0],
          ['False_Northing', 0],
          ['Central_Meridian', 0],
          ['Standard_Parallel_1', 0],
          ['Auxiliary_Sphere_Type', 0],
        ],
      )},${metre}]`;
    case 'gauss-kruger-3':
    case 'gauss-kruger-6':
      return `PROJCS["${nameOf(crs)}",${base},PROJECTION["Gauss_Kruger"],${parameters([
        ['False_Easting', crs.falseEasting],
        ['False_Northing', 0],
        ['Central_Meridian', crs.centralMeridian ?? 0],
        ['Scale_Factor', 1],
        ['Latitude_Of_Origin', 0],
      ])},${metre}]`;
  }
}

function nameOf({ kind, zone, centralMeridian }: Crs): string {
  const width = kind === 'gauss-kruger-3' ? '3_Degree_' : '';
  return `CGCS2000_${width}GK_${zone === null ? `CM_${centralMeridian}E` : `Zone_${zone}`}`;
}

function parameters(list: [name: string, value: number][]): string {
  return list.map(([name, value]) => `PARAMETER["${name}",${value.toFixed(1)}]`).join(',');
}
