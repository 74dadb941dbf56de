/**
 * The coordinate reference systems met in deliveries and conversion between them and
 * CGCS2000 degrees. Coordinates are [lng, lat] in degrees or [east, north] in metres, whatever axis
 * order EPSG gives the system. CGCS2000 and WGS 84 are taken as the same, as maps may.
 */
import type { Bilingual } from '../catalogue/layer-definition.ts';
import {
  cgcs2000Ellipsoid,
  type Ellipsoid,
  gaussKrugerForward,
  gaussKrugerInverseInPlace,
  iag1975Ellipsoid,
  krassowskyEllipsoid,
} from './gauss-kruger.ts';

export type Datum = 'cgcs2000' | 'wgs84' | 'xian80' | 'beijing54' | 'gcj02';

export type Crs = {
  /** EPSG code; null where the system has none (GCJ-02). */
  srid: number | null;
  name: Bilingual;
  datum: Datum;
  kind: 'geographic' | 'gauss-kruger-3' | 'gauss-kruger-6' | 'web-mercator';
  /** Degrees east; null where the system has none. */
  centralMeridian: number | null;
  /** Zone number that leads the easting; null where the easting has no prefix. */
  zone: number | null;
  /** Metres; 0 where the system has none. */
  falseEasting: number;
  /** Order of the axes by EPSG; files of GeoJSON and shapefile kind are east first all the same. */
  axisOrder: 'lat-lon' | 'north-east' | 'east-north';
};

const datumNames: Record<Datum, Bilingual> = {
  cgcs2000: { zh: '2000国家大地坐标系', en: 'CGCS2000' },
  wgs84: { zh: 'WGS 84', en: 'WGS 84' },
  xian80: { zh: '1980西安坐标系', en: 'Xian 1980' },
  beijing54: { zh: '1954北京坐标系', en: 'Beijing 1954' },
  gcj02: { zh: '火星坐标(GCJ-02)', en: 'GCJ-02' },
};

/** EPSG code of the first zone (25 or 13) with prefix, and of the first central meridian (75° E) without. */
const seriesByDatum: {
  datum: Datum;
  prefixed3: number;
  plain3: number;
  prefixed6: number;
  plain6?: number;
}[] = [
  { datum: 'cgcs2000', prefixed3: 4513, plain3: 4534, prefixed6: 4491, plain6: 4502 },
  { datum: 'xian80', prefixed3: 2349, plain3: 2370, prefixed6: 2327, plain6: 2338 },
  { datum: 'beijing54', prefixed3: 2401, plain3: 2422, prefixed6: 21413 },
];

/** Systems in degrees and on the sphere of web maps. */
const unprojected: Crs[] = [
  geographic(4490, 'cgcs2000'),
  geographic(4326, 'wgs84'),
  geographic(4610, 'xian80'),
  geographic(4214, 'beijing54'),
  {
    srid: 3857,
    name: { zh: 'Web 墨卡托', en: 'Web Mercator' },
    datum: 'wgs84',
    kind: 'web-mercator',
    centralMeridian: 0,
    zone: null,
    falseEasting: 0,
    axisOrder: 'east-north',
  },
];

function geographic(srid: number | null, datum: Datum): Crs {
  return {
    srid,
    name: { zh: `${datumNames[datum].zh}(经纬度)`, en: `${datumNames[datum].en} (degrees)` },
    datum,
    kind: 'geographic',
    centralMeridian: null,
    zone: null,
    falseEasting: 0,
    axisOrder: 'lat-lon',
  };
}

function gaussKruger(srid: number, datum: Datum, width: 3 | 6, zone: number, prefixed: boolean): Crs {
  const centralMeridian = width === 3 ? zone * 3 : zone * 6 - 3;
  const zoneName = prefixed
    ? { zh: `第${zone}带(带号前缀)`, en: `zone ${zone}, with zone prefix` }
    : { zh: '不加带号', en: 'without zone prefix' };
  return {
    srid,
    name: {
      zh: `${datumNames[datum].zh} 高斯-克吕格${width}度带 ${zoneName.zh} 中央经线${centralMeridian}°E`,
      en: `${datumNames[datum].en} ${width}° Gauss-Kruger ${zoneName.en}, central meridian ${centralMeridian}° E`,
    },
    datum,
    kind: width === 3 ? 'gauss-kruger-3' : 'gauss-kruger-6',
    centralMeridian,
    zone: prefixed ? zone : null,
    falseEasting: 500_000 + (prefixed ? zone * 1_000_000 : 0),
    axisOrder: 'north-east',
  };
}

