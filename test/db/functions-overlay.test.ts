/** Overlays and repair: an error instead of a lost row, on both engines. */
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../server/db/database.ts';
import { describeOnEngines } from '../engines/on-engines.ts';

const read = { class: 'bulk' } as const;
const square = 'POLYGON((115 25,115.02 25,115.02 25.02,115 25.02,115 25))';
const shifted = 'POLYGON((115.01 25,115.03 25,115.03 25.02,115.01 25.02,115.01 25))';
const bowTie = 'POLYGON((115 25,115.02 25.02,115.02 25,115 25.02,115 25))';
/** A square with a spike of 1 µ° that crosses itself: the sort of fault real boundaries have. */
const nick =
  'POLYGON((115 25,115.02 25,115.02 25.01,115.020001 25.0100005,115.02 25.010001,115.020001 25.01,115.02 25.02,115 25.02,115 25))';

describeOnEngines('overlays', ({ open }) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });
  const value = async (expression: string, params: unknown[] = []): Promise<unknown> =>
    (await database.query<{ value: unknown }>(`select ${expression} as value`, params, read))[0]?.value;
  const area = (expression: string, params: unknown[]) =>
    value(`round(ST_Area(${expression})::numeric, 8)::text`, params);

  it('give intersection, difference and union of valid shapes', async () => {
    expect(await area('app.overlay_intersection($1::geometry, $2::geometry)', [square, shifted])).toBe(
      '0.00020000',
    );
    expect(await area('app.overlay_difference($1::geometry, $2::geometry)', [square, shifted])).toBe(
      '0.00020000',
    );
    expect(await area('app.overlay_union(array[$1::geometry, $2::geometry, null])', [square, shifted])).toBe(
      '0.00060000',
    );
  });

  it('keep a single shape as it is and make nothing of nothing', async () => {
    expect(await value('ST_AsText(app.overlay_union(array[$1::geometry]))', [square])).toBe(square);
    expect(await value(`app.overlay_union(array[null, 'POLYGON EMPTY']::geometry[])`)).toBeNull();
    expect(await value('app.overlay_intersection($1::geometry, null)', [square])).toBeNull();
  });

  it.each([
    'overlay_intersection',
    'overlay_difference',
  ])('refuse a bow-tie in %s and serve on', async (name) => {
    await expect(value(`app.${name}($1::geometry, $2::geometry)`, [bowTie, square])).rejects.toMatchObject({
      code: 'geometry',
    });
    await expect(value(`app.${name}($1::geometry, $2::geometry)`, [square, bowTie])).rejects.toMatchObject({
      code: 'geometry',
    });
    expect(await value('1')).toBe(1);
  });

  it('refuse a bow-tie in a union, also unparameterised', async () => {
    await expect(
      value(`app.overlay_union(array['${bowTie}', '${square}']::geometry[])`),
    ).rejects.toMatchObject({ code: 'geometry' });
    expect(await value('1')).toBe(1);
  });

  it('answer every pair of nearly coincident shapes, with areas that add up', async () => {
    // Neighbours digitised twice: the same ring with vertices moved by up to 1e-9 degrees and some left out.
    const pairs = fc.sample(nearlyCoincidentPair, { numRuns: 150, seed: 535 });
    for (const [a, b] of pairs) {
      const valid = (await value('ST_IsValid($1::geometry) and ST_IsValid($2::geometry)', [a, b])) === true;
      if (!valid) continue;
      const [row] = await database.query<{ union: number; inner: number; a: number; b: number }>(
        `select ST_Area(app.overlay_union(array[$1::geometry, $2::geometry])) as union,
           ST_Area(app.overlay_intersection($1::geometry, $2::geometry)) as inner,
           ST_Area($1::geometry) as a, ST_Area($2::geometry) as b`,
        [a, b],
        read,
      );
      expect(row, `${a} ${b}`).toBeDefined();
      if (row === undefined) continue;
      expect(Math.abs(row.union + row.inner - row.a - row.b), `${a} ${b}`).toBeLessThan(1e-9);
    }
  });

  it('repair a nick, leave a valid polygon as it is and refuse a real bow-tie', async () => {
    expect(await value('ST_IsValid(app.repair_polygon($1::geometry))', [nick])).toBe(true);
    expect(await area('app.repair_polygon($1::geometry)', [nick])).toBe('0.00040000');
    expect(await value('ST_AsText(app.repair_polygon($1::geometry))', [square])).toBe(
      square.replace('POLYGON((', 'MULTIPOLYGON(((').concat(')'),
    );
    expect(await value('app.repair_polygon($1::geometry)', [bowTie])).toBeNull();
  });

  it('repair nothing that is no polygon or is empty', async () => {
    expect(await value(`app.repair_polygon('LINESTRING(115 25,116 26)'::geometry)`)).toBeNull();
    expect(await value(`app.repair_polygon('POLYGON EMPTY'::geometry)`)).toBeNull();
  });

  it('leave out a part without area, and refuse parts that overlap or split', async () => {
    const corner = '((115 25,115.1 25,115.1 25.1,115 25))';
    const flat = `MULTIPOLYGON(((115 25,115 25,115 25,115 25)),${corner})`;
    expect(await value('ST_NumGeometries(app.repair_polygon($1::geometry))', [flat])).toBe(1);
    expect(await area('app.repair_polygon($1::geometry)', [flat])).toBe('0.00500000');
    const overlapping = `MULTIPOLYGON(${corner},((115.01 25,115.11 25,115.11 25.1,115.01 25)))`;
    expect(await value('app.repair_polygon($1::geometry)', [overlapping])).toBeNull();
    const waist = 'POLYGON((115 25,115.01 25.01,115 25.02,115.02 25.02,115.01 25.01,115.02 25,115 25))';
    expect(await value('app.repair_polygon($1::geometry)', [waist])).toBeNull();
  });
});

/** Two star-shaped rings as WKT, the second a trembling copy of the first. */
const nearlyCoincidentPair = fc
  .tuple(
    fc.array(fc.double({ min: 0.3, max: 1, noNaN: true }), { minLength: 5, maxLength: 24 }),
    fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 48, maxLength: 48 }),
    fc.integer({ min: 2, max: 7 }),
  )
  .map(([radii, tremble, skip]): [string, string] => {
    const points = radii.map((radius, index) => {
      const angle = (2 * Math.PI * index) / radii.length;
      return [115 + 0.01 * radius * Math.cos(angle), 25 + 0.01 * radius * Math.sin(angle)] as const;
    });
    const copy = points
      .map(
        ([lng, lat], index) =>
          [lng + (tremble[2 * index] ?? 0) * 5e-10, lat + (tremble[2 * index + 1] ?? 0) * 5e-10] as const,
      )
      .filter((_, index) => points.length < 8 || index % skip !== 1);
    return [polygon(points), polygon(copy)];
  });

function polygon(points: readonly (readonly [number, number])[]): string {
  const ring = [...points, points[0] ?? [0, 0]].map(([lng, lat]) => `${lng} ${lat}`).join(',');
  return `POLYGON((${ring}))`;
}
