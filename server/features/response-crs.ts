/**
 * The coordinate systems answers come in and boxes may be given in, with the axis order of their
 * authority: OGC:CRS84 is longitude first, EPSG geographic systems are latitude first, EPSG's
 * Gauss-Krüger systems for China are northing first, Web Mercator is easting first.
 */
import type { Region } from '../../geodata/reference/region-schema.ts';

export type ResponseCrs = {
  uri: string;
  srid: number;
  northFirst: boolean;
  unit: 'degree' | 'metre';
};

const epsg = (code: number): string => `http://www.opengis.net/def/crs/EPSG/0/${code}`;

export const crs84: ResponseCrs = {
  uri: 'http://www.opengis.net/def/crs/OGC/1.3/CRS84',
  // CGCS2000 and WGS84 are taken as the same for maps (DOMAIN.md, 4): nothing is transformed.
  srid: 4490,
  northFirst: false,
  unit: 'degree',
};

export const storageCrsUri = epsg(4490);

/** CRS84 first, then CGCS2000, Web Mercator and the 3° zones of the region. */
export function crsListOf(region: Region): ResponseCrs[] {
  const zones = region.homeZones.flatMap((zone) => [zone.prefixedSrid, zone.plainSrid]);
  return [
    crs84,
    { uri: storageCrsUri, srid: 4490, northFirst: true, unit: 'degree' },
    { uri: epsg(3857), srid: 3857, northFirst: false, unit: 'metre' },
    ...zones.map((srid): ResponseCrs => ({ uri: epsg(srid), srid, northFirst: true, unit: 'metre' })),
  ];
}