/** Degrees shifted on purpose (AMap, DataV) by some 600 m here; nothing converts them. */
export const gcj02: Crs = geographic(null, 'gcj02');

/** Every system that is known by name; those of isSupported can be read. */
export const crsTable: readonly Crs[] = [
  ...unprojected,
  ...seriesByDatum.flatMap(({ datum, prefixed3, plain3, prefixed6, plain6 }) => [
    ...range(25, 45).flatMap((zone) => [
      gaussKruger(prefixed3 + zone - 25, datum, 3, zone, true),
      gaussKruger(plain3 + zone - 25, datum, 3, zone, false),
    ]),
    ...range(13, 23).flatMap((zone) => [
      gaussKruger(prefixed6 + zone - 13, datum, 6, zone, true),
      ...(plain6 === undefined ? [] : [gaussKruger(plain6 + zone - 13, datum, 6, zone, false)]),
    ]),
  ]),
];

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

const bySrid = new Map(crsTable.map((crs) => [crs.srid, crs]));

/** The system with this EPSG code, or undefined. */
export function findCrs(srid: number): Crs | undefined {
  return bySrid.get(srid);
}

/**
 * Xian 80 and Beijing 54 need parameters that are secret: without them everything lands about 100 m off. GCJ-02 is
 * shifted on purpose.
 */
export function isConvertible(crs: Crs): boolean {
  return crs.datum === 'cgcs2000' || crs.datum === 'wgs84';
}

/** Easting with zone prefix and northing in metres of [lng, lat] in the 3° zone (38: central meridian 114° E). */
export function toGaussKruger(
  lngLat: readonly [number, number],
  zone: number,
): [east: number, north: number] {
  const [east, north] = gaussKrugerForward(lngLat, zone * 3);
  return [zone * 1_000_000 + 500_000 + east, north];
}

/** Coordinate of [lng, lat] in the system: [lng, lat] again, or [east, north] in metres. */
export function fromLngLat(crs: Crs, lngLat: readonly [number, number]): [number, number] {
  assertConvertible(crs);
  if (crs.kind === 'geographic') return [lngLat[0], lngLat[1]];
  if (crs.kind === 'web-mercator') {
    return [
      (lngLat[0] * Math.PI * mercatorRadius) / 180,
      mercatorRadius * Math.asinh(Math.tan((lngLat[1] * Math.PI) / 180)),
    ];
  }
  const [east, north] = gaussKrugerForward(lngLat, crs.centralMeridian ?? 0);
  return [crs.falseEasting + east, north];
}

/**
 * [lng, lat] in degrees of a coordinate of the system ([lng, lat], or [east, north] in metres). Throws RangeError
 * where the system cannot be converted to CGCS2000.
 */
export function toLngLat(crs: Crs, coordinate: readonly [number, number]): [lng: number, lat: number] {
  assertConvertible(crs);
  return toOwnLngLat(crs, coordinate);
}

const ellipsoids: Readonly<Record<Datum, Ellipsoid>> = {
  cgcs2000: cgcs2000Ellipsoid,
  wgs84: cgcs2000Ellipsoid,
  xian80: iag1975Ellipsoid,
  beijing54: krassowskyEllipsoid,
  gcj02: cgcs2000Ellipsoid,
};

/**
 * As toLngLat, but in degrees of the system's own datum: the projection is undone on its own ellipsoid and nothing
 * is shifted. Of systems that cannot be converted this is off by as much as their datum is.
 */
export function toOwnLngLat(crs: Crs, coordinate: readonly [number, number]): [lng: number, lat: number] {
  const position = Float64Array.from(coordinate);
  toOwnLngLatInPlace(crs, position, 0);
  return [position[0] as number, position[1] as number];
}

/** As toOwnLngLat, of the position at `at` of the coordinates x, y, x, y …, which it replaces. */
export function toOwnLngLatInPlace(crs: Crs, coordinates: Float64Array, at: number): void {
  if (crs.kind === 'geographic') return;
  const [x, y] = [coordinates[at] as number, coordinates[at + 1] as number];
  if (crs.kind === 'web-mercator') {
    coordinates[at] = (x / mercatorRadius / Math.PI) * 180;
    coordinates[at + 1] = (Math.atan(Math.sinh(y / mercatorRadius)) / Math.PI) * 180;
    return;
  }
  coordinates[at] = x - crs.falseEasting;
  gaussKrugerInverseInPlace(coordinates, at, crs.centralMeridian ?? 0, ellipsoids[crs.datum]);
}

const mercatorRadius = 6_378_137;

function assertConvertible(crs: Crs): void {
  if (!isConvertible(crs)) throw new RangeError(`${crs.name.en} cannot be converted to CGCS2000`);
}
