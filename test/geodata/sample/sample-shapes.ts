/** The sample of a region as the tests look at it. */

import geodesic from 'geographiclib-geodesic';
import type { MultiPolygon, Position } from 'geojson';
import type { FeatureInput } from '../../../geodata/domain/feature-input.ts';
import type { SampleData } from '../../../geodata/sample/sample-data.ts';
import type { Named } from './planar-checks.ts';

export function polygonsOf(features: readonly FeatureInput[]): Named[] {
  return features.map(({ code, geometry }) => {
    if (geometry?.type !== 'MultiPolygon') throw new Error(`${code} is no MultiPolygon`);
    return { code, geometry };
  });
}

export function countyShape(sample: SampleData, adcode: unknown): Named {
  const county = polygonsOf(sample.layers.counties).find(({ code }) => code === adcode);
  if (county === undefined) throw new Error(`no county ${String(adcode)}`);
  return county;
}

const cgcs2000 = new geodesic.Geodesic.Geodesic(6378137, 1 / 298.257222101);

/** Square metres; holes run clockwise and so count against. */
export function areaOf(shape: MultiPolygon): number {
  return shape.coordinates.flat().reduce((sum, ring) => {
    const polygon = cgcs2000.Polygon(false);
    for (const [lng = 0, lat = 0] of ring.slice(0, -1)) polygon.AddPoint(lat, lng);
    return sum + (polygon.Compute(false, true).area ?? 0);
  }, 0);
}

export function metersBetween([lng1 = 0, lat1 = 0]: Position, [lng2 = 0, lat2 = 0]: Position): number {
  return cgcs2000.Inverse(lat1, lng1, lat2, lng2).s12 ?? 0;
}
