import { describe, expect, it } from 'vitest';
import { findCrs, fromLngLat } from '../../../geodata/domain/crs.ts';
import { type Extent, guessCrs, identifyCrs } from '../../../geodata/domain/identify-crs.ts';

const ganzhou: Extent = [113.91, 24.48, 116.64, 27.15];

function esriProjection(name: string, datum: string, falseEasting: number, centralMeridian: number): string {
  return `PROJCS["${name}",GEOGCS["GCS",DATUM["${datum}",SPHEROID["S",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",${falseEasting}.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",${centralMeridian}.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]`;
}

/** A square of 0.1° in a system, by its extent there. */
function extentIn(srid: number, lng = 115, lat = 25.8): Extent {
  const crs = findCrs(srid);
  if (crs === undefined) throw new Error(`no EPSG:${srid}`);
  const low = fromLngLat(crs, [lng, lat]);
  const high = fromLngLat(crs, [lng + 0.1, lat + 0.1]);
  return [low[0], low[1], high[0], high[1]];
}

describe('identifyCrs', () => {
  it.each([
    ['EPSG:4526', 4526],
    ['4527', 4527],
    ['urn:ogc:def:crs:EPSG::4490', 4490],
    ['http://www.opengis.net/def/crs/EPSG/0/4547', 4547],
    ['urn:ogc:def:crs:OGC:1.3:CRS84', 4326],
  ])('reads the code %s', (text, srid) => {
    expect(identifyCrs(text)).toMatchObject({ kind: 'known', crs: { srid } });
  });

  it.each([
    ['zone 38 with prefix', 'CGCS2000_3_Degree_GK_Zone_38', 'D_China_2000', 38_500_000, 114, 4526],
    ['zone 38 without prefix', 'CGCS2000_3_Degree_GK_CM_114E', 'D_China_2000', 500_000, 114, 4547],
    ['6° zone 20', 'CGCS2000_GK_Zone_20', 'D_China_2000', 20_500_000, 117, 4498],
    ['Xian 80 zone 38', 'Xian_1980_3_Degree_GK_Zone_38', 'D_Xian_1980', 38_500_000, 114, 2362],
    ['Beijing 54 on 114° E', 'Beijing_1954_3_Degree_GK_CM_114E', 'D_Beijing_1954', 500_000, 114, 2435],
    [
      'the parameters of zone 39 under the name of zone 38',
      'CGCS2000_3_Degree_GK_Zone_38',
      'D_China_2000',
      39_500_000,
      117,
      4527,
    ],
  ])('reads ESRI WKT of %s', (_case, name, datum, falseEasting, centralMeridian, srid) => {
    expect(identifyCrs(esriProjection(name, datum, falseEasting, centralMeridian))).toMatchObject({
      kind: 'known',
      crs: { srid },
    });
  });

  it('reads geographic WKT 2', () => {
    const wkt =
      'GEOGCRS["China Geodetic Coordinate System 2000",DATUM["China 2000",ELLIPSOID["CGCS2000",6378137,298.257222101]],CS[ellipsoidal,2]]';
    expect(identifyCrs(wkt)).toMatchObject({ kind: 'known', crs: { srid: 4490 } });
  });

  it('does not take a projection with an unknown false easting for one it knows', () => {
    const wkt = esriProjection('local', 'D_China_2000', 123_456, 114);
    expect(identifyCrs(wkt)).toEqual({ kind: 'unknown', name: 'local' });
  });

  it('does not take a cone or an unnamed datum for a system it knows', () => {
    const lambert = esriProjection('x', 'D_China_2000', 500_000, 114).replace(
      'Gauss_Kruger',
      'Lambert_Conformal_Conic',
    );
    expect(identifyCrs(lambert).kind).toBe('unknown');
    expect(identifyCrs(esriProjection('x', 'D_Local', 500_000, 114)).kind).toBe('unknown');
  });

  it('knows the shifted system of Chinese web maps', () => {
    expect(identifyCrs('GCJ-02')).toEqual({ kind: 'gcj02' });
  });
});

describe('guessCrs', () => {
  it.each([
    ['degrees', 4490, 'degrees', 4490],
    ['zone 38 with prefix', 4526, 'three-degree-zone', 4526],
    ['zone 39 with prefix', 4527, 'three-degree-zone', 4527],
    ['6° zone 20', 4498, 'six-degree-zone', 4498],
    ['no prefix on 114° E', 4547, 'no-prefix', 4547],
  ])('ranks %s first', (_case, srid, shape, best) => {
    const guess = guessCrs(extentIn(srid), ganzhou);
    expect(guess.shape).toBe(shape);
    expect(guess.candidates[0]).toMatchObject({ crs: { srid: best }, insideHome: true });
  });

  it('offers every central meridian by which unprefixed coordinates fall into the region', () => {
    const inside = guessCrs(extentIn(4548, 116.2), ganzhou).candidates.filter(
      (candidate) => candidate.insideHome,
    );
    expect(inside.map((candidate) => candidate.crs.srid)).toContain(4548);
  });

  it('tells swapped axes, of degrees and of metres', () => {
    const swap = ([a, b, c, d]: Extent): Extent => [b, a, d, c];
    expect(guessCrs(swap(extentIn(4490)), ganzhou).shape).toBe('swapped-degrees');
    expect(guessCrs(swap(extentIn(4547)), ganzhou).shape).toBe('swapped-projected');
    expect(guessCrs(swap(extentIn(4526)), ganzhou).shape).toBe('swapped-projected');
  });

  it('gives no candidate for numbers that fit nothing', () => {
    expect(guessCrs([1e12, 0, 2e12, 1], ganzhou)).toEqual({ shape: 'unknown', candidates: [] });
    expect(guessCrs([Number.NaN, 0, 1, 1], ganzhou).shape).toBe('unknown');
  });
});
