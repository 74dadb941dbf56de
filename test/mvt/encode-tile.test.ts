import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clipRing } from '../../server/features/mvt/clip-ring.ts';
import { encodeTile, type MvtLayer, type MvtRow } from '../../server/features/mvt/encode-tile.ts';
import { readTwkbSequence, type TwkbGeometry } from '../../server/features/mvt/twkb.ts';
import { decodeTile } from '../features/decode-tile.ts';

const range = { min: -64, max: 4160 };

function roundTrip(geometry: TwkbGeometry): [number, number][][] | undefined {
  const layer: MvtLayer = { name: 'a', keys: [], geometries: [geometry], rows: [[7]], range };
  return decodeTile(encodeTile([layer], 4096).bytes).a?.[0]?.parts;
}

describe('TWKB', () => {
  // As PostGIS 3.3 writes them with ST_AsTWKB(geom, 0).
  it.each([
    ['a point', '01000204', { kind: 'point', points: [1, 2] }],
    ['two points', '04000202040404', { kind: 'point', points: [1, 2, 3, 4] }],
    ['nothing', '0110', { kind: 'point', points: [] }],
    [
      'two lines',
      '05000202000002020208080404',
      {
        kind: 'line',
        lines: [
          [0, 0, 1, 1],
          [5, 5, 7, 7],
        ],
      },
    ],
    [
      'two polygons, with steps of two bytes',
      '0600020104000002000002010101040a0ace0400cb04170118',
      { kind: 'polygon', polygons: [[[0, 0, 1, 0, 1, 1, 0, 0]], [[5, 5, 300, 5, 6, -7, 5, 5]]] },
    ],
    [
      'a polygon with a hole',
      '0300020400001200001211110404020c00000c0b0b',
      {
        kind: 'polygon',
        polygons: [
          [
            [0, 0, 9, 0, 9, 9, 0, 0],
            [2, 1, 8, 1, 8, 7, 2, 1],
          ],
        ],
      },
    ],
    [
      'a polygon beside a line',
      '07000203000104000002000002010102000200000202',
      { kind: 'polygon', polygons: [[[0, 0, 1, 0, 1, 1, 0, 0]]] },
    ],
  ])('of %s is read', (_name, hex, expected) => {
    expect([...readTwkbSequence(Buffer.from(hex, 'hex'))]).toEqual([expected]);
  });

  it('is read one geometry after another', () => {
    const kinds = [...readTwkbSequence(Buffer.from('01000204011002000200000202', 'hex'))];
    expect(kinds.map(({ kind }) => kind)).toEqual(['point', 'point', 'line']);
  });

  it('that ends early, has another precision or ids is refused', () => {
    const read = (hex: string) => [...readTwkbSequence(Buffer.from(hex, 'hex'))];
    expect(() => read('010002')).toThrow('ends early');
    expect(() => read('21000204')).toThrow('precision');
    expect(() => read('0404020a0c02040404')).toThrow('ids');
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
    const row: MvtRow = [2 ** 40, '赣州 🏞', 12, -3, 5, true, null];
    const geometries: TwkbGeometry[] = [{ kind: 'point', points: [1, 2] }];
    const decoded = decodeTile(encodeTile([{ name: 'a', keys, geometries, rows: [row], range }], 4096).bytes)
      .a?.[0];
    expect(decoded?.properties).toEqual({ text: '赣州 🏞', whole: 12, negative: -3, real: 5, flag: true });
    expect(decoded?.id).toBe(2 ** 40);
  });

  it('without features has no bytes', () => {
    expect(encodeTile([{ name: 'a', keys: [], geometries: [], rows: [], range }], 4096)).toEqual({
      bytes: Buffer.alloc(0),
      featureCount: 0,
    });
  });

  it('leaves nothing of one tile in the next, and keeps no more bytes than it has', () => {
    const many = Array.from(
      { length: 60_000 },
      (_, index): TwkbGeometry => ({ kind: 'point', points: [index % 4096, 7] }),
    );
    const rows = many.map((_, index): MvtRow => [index]);
    const one = {
      name: 'a',
      keys: [],
      geometries: [{ kind: 'point', points: [3, 4] }],
      rows: [[1]],
      range,
    } satisfies MvtLayer;
    const first = encodeTile([one], 4096).bytes;
    const large = encodeTile(
      [
        { ...one, name: 'b', geometries: many, rows },
        { ...one, geometries: [] },
      ],
      4096,
    );
    expect(large.featureCount).toBe(60_000);
    const kept = Buffer.from(large.bytes);
    const again = encodeTile([{ ...one, geometries: [] }, one], 4096).bytes;
    expect(again).toEqual(first);
    expect(large.bytes).toEqual(kept);
    expect(large.bytes.buffer.byteLength).toBe(large.bytes.length);
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
