/** Shapes that are large, many, broken or half outside: none breaks a sheet, none is lost. */
import { beforeAll, expect, it } from 'vitest';
import type { Database, Queryable } from '../../../server/db/database.ts';
import { mostFeaturesInBatch } from '../../../server/db/layer-sheet-sql.ts';
import { describeOnEngines } from '../../engines/on-engines.ts';
import { newDataset } from '../../fixtures/datasets.ts';
import { layerOf, type SheetsUnderTest, shapesOf, sheetsOf } from './sheets-under-test.ts';

const layers = [{ id: 'ecological_red_lines' }];
const picture = (extent: [number, number, number, number]) =>
  ({ template: 'picture', area: { kind: 'extent', extent }, layers }) as const;

describeOnEngines('hard shapes on a sheet', ({ open }) => {
  let database: Database;
  let sheets: SheetsUnderTest;
  let dataset: string;
  const run = (text: string, params: unknown[] = []) => database.query(text, params, { class: 'bulk' });
  const add = (code: string, shape: string | null) =>
    run(
      `insert into geo.ecological_red_line (code, name, geom, dataset_id) values ($1, '', ST_GeomFromText($2, 4490), $3)`,
      [code, shape, dataset],
    );
  beforeAll(async () => {
    database = await open();
    dataset = await newDataset(database, 'ecological_red_lines');
    sheets = sheetsOf(database);
  });

  it('that are invalid, empty of meaning or far larger than the frame are drawn as far as they go', async () => {
    await add('bow-tie', 'MULTIPOLYGON(((115.1 25.1,115.3 25.3,115.3 25.1,115.1 25.28,115.1 25.1)))');
    await add('no shape', null);
    await add('whole world of it', 'MULTIPOLYGON(((110 20,120 20,120 30,110 30,110 20)))');
    await add('point-like', 'MULTIPOLYGON(((115.2 25.2,115.200001 25.2,115.2 25.200001,115.2 25.2)))');
    await add('beside the frame', 'MULTIPOLYGON(((116 25,116.1 25,116.1 25.1,116 25.1,116 25)))');
    await add(
      'hole round the frame',
      'MULTIPOLYGON(((112 22,118 22,118 28,112 28,112 22),(113 23,113 27,117 27,117 23,113 23)))',
    );
    const content = await sheets.read(picture([115, 25, 115.5, 25.5]));
    const { features, shapes } = layerOf(content, 'ecological_red_lines');
    expect(features.map(({ code }) => code)).toEqual(['bow-tie', 'whole world of it', 'point-like']);
    expect(features[0]?.areaSquareMeters).toBeNull();
    expect(features[1]?.areaSquareMeters).toBeGreaterThan(1e12);
    const [bowTie, world] = shapesOf(shapes);
    expect(bowTie?.kind === 'polygon' && bowTie.polygons[0]?.[0]?.length).toBe(10);
    if (world?.kind !== 'polygon') throw new Error('no polygon');
    const { width, height } = content.plan.map.frame;
    const xs = (world.polygons[0]?.[0] ?? []).filter((_value, index) => index % 2 === 0);
    const ys = (world.polygons[0]?.[0] ?? []).filter((_value, index) => index % 2 === 1);
    // Covers the frame and at least 6 mm round it, and not the whole of the shape.
    expect(Math.min(...xs, ...ys)).toBeLessThanOrEqual(-600);
    expect(Math.min(...xs, ...ys)).toBeGreaterThan(-6_000);
    expect(Math.max(...xs)).toBeGreaterThanOrEqual(width * 100 + 600);
    expect(Math.max(...ys)).toBeGreaterThanOrEqual(height * 100 + 600);
    expect(Math.max(...xs)).toBeLessThan(width * 100 + 6_000);
    await run('delete from geo.ecological_red_line');
  });

  it('are thinned to what paper shows, by no more than a tenth of a millimetre', async () => {
    const points = Array.from({ length: 4_000 }, (_, index) => {
      const angle = (index / 4_000) * 2 * Math.PI;
      return `${115.25 + 0.2 * Math.cos(angle)} ${25.25 + 0.2 * Math.sin(angle)}`;
    });
    await add('round', `MULTIPOLYGON(((${[...points, points[0]].join(',')})))`);
    const content = await sheets.read(picture([115, 25, 115.5, 25.5]));
    const [shape] = shapesOf(layerOf(content, 'ecological_red_lines').shapes);
    if (shape?.kind !== 'polygon') throw new Error('no polygon');
    const ring = shape.polygons[0]?.[0] ?? [];
    expect(ring.length / 2).toBeLessThan(400);
    expect(ring.length / 2).toBeGreaterThan(30);
    await run('delete from geo.ecological_red_line');
  });

  it('by the thousand come whole, in batches', async () => {
    const count = 20_000;
    await run(
      `insert into geo.ecological_red_line (code, name, geom, dataset_id)
       select 'p' || i, '', ST_Multi(ST_MakeEnvelope(115 + (i % 200) * 0.002, 25 + (i / 200) * 0.004, 115.001 + (i % 200) * 0.002, 25.002 + (i / 200) * 0.004, 4490)), $1
       from generate_series(0, ${count - 1}) as i`,
      [dataset],
    );
    const statements: string[] = [];
    const counted: Database = {
      ...database,
      query: (text, params, options) => {
        statements.push(text);
        return database.query(text, params, options);
      },
      transaction: (work, options) =>
        database.transaction(
          (client) =>
            work({
              ...client,
              query: (text, params, each) => {
                statements.push(text);
                return client.query(text, params, each);
              },
            }),
          options,
        ),
    };
    const content = await sheetsOf(counted).read(picture([114.9, 24.9, 115.5, 25.5]));
    const { features, shapes } = layerOf(content, 'ecological_red_lines');
    expect(new Set(features.map(({ code }) => code)).size).toBe(count);
    expect(shapesOf(shapes)).toHaveLength(count);
    const batches = statements.filter((text) => text.startsWith('with c as materialized')).length;
    expect(batches).toBeGreaterThanOrEqual(count / mostFeaturesInBatch);
  }, 120_000);

  it('are read again where they change meanwhile, so that a sheet shows one state', async () => {
    await run('delete from geo.ecological_red_line');
    const insertRows = `insert into geo.ecological_red_line (code, name, geom, dataset_id)
      select $1::text || i, '', ST_Multi(ST_MakeEnvelope(115.1, 25.1, 115.2, 25.2, 4490)), $2::bigint
      from generate_series(1, ${mostFeaturesInBatch + 1}) as i`;
    await run(insertRows, ['old', dataset]);
    let changed = false;
    // Beside the sheet: inside a snapshot the database itself may not be asked, so there on a connection of its own.
    const aside = (text: string, params: unknown[] = []): Promise<unknown> =>
      database.engine === 'server' ? database.pool.query(text, params) : run(text, params);
    const meddle = async (text: string): Promise<void> => {
      if (changed || !text.startsWith('with c as materialized')) return;
      changed = true;
      await aside('delete from geo.ecological_red_line');
      await aside(insertRows, ['new', dataset]);
    };
    const around = (client: Queryable): Queryable['query'] =>
      async function query<Row extends Record<string, unknown>>(
        ...[text, params, options]: Parameters<Queryable['query']>
      ): Promise<Row[]> {
        const rows = await client.query<Row>(text, params, options);
        await meddle(text);
        return rows;
      };
    const meddled: Database = {
      ...database,
      query: around(database),
      transaction: (work, options) =>
        database.transaction((client) => work({ ...client, query: around(client) }), options),
    };
    const content = await sheetsOf(meddled).read(picture([115, 25, 115.5, 25.5]));
    const codes = layerOf(content, 'ecological_red_lines').features.map(({ code }) => code.slice(0, 3));
    expect(changed).toBe(true);
    expect(new Set(codes)).toEqual(new Set([database.engine === 'server' ? 'old' : 'new']));
    expect(codes).toHaveLength(mostFeaturesInBatch + 1);
  }, 120_000);
});
