import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  crsTable,
  findCrs,
  fromLngLat,
  gcj02,
  isConvertible,
  toGaussKruger,
  toLngLat,
  toOwnLngLat,
} from '../../../geodata/domain/crs.ts';
import fixture from '../../fixtures/crs-vectors.json' with { type: 'json' };

/** The vectors are rounded to whole millimetres. */
const roundingMeters = 0.001;

function crs(srid: number) {
  const found = findCrs(srid);
  if (found === undefined) throw new Error(`no EPSG:${srid}`);
  return found;
}

const vectors = fixture.vectors.flatMap(({ lng, lat, expect: expected }) =>
  Object.entries(expected).map(([srid, [east, north]]) => ({
    srid: Number(srid),
    lngLat: [lng, lat] as [number, number],
    projected: [east, north] as [number, number],
  })),
);

describe('conversion between degrees and projected coordinates', () => {
  it.each(vectors)('agrees with PROJ at $lngLat in EPSG:$srid, both ways', ({ srid, lngLat, projected }) => {
    const [east, north] = fromLngLat(crs(srid), lngLat);
    expect(Math.hypot(east - projected[0], north - projected[1])).toBeLessThan(roundingMeters);
    const [lng, lat] = toLngLat(crs(srid), projected);
    expect(Math.hypot(lng - lngLat[0], lat - lngLat[1]) * 111_320).toBeLessThan(roundingMeters);
  });

  it('agrees with PROJ to a micrometre where PROJ was read to six decimals', () => {
    const [east, north] = toGaussKruger([114.934, 25.8546], 38);
    expect(east).toBeCloseTo(38_593_627.345295, 5);
    expect(north).toBeCloseTo(2_861_058.970955, 5);
  });

  it('comes back to the same place within 0.01 mm anywhere in China, up to 6° from the meridian', () => {
    const zones = crsTable.filter((entry) => isConvertible(entry) && entry.centralMeridian !== null);
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.double({ min: -6, max: 6, noNaN: true }),
        fc.double({ min: 3, max: 54, noNaN: true }),
        (zone, offset, lat) => {
          const lng = (zone.centralMeridian ?? 0) + offset;
          const [lngBack, latBack] = toLngLat(zone, fromLngLat(zone, [lng, lat]));
          expect(Math.hypot(lngBack - lng, latBack - lat) * 111_320).toBeLessThan(1e-5);
        },
      ),
      { seed: 38 },
    );
  });

  it('refuses Xian 80 and Beijing 54, whose parameters are secret', () => {
    expect(() => toLngLat(crs(2362), [38_500_000, 2_800_000])).toThrow(RangeError);
    expect(() => fromLngLat(crs(2435), [114, 25])).toThrow(RangeError);
  });
});

describe('toOwnLngLat', () => {
  // PROJ 9.1, cs2cs from the projected system to degrees of the same datum.
  it.each([
    [2362, [38_600_000, 2_800_000], [114.993006149211, 25.3030835740559]],
    [2414, [38_600_000, 2_800_000], [114.992986320113, 25.3026454281799]],
    [21418, [18_600_000, 2_800_000], [105.992986320113, 25.3026454281799]],
  ] as const)('undoes the projection of EPSG:%i on its own ellipsoid, within 1 mm', (srid, projected, degrees) => {
    const [lng, lat] = toOwnLngLat(crs(srid), projected);
    expect(Math.abs(lng - degrees[0])).toBeLessThan(1e-8);
    expect(Math.abs(lat - degrees[1])).toBeLessThan(1e-8);
  });

  it('leaves GCJ-02 as it is, which toLngLat refuses', () => {
    expect(toOwnLngLat(gcj02, [115, 25])).toEqual([115, 25]);
    expect(() => toLngLat(gcj02, [115, 25])).toThrow(RangeError);
  });
});

describe('the table of systems', () => {
  it.each([
    [4526, 114, 38_500_000],
    [4527, 117, 39_500_000],
    [4547, 114, 500_000],
    [4548, 117, 500_000],
    [4497, 111, 19_500_000],
    [4498, 117, 20_500_000],
    [4508, 111, 500_000],
    [4509, 117, 500_000],
    [2362, 114, 38_500_000],
    [2383, 114, 500_000],
    [2414, 114, 38_500_000],
    [2435, 114, 500_000],
  ])('gives EPSG:%i its central meridian and false easting', (srid, centralMeridian, falseEasting) => {
    expect(crs(srid)).toMatchObject({ centralMeridian, falseEasting });
  });

  it('names no code twice', () => {
    expect(new Set(crsTable.map((entry) => entry.srid)).size).toBe(crsTable.length);
  });
});
