/**
 * The coordinate systems answers come in and boxes may be given in, with the axis order of their
 * authority: OGC:CRS84 is longitude first, EPSG geographic systems are latitude first, EPSG's
 * Gauss-Krüger systems for China are northing first, Web Mercator is easting first.
 */
import type { BboxCrs } from '../../geodata/domain/bbox.ts';
import { mercatorHalfMeters } from '../../geodata/domain/tile.ts';
import type { Region } from '../../geodata/reference/region-schema.ts';

export type ResponseCrs = BboxCrs & { uri: string; srid: number };

const epsg = (code: number): string => `http://www.opengis.net/def/crs/EPSG/0/${code}`;

export const crs84: ResponseCrs = {
  uri: 'http://www.opengis.net/def/crs/OGC/1.3/CRS84',
  // CGCS2000 and WGS84 are taken as the same for maps: nothing is transformed.
  srid: 4490,
  northFirst: false,
  unit: 'degree',
  bounds: [-180, -90, 180, 90],
};

export const storageCrsUri = epsg(4490);

/** CRS84 first, then CGCS2000, Web Mercator and the 3° zones of the region. */
export function crsListOf(region: Region): ResponseCrs[] {
  const half = mercatorHalfMeters;
  return [
    crs84,
    { ...crs84, uri: storageCrsUri, northFirst: true },
    { uri: epsg(3857), srid: 3857, northFirst: false, unit: 'metre', bounds: [-half, -half, half, half] },
    ...region.homeZones.flatMap(({ zone, prefixedSrid, plainSrid }) => [
      zoneCrs(prefixedSrid, zone * 1_000_000 + 500_000),
      zoneCrs(plainSrid, 500_000),
    ]),
  ];
}

/** Northern hemisphere within 1500 km of the central meridian: far beyond a zone, well before its formulas fail. */
function zoneCrs(srid: number, falseEasting: number): ResponseCrs {
  const bounds = [falseEasting - 1_500_000, 0, falseEasting + 1_500_000, 10_000_000] as const;
  return { uri: epsg(srid), srid, northFirst: true, unit: 'metre', bounds };
}
