/**
 * Which coordinate reference system a file is in: told by its .prj, its GDAL description or the user,
 * and guessed, ranked, from the coordinates where nothing tells. Nothing is ever guessed
 * in silence: the guesses are candidates to choose from.
 */
import { type Crs, crsTable, type Datum, findCrs, isConvertible, toOwnLngLat } from './crs.ts';

export type Extent = readonly [minX: number, minY: number, maxX: number, maxY: number];

export type CrsIdentity =
  | { kind: 'known'; crs: Crs }
  /** Shifted on purpose (AMap, DataV); nothing converts it. */
  | { kind: 'gcj02' }
  | { kind: 'unknown'; name: string };

/**
 * The system named by an EPSG code (`EPSG:4526`, `4526`, an OGC urn), `CRS84`, `GCJ-02`, or WKT 1, ESRI
 * WKT or WKT 2. Projected WKT is judged by its parameters, not by its name, which files often carry wrongly.
 */
export function identifyCrs(text: string): CrsIdentity {
  const trimmed = text.trim();
  if (/gcj[-_ ]?0?2|mars.?(coordinate|crs)|火星坐标/i.test(trimmed)) return { kind: 'gcj02' };
  if (/^[A-Z_0-9]+\s*\[/i.test(trimmed)) return identifyWkt(trimmed);
  if (/CRS:?84\b/i.test(trimmed)) return known(findCrs(4326), trimmed);
  const code = /^(?:EPSG:+|.*\bEPSG:[\d.]*:|https?:.*\/EPSG\/[\d.]+\/)?(\d{4,5})$/i.exec(trimmed)?.[1];
  return known(code === undefined ? undefined : findCrs(Number(code)), trimmed);
}

function known(crs: Crs | undefined, name: string): CrsIdentity {
  return crs === undefined ? { kind: 'unknown', name } : { kind: 'known', crs };
}

const datumPatterns: [Datum, RegExp][] = [
  ['cgcs2000', /CGCS_?2000|China_?\s?2000|China[_ ]Geodetic[_ ]Coordinate[_ ]System[_ ]2000|2000国家大地/i],
  ['xian80', /Xian[_ ]?(19)?80|西安80|1980西安/i],
  ['beijing54', /Beijing[_ ]?(19)?54|北京54|1954北京/i],
  ['wgs84', /WGS[_ ]?(19)?84|World Geodetic System 1984/i],
];

function identifyWkt(wkt: string): CrsIdentity {
  const name = /\[\s*"([^"]*)"/.exec(wkt)?.[1] ?? wkt.slice(0, 40);
  const datum = datumOfWkt(wkt);
  if (datum === undefined) return { kind: 'unknown', name };
  if (!/^PROJ(CS|CRS|ECTEDCRS)/i.test(wkt)) {
    const isGeographic = /^GEO(GCS|GCRS|DCRS|GRAPHICCRS|DETICCRS)/i.test(wkt);
    return known(isGeographic ? geographicOf(datum) : undefined, name);
  }
  if (/Mercator_Auxiliary_Sphere|Popular Visualisation|Pseudo[- ]?Mercator/i.test(wkt)) {
    return known(findCrs(3857), name);
  }
  if (!/Gauss[_ ]?Kruger|Transverse[_ ]Mercator/i.test(wkt)) return { kind: 'unknown', name };
  const centralMeridian = parameter(wkt, /central_meridian|longitude of natural origin/i);
  const falseEasting = parameter(wkt, /false_easting|false easting/i);
  const falseNorthing = parameter(wkt, /false_northing|false northing/i) ?? 0;
  const scale = parameter(wkt, /scale_factor|scale factor at natural origin/i) ?? 1;
  if (scale !== 1 || falseNorthing !== 0) return { kind: 'unknown', name };
  return known(
    crsTable.find(
      (crs) =>
        crs.datum === datum && crs.centralMeridian === centralMeridian && crs.falseEasting === falseEasting,
    ),
    name,
  );
}

/** By the datum's name; else by the ellipsoid, which of the four only CGCS2000 defines with these figures. */
function datumOfWkt(wkt: string): Datum | undefined {
  const datumName = /(?:DATUM|ENSEMBLE|TRF)\s*\[\s*"([^"]*)"/i.exec(wkt)?.[1] ?? '';
  const byDatum = datumPatterns.find(([, pattern]) => pattern.test(datumName))?.[0];
  if (byDatum !== undefined) return byDatum;
  const ellipsoid = /(?:SPHEROID|ELLIPSOID)\s*\[\s*"([^"]*)"/i.exec(wkt)?.[1] ?? '';
  return /CGCS_?2000/i.test(ellipsoid) ? 'cgcs2000' : undefined;
}

