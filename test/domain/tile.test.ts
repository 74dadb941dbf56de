import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTile, mercatorHalfMeters, tileExtent3857, tileExtentDegrees } from '../../geodata/domain/tile.ts';

const tile = fc
  .integer({ min: 0, max: 22 })
  .chain((z) => fc.record({ z: fc.constant(z), x: fc.nat(2 ** z - 1), y: fc.nat(2 ** z - 1) }));

describe('a tile', () => {
  it('of zoom 0 is the whole Web Mercator square', () => {
    const half = mercatorHalfMeters;
    expect(tileExtent3857({ z: 0, x: 0, y: 0 })).toEqual([-half, -half, half, half]);
    const [west, south, east, north] = tileExtentDegrees({ z: 0, x: 0, y: 0 });
    expect([west, east]).toEqual([-180, 180]);
    expect(north).toBeCloseTo(85.0511288, 6);
    expect(south).toBeCloseTo(-85.0511288, 6);
  });

  it('meets its neighbours to the east and the south', () => {
    fc.assert(
      fc.property(tile, ({ z, x, y }) => {
        const [, minY, maxX] = tileExtent3857({ z, x, y });
        expect(tileExtent3857({ z, x: x + 1, y })[0]).toBeCloseTo(maxX, 3);
        expect(tileExtent3857({ z, x, y: y + 1 })[3]).toBeCloseTo(minY, 3);
      }),
    );
  });

  it('exists within the square of its zoom only', () => {
    fc.assert(fc.property(tile, isTile));
    for (const each of [
      { z: 3, x: 8, y: 0 },
      { z: 3, x: 0, y: 8 },
      { z: -1, x: 0, y: 0 },
      { z: 25, x: 0, y: 0 },
      { z: 3, x: 0.5, y: 0 },
    ]) {
      expect(isTile(each)).toBe(false);
    }
  });
});
