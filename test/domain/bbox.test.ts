import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BboxCrs, parseBbox } from '../../geodata/domain/bbox.ts';

const degrees: BboxCrs = { northFirst: false, unit: 'degree', bounds: [-180, -90, 180, 90] };
const zone38: BboxCrs = { northFirst: true, unit: 'metre', bounds: [37_000_000, 0, 40_000_000, 10_000_000] };

describe('a bbox', () => {
  it('never makes an extent that is reversed or without width, whatever four numbers it has', () => {
    const value = fc.double({ min: -400, max: 400, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(value, value, value, value), (edges) => {
        const result = parseBbox(edges.join(','), degrees);
        if (!result.valid) return;
        expect(result.extents.length).toBe(edges[0] <= edges[2] ? 1 : 2);
        for (const [minX, minY, maxX, maxY] of result.extents) {
          expect(minX).toBeLessThan(maxX);
          expect(minY).toBeLessThan(maxY);
        }
      }),
    );
  });

  it('is split where it crosses the antimeridian', () => {
    expect(parseBbox('170,-10,-170,10', degrees)).toEqual({
      valid: true,
      extents: [
        [170, -10, 180, 10],
        [-180, -10, -170, 10],
      ],
    });
  });

  it('takes latitudes first where the CRS does', () => {
    const result = parseBbox('25,114,26,115', { ...degrees, northFirst: true });
    expect(result).toEqual({ valid: true, extents: [[114, 25, 115, 26]] });
  });

  it('leaves heights out and wants them in order', () => {
    expect(parseBbox('114,25,0,115,26,100', degrees)).toEqual({ valid: true, extents: [[114, 25, 115, 26]] });
    expect(parseBbox('114,25,100,115,26,0', degrees)).toEqual({ valid: false, reason: 'reversed-height' });
  });

  it.each([
    ['', 'wrong-count'],
    ['1,2,3', 'wrong-count'],
    ['1,2,3,4,5', 'wrong-count'],
    ['1,2,x,4', 'not-numbers'],
    ['1,2,,4', 'not-numbers'],
    ['0x1,2,3,4', 'not-numbers'],
    ['1e400,2,3,4', 'not-numbers'],
    ['1,5,3,4', 'reversed-north'],
    ['1,2,300,4', 'outside'],
    ['1,-91,3,4', 'outside'],
  ])('of "%s" is refused: %s', (text, reason) => {
    expect(parseBbox(text, degrees)).toEqual({ valid: false, reason });
  });

  it('in metres has no antimeridian', () => {
    expect(parseBbox('2800000,38600000,2900000,38500000', zone38)).toEqual({
      valid: false,
      reason: 'reversed-east',
    });
    expect(parseBbox('2800000,38500000,2900000,38600000', zone38)).toEqual({
      valid: true,
      extents: [[38_500_000, 2_800_000, 38_600_000, 2_900_000]],
    });
  });

  it('in metres with swapped axes is outside', () => {
    expect(parseBbox('38500000,2800000,38600000,2900000', zone38)).toEqual({
      valid: false,
      reason: 'outside',
    });
  });
});