function geographicOf(datum: Datum): Crs | undefined {
  return crsTable.find((crs) => crs.kind === 'geographic' && crs.datum === datum);
}

function parameter(wkt: string, name: RegExp): number | undefined {
  for (const match of wkt.matchAll(/PARAMETER\s*\[\s*"([^"]*)"\s*,\s*([-+0-9.eE]+)/gi)) {
    if (name.test(match[1] ?? '')) return Number(match[2]);
  }
  return undefined;
}

/** What the numbers themselves say. */
export type CoordinateShape =
  | 'degrees'
  | 'swapped-degrees'
  | 'three-degree-zone'
  | 'six-degree-zone'
  | 'no-prefix'
  | 'swapped-projected'
  | 'unknown';

export type CrsGuess = {
  shape: CoordinateShape;
  /** Best first: systems by which the file falls inside the home extent, then the others. */
  candidates: { crs: Crs; insideHome: boolean }[];
};

/** Guesses from the extent of the raw coordinates, x first; `homeExtent` in degrees ranks them. */
export function guessCrs(extent: Extent, homeExtent: Extent): CrsGuess {
  const shape = shapeOf(extent, homeExtent);
  const candidates = systemsOfShape(shape, extent)
    .map((crs) => ({ crs, insideHome: touches(extentInDegrees(crs, extent), homeExtent) }))
    .sort((a, b) => Number(b.insideHome) - Number(a.insideHome) || (a.crs.srid ?? 0) - (b.crs.srid ?? 0));
  return { shape, candidates: shape === 'no-prefix' ? candidates.slice(0, 6) : candidates };
}

const millions = 1_000_000;

function shapeOf([minX, minY, maxX, maxY]: Extent, home: Extent): CoordinateShape {
  if (![minX, minY, maxX, maxY].every(Number.isFinite)) return 'unknown';
  const absX = Math.max(Math.abs(minX), Math.abs(maxX));
  const absY = Math.max(Math.abs(minY), Math.abs(maxY));
  if (absX <= 180 && absY <= 180) {
    const swapped: Extent = [minY, minX, maxY, maxX];
    const isSwapped = touches(swapped, home) && !touches([minX, minY, maxX, maxY], home);
    if (isSwapped || absY > 90) return 'swapped-degrees';
    return 'degrees';
  }
  const isNorthing = (low: number, high: number) => low >= 0.3 * millions && high <= 6 * millions;
  if (isNorthing(minY, maxY)) {
    if (minX >= 25 * millions && maxX < 46 * millions) return 'three-degree-zone';
    if (minX >= 13 * millions && maxX < 24 * millions) return 'six-degree-zone';
  }
  // Without a prefix the easting stays below 1 000 km, which in China is always less than the northing.
  if (minX >= 0 && maxX < millions && minY >= millions && maxY <= 6 * millions) return 'no-prefix';
  if (minX >= millions && maxX <= 6 * millions && minY >= 0 && (maxY < millions || minY >= 13 * millions)) {
    return 'swapped-projected';
  }
  return 'unknown';
}

function systemsOfShape(shape: CoordinateShape, extent: Extent): Crs[] {
  const zoneOf = (x: number) => Math.floor(x / millions);
  return crsTable.filter((crs) => {
    if (!isConvertible(crs)) return false;
    switch (shape) {
      case 'degrees':
        return crs.srid === 4490;
      case 'three-degree-zone':
      case 'six-degree-zone':
        return crs.zone === zoneOf((extent[0] + extent[2]) / 2);
      case 'no-prefix':
        return crs.kind === 'gauss-kruger-3' && crs.zone === null;
      default:
        return false;
    }
  });
}

/** Extent in degrees of the system's own datum of an extent in the system: of its corners and middle, enough to tell regions apart. */
export function extentInDegrees(crs: Crs, [minX, minY, maxX, maxY]: Extent): Extent {
  const middleX = (minX + maxX) / 2;
  const points = [minX, middleX, maxX].flatMap((x) => [minY, maxY].map((y) => toOwnLngLat(crs, [x, y])));
  const lngs = points.map(([lng]) => lng);
  const lats = points.map(([, lat]) => lat);
  return [Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)];
}

/** Whether two extents share at least a point. */
export function touches(a: Extent, b: Extent): boolean {
  return a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1];
}
