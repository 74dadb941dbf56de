import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clipRing } from '../../server/features/mvt/clip-ring.ts';
import { encodeTile, type MvtLayer } from '../../server/features/mvt/encode-tile.ts';
import { readTwkbFeatures, type TwkbGeometry } from '../../server/features/mvt/twkb.ts';
import { decodeTile } from '../features/decode-tile.ts';

const range = { min: -64, max: 4160 };

function roundTrip(geometry: TwkbGeometry): [number, number][][] | undefined {
  const layer: MvtLayer = { name: 'a', keys: [], features: [{ id: 7, geometry }], rows: [[]] };
  return decodeTile(encodeTile([layer], 4096, range).bytes).a?.[0]?.parts;
}

describe('TWKB', () => {
  // As PostGIS 3.3 writes them with ST_AsTWKB(geom[], id[], 0).
  it.each([
    [
      'two points',
      '0404020a0c02040404',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [
      'two equal triangles',
      '0604020a0c0104000002000002010101040000020000020101',
      [
        [0, 0, 1, 0, 1, 1, 0, 0],
        [0, 0, 1, 0, 1, 1, 0, 0],
      ],
    ],
    [
      'a multipoint and a line',
      '0704020a0c0400020204040402000202020202',
      [
        [1, 2, 3, 4],
        [1, 1, 2, 2],
      ],
    ],
    ['a multipolygon', '0704010a06000101040000020000020101', [[0, 0, 1, 0, 1, 1, 0, 0]]],
    [
      'a polygon beside a line',
      '0704010a07000203000104000002000002010102000200000202',
      [[0, 0, 1, 0, 1, 1, 0, 0]],
    ],
  ])('of %s is read', (_name, hex, expected) => {
    const features = readTwkbFeatures(Buffer.from(hex, 'hex'));
    expect(features.map((feature) => feature.id)).toEqual(expected.length === 1 ? [5] : [5, 6]);
    const coordinates = features.map(({ geometry }) =>
      geometry.kind === 'point'
        ? geometry.points
        : geometry.kind === 'line'
          ? geometry.lines[0]
          : geometry.polygons[0]?.[0],
    );
    expect(coordinates).toEqual(expected);
  });

  it('that ends early or has another precision is refused', () => {
    expect(() => readTwkbFeatures(Buffer.from('0404020a0c0204', 'hex'))).toThrow('ends early');
    expect(() => readTwkbFeatures(Buffer.from('2404020a0c02040404', 'hex'))).toThrow('precision');
  });
});

describe('a vector tile', () => {
  it('drops parts without length or area, and holes without an outer ring', () => {
    expect(roundTrip({ kind: 'line', lines: [[1, 1, 1, 1]] })).toBeUndefined();
    expect(roundTrip({ kind: 'polygon', polygons: [[[0, 0, 5, 5, 0, 0, 0, 0]]] })).toBeUndefined();
    const hole = [1, 1, 2, 1, 2, 2, 1, 1];
    expect(roundTrip({ kind: 'polygon', polygons: [[[0, 0, 9, 0, 0, 0, 0, 0], hole]] })).toBeUndefined();
  });

  it('keeps every vertex of any line within the range', () => {
    const point = fc.tuple(fc.integer(range), fc.integer(range));
    fc.assert(
      fc.property(fc.array(point, { minLength: 2, maxLength: 40 }), (points) => {
        const distinct = points.filter(
          (each, index) =>
            index === 0 || each[0] !== points[index - 1]?.[0] || each[1] !== points[index - 1]?.[1],
        );
        const decoded = roundTrip({ kind: 'line', lines: [points.flat()] });
        expect(decoded).toEqual(distinct.length < 2 ? undefined : [distinct]);
      }),
    );
  });

  it('gives back each value with its type, and leaves nulls out', () => {
    const keys = ['text', 'whole', 'negative', 'real', 'flag', 'nothing'].map((name) => ({
      name,
      real: name === 'real',
    }));
    const row = ['赣州 🏞', 12, -3, 5, true, null];
    const features = [{ id: 2 ** 40, geometry: { kind: 'point' as const, points: [1, 2] } }];
    const decoded = decodeTile(encodeTile([{ name: 'a', keys, features, rows: [row] }], 4096, range).bytes)
      .a?.[0];
    expect(decoded?.properties).toEqual({ text: '赣州 🏞', whole: 12, negative: -3, real: 5, flag: true });
    expect(decoded?.id).toBe(2 ** 40);
  });

  it('without features has no bytes', () => {
    expect(encodeTile([{ name: 'a', keys: [], features: [], rows: [] }], 4096, range)).toEqual({
      bytes: new Uint8Array(),
      featureCount: 0,
    });
  });
});

describe('clipping a ring', () => {
  it('never leaves the range, and keeps a ring within as it is', () => {
    const value = fc.integer({ min: -5_000, max: 9_000 });
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value), { minLength: 3, maxLength: 20 }), (points) => {
        const ring = [...points, points[0] ?? [0, 0]].flat();
        const clipped = clipRing(ring, range.min, range.max);
        for (const each of clipped) {
          expect(each).toBeGreaterThanOrEqual(range.min);
          expect(each).toBeLessThanOrEqual(range.max);
        }
        expect(clipped.slice(0, 2)).toEqual(clipped.slice(-2));
        if (ring.every((each) => each >= range.min && each <= range.max)) expect(clipped).toBe(ring);
      }),
    );
  });

  it('cuts a corner off a square', () => {
    expect(clipRing([-100, -100, 50, -100, 50, 50, -100, 50, -100, -100], 0, 100)).toEqual([
      50, 0, 50, 50, 0, 50, 0, 0, 50, 0,
    ]);
  });
});
