import { describe, expect, it } from 'vitest';
import { fromGcj02, toGcj02 } from '../../geodata/domain/gcj02.ts';

const metersBetween = (a: readonly number[], b: readonly number[]): number => {
  const [[lngA = 0, latA = 0], [lngB = 0, latB = 0]] = [a, b];
  return Math.hypot((lngA - lngB) * 111_320 * Math.cos((latA * Math.PI) / 180), (latA - latB) * 111_320);
};

describe('GCJ-02', () => {
  // Test vector of eviltransform: WGS 84 31.1774276, 121.5272106 is GCJ-02 31.17530398364597, 121.531541859215.
  it('shifts as the public implementations do', () => {
    const [lng, lat] = toGcj02([121.5272106, 31.1774276]);
    expect(lng).toBeCloseTo(121.531541859215, 9);
    expect(lat).toBeCloseTo(31.17530398364597, 9);
  });
  it('shifts Ganzhou by 490 m east and 345 m south', () => {
    const place = [114.93, 25.83] as const;
    const [lng, lat] = toGcj02(place);
    expect((lng - place[0]) * 111_320 * Math.cos((place[1] * Math.PI) / 180)).toBeCloseTo(490, -2);
    expect((lat - place[1]) * 111_320).toBeCloseTo(-345, -2);
  });
  it('is taken off to a millimetre, all over the country', () => {
    for (let lng = 75; lng <= 134; lng += 3.7)
      for (let lat = 19; lat <= 53; lat += 2.9)
        expect(metersBetween(fromGcj02(toGcj02([lng, lat])), [lng, lat])).toBeLessThan(0.001);
  });
  it('leaves other countries where they are', () => {
    expect(toGcj02([2.35, 48.86])).toEqual([2.35, 48.86]);
    expect(fromGcj02([-122.4, 37.8])).toEqual([-122.4, 37.8]);
  });
});
