/** True to the millimetre: scale at the centre and places in the corners, in several CRSs, scales and papers. */
import geodesic from 'geographiclib-geodesic';
import { beforeAll, expect, it } from 'vitest';
import type { SheetSpecInput } from '../../../geodata/contract/sheets.ts';
import { type Crs, findCrs, fromLngLat, toLngLat } from '../../../geodata/domain/crs.ts';
import type { Database } from '../../../server/db/database.ts';
import type { SheetPlan } from '../../../server/sheets/sheet-content.ts';
import { describeOnEngines } from '../../engines/on-engines.ts';
import { newDataset } from '../../fixtures/datasets.ts';
import { layerOf, type SheetsUnderTest, shapesOf, sheetsOf } from './sheets-under-test.ts';

const ellipsoid = new geodesic.Geodesic.Geodesic(6_378_137, 1 / 298.257222101);
const layers = [{ id: 'ecological_red_lines' }];
const at = (
  center: [number, number],
  scale: number,
  others: Partial<SheetSpecInput> = {},
): SheetSpecInput => ({
  template: 'picture',
  area: { kind: 'center', center },
  scale,
  layers,
  ...others,
});

/** Large and small, near and far from the central meridian, plane, sphere and degrees. */
const specs: SheetSpecInput[] = [
  at([114.3, 25.1], 2_000, { paper: 'A4' }),
  at([115.4, 25.85], 50_000),
  at([116.4, 26.2], 250_000, { paper: 'A1', orientation: 'portrait' }),
  at([115.2, 25.9], 1_100_000, { paper: 'A3', srid: 4548 }),
  at([115.2, 25.9], 400_000, { paper: 'A0', srid: 4527 }),
  at([115.2, 25.9], 500_000, { srid: 4508 }),
  at([115.2, 25.9], 300_000, { srid: 3857 }),
  at([115.2, 25.9], 300_000, { srid: 4490, paper: 'slide' }),
];

function crsOf({ crs }: SheetPlan): Crs {
  const known = findCrs(crs.srid);
  if (known === undefined) throw new Error('not a known CRS');
  return known;
}

/** [lng, lat] of a place of the frame, in millimetres from its upper left corner. */
function lngLatAt(plan: SheetPlan, x: number, y: number): [number, number] {
  const { minX, maxY, metersPerMm } = plan.map;
  return toLngLat(crsOf(plan), [minX + x * metersPerMm, maxY - y * metersPerMm]);
}

/** Millimetres on the ground for one on paper, along a line of 20 mm through the centre, as a denominator. */
function measuredScale(plan: SheetPlan, direction: 'across' | 'down'): number {
  const { width, height } = plan.map.frame;
  const [dx, dy] = direction === 'across' ? [10, 0] : [0, 10];
  const [a, b] = [-1, 1].map((sign) => lngLatAt(plan, width / 2 + sign * dx, height / 2 + sign * dy));
  const line = ellipsoid.Inverse(a?.[1] ?? 0, a?.[0] ?? 0, b?.[1] ?? 0, b?.[0] ?? 0);
  return ((line.s12 ?? 0) * 1000) / 20;
}

describeOnEngines('points on paper', ({ open }) => {
  let database: Database;
  let sheets: SheetsUnderTest;
  let dataset: string;
  beforeAll(async () => {
    database = await open();
    dataset = await newDataset(database, 'ecological_red_lines');
    sheets = sheetsOf(database);
  });

  it.each(specs)('lie true to scale at the centre: %j', async (spec) => {
    const plan = await sheets.plan(spec);
    const [across, down] = [measuredScale(plan, 'across'), measuredScale(plan, 'down')];
    expect(Math.abs((across + down) / 2 / plan.scale - 1)).toBeLessThan(1e-3);
    const isConformal = !['geographic', 'web-mercator'].includes(plan.crs.kind);
    if (isConformal) {
      expect(Math.abs(across / plan.scale - 1)).toBeLessThan(1e-5);
      expect(Math.abs(down / plan.scale - 1)).toBeLessThan(1e-5);
    }
  });

  it.each(specs)('lie within 0.2 mm of their places, to the corners: %j', async (spec) => {
    const plan = await sheets.plan(spec);
    const { width, height } = plan.map.frame;
    // Triangles of 8 mm with a corner near each corner of the frame, and one in the middle.
    const places: [number, number][] = [
      [1, 1],
      [width - 9, 1],
      [1, height - 9],
      [width - 9, height - 9],
      [width / 2, height / 2],
    ];
    const corners = places.map(([x, y]) => [
      lngLatAt(plan, x, y),
      lngLatAt(plan, x + 8, y),
      lngLatAt(plan, x, y + 8),
    ]);
    await database.query(
      `insert into geo.ecological_red_line (code, name, geom, dataset_id)
       select 't' || u.n, '', ST_GeomFromText(u.shape, 4490), $1::bigint from unnest($2::text[]) with ordinality as u (shape, n)`,
      [
        dataset,
        corners.map(
          (ring) => `MULTIPOLYGON(((${[...ring, ring[0] ?? []].map((each) => each.join(' ')).join(',')})))`,
        ),
      ],
      { class: 'bulk' },
    );
    const { features, shapes } = layerOf(await sheets.read(spec), 'ecological_red_lines');
    expect(features.map(({ code }) => code)).toEqual(['t1', 't2', 't3', 't4', 't5']);
    const expected = fromLngLat(crsOf(plan), corners[0]?.[0] ?? [0, 0]);
    expect(expected[0]).toBeCloseTo(
      plan.map.minX + plan.map.metersPerMm,
      plan.crs.kind === 'geographic' ? 9 : 3,
    );
    for (const [index, shape] of shapesOf(shapes).entries()) {
      const [x, y] = places[index] ?? [0, 0];
      if (shape.kind !== 'polygon') throw new Error('no polygon');
      const drawn = shape.polygons[0]?.[0] ?? [];
      for (const [cornerX, cornerY] of [
        [x, y],
        [x + 8, y],
        [x, y + 8],
      ] as const) {
        const offs = drawn.flatMap((value, at) =>
          at % 2 === 0 ? [Math.hypot(value / 100 - cornerX, (drawn[at + 1] ?? 0) / 100 - cornerY)] : [],
        );
        expect(Math.min(...offs)).toBeLessThan(0.05);
      }
    }
    await database.query('delete from geo.ecological_red_line', [], { class: 'bulk' });
  });

  it('and north is where the meridian goes', async () => {
    const plan = await sheets.plan(at([116.4, 26.2], 250_000, { srid: 4547 }));
    const { width, height } = plan.map.frame;
    const [lng, lat] = lngLatAt(plan, width / 2, height / 2);
    const [x0, y0] = fromLngLat(crsOf(plan), [lng, lat]);
    const [x1, y1] = fromLngLat(crsOf(plan), [lng, lat + 0.001]);
    expect(plan.northDegrees).toBeCloseTo((Math.atan2(x1 - x0, y1 - y0) * 180) / Math.PI, 3);
    expect(plan.northDegrees).toBeLessThan(-1);
  });
});
