/** Values the database derives for every feature, and the revision every write raises. */
import { beforeAll, expect, it } from 'vitest';
import { catalogue } from '../../geodata/catalogue/index.ts';
import type { Database } from '../../server/db/database.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { newDataset } from '../fixtures/datasets.ts';

const write = { class: 'bulk' } as const;

/** About 0.01° square near Ganzhou, rings clockwise as shapefiles have them. */
const clockwiseSquare = 'MULTIPOLYGON(((115 25,115 25.01,115.01 25.01,115.01 25,115 25)))';
const bowTie = 'MULTIPOLYGON(((115 25,115.02 25.02,115.02 25,115 25.02,115 25)))';
const holeBeyondShell =
  'MULTIPOLYGON(((115 25,115.01 25,115.01 25.01,115 25),(115 25,115.03 25,115.03 25.01,115 25)))';

describeOnEngines('feature values', ({ open }) => {
  let database: Database;
  let official: string;
  let sample: string;
  beforeAll(async () => {
    database = await open();
    official = await newDataset(database, 'ecological_red_lines');
    sample = await newDataset(database, 'ecological_red_lines', 'sample');
  });

  const insert = (code: string, wkt: string | null, datasetId = official) =>
    one(
      `insert into geo.ecological_red_line (code, dataset_id, geom) values ($1, $2, ST_GeomFromText($3, 4490))
       returning area_m2, ST_AsText(anchor) as anchor, ST_AsText(geom) as geom, data_kind, version`,
      [code, datasetId, wkt],
    );
  const one = async (text: string, params: unknown[] = []) => (await database.query(text, params, write))[0];

  it('turns rings counter-clockwise, measures on the ellipsoid and puts the anchor inside', async () => {
    const row = await insert('square', clockwiseSquare);
    expect(row?.geom).toBe('MULTIPOLYGON(((115 25,115.01 25,115.01 25.01,115 25.01,115 25)))');
    // Geodesic area of this square by an independent method (Karney, GeographicLib Planimeter).
    expect(row?.area_m2).toBeCloseTo(1_118_208.78, 1);
    expect(row).toMatchObject({ data_kind: 'official', version: 1 });
    const inside = await one(
      `select ST_Contains(geom, anchor) as inside from geo.ecological_red_line where code = 'square'`,
    );
    expect(inside).toEqual({ inside: true });
  });

  it('puts the anchor into the largest part', async () => {
    const row = await insert(
      'parts',
      'MULTIPOLYGON(((116 25,116.001 25,116.001 25.001,116 25)),((115 25,115.01 25,115.01 25.01,115 25)))',
    );
    expect(row?.anchor).toMatch(/^POINT\(115\.00/);
  });

  it('stores features without a place, with empty and with invalid shapes, and gives those no area', async () => {
    expect(await insert('null', null)).toMatchObject({ geom: null, area_m2: null, anchor: null });
    expect(await insert('empty', 'MULTIPOLYGON EMPTY')).toMatchObject({
      geom: null,
      area_m2: null,
      anchor: null,
    });
    expect(await insert('bow-tie', bowTie)).toMatchObject({ area_m2: null, anchor: 'POINT(115 25)' });
    expect(await insert('hole', holeBeyondShell)).toMatchObject({ area_m2: null });
    expect(await insert('collapsed', 'MULTIPOLYGON(((115 25,115 25,115 25,115 25)))')).toMatchObject({
      area_m2: null,
      anchor: 'POINT(115 25)',
    });
  });

  it('refuses coordinates that are no numbers and serves on', async () => {
    const nan = `ST_Multi(ST_SetSRID(ST_MakePolygon(ST_MakeLine(array[ST_MakePoint(115, 'nan'),
      ST_MakePoint(115, 25), ST_MakePoint(115.1, 25), ST_MakePoint(115, 'nan')])), 4490))`;
    await expect(
      one(`insert into geo.ecological_red_line (code, dataset_id, geom) values ('nan', $1, ${nan})`, [
        official,
      ]),
    ).rejects.toMatchObject({ cause: { code: 'LT004' } });
    expect(await one('select 1 as n')).toEqual({ n: 1 });
  });

  it('takes data_kind from the dataset, whatever the writer says', async () => {
    await insert('kind', clockwiseSquare, sample);
    const row = await one(
      `update geo.ecological_red_line set data_kind = 'official' where code = 'kind' returning data_kind`,
    );
    expect(row).toEqual({ data_kind: 'sample' });
  });

  it('raises the version by one with each real change only, and lets nobody set derived values', async () => {
    await insert('version', clockwiseSquare);
    const update = (change: string) =>
      one(
        `update geo.ecological_red_line set ${change} where code = 'version' returning version, name, area_m2`,
      );
    const first = await update(`name = '新名'`);
    expect(first).toMatchObject({ version: 2, name: '新名' });
    expect(await update(`name = '新名'`)).toMatchObject({ version: 2 });
    expect(await update('area_m2 = 5, version = 99')).toEqual({ ...first, version: 2 });
    expect(await update('geom = null')).toMatchObject({ version: 3, area_m2: null });
  });

  it('does not take the generated column of a site or a county for a change', async () => {
    const dataset = await newDataset(database, 'mine_sites');
    await database.query(`insert into geo.mine_site (code, dataset_id) values ('S', $1)`, [dataset], write);
    await database.query(
      `insert into geo.county (code, name, adcode, dataset_id) values ('C', '县', '360000', $1)`,
      [dataset],
      write,
    );
    expect(await one(`update geo.mine_site set name = name returning version, phase`)).toEqual({
      version: 1,
      phase: 'not_started',
    });
    expect(await one(`update geo.mine_site set status = 'closed' returning version, phase`)).toEqual({
      version: 2,
      phase: 'closed',
    });
    expect(await one(`update geo.county set name = name returning version, county_adcode`)).toEqual({
      version: 1,
      county_adcode: '360000',
    });
  });

  it('measures rivers along their lines and corridors along their axis', async () => {
    const line = 'MULTILINESTRING((115 25,115 25.01))';
    const river = await one(
      `insert into geo.river (code, name, dataset_id, geom) values ('R', '河', $1, ST_GeomFromText($2, 4490))
       returning length_m`,
      [official, line],
    );
    const corridor = await one(
      `insert into geo.biodiversity_corridor (code, dataset_id, axis, geom)
       values ('B', $1, ST_GeomFromText($2, 4490), ST_GeomFromText($3, 4490)) returning length_m, area_m2`,
      [official, line, clockwiseSquare],
    );
    // One hundredth of a degree of meridian at 25° N on the CGCS2000 ellipsoid.
    expect(river?.length_m).toBeCloseTo(1107.73, 2);
    expect(corridor?.length_m).toBe(river?.length_m);
    expect(corridor?.area_m2).toBeGreaterThan(1_000_000);
  });

  it('refuses to change the kind or layer of a dataset', async () => {
    await expect(
      one(`update app.dataset set kind = 'official' where id = $1`, [sample]),
    ).rejects.toMatchObject({ cause: { code: 'LT003' } });
  });
});

describeOnEngines('layer revisions', ({ open }) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });
  const revision = async (layerId: string) => {
    const rows = await database.query<{ revision: string }>(
      'select revision from app.layer_revision where layer_id = $1',
      [layerId],
      write,
    );
    return Number(rows[0]?.revision ?? 0);
  };

  it.each(
    catalogue.map((layer) => [layer.id, layer] as const),
  )('rise with every insert, update, delete and truncate of %s, and with its datasets', async (id, layer) => {
    const table = `${layer.table.schema}.${layer.table.name}`;
    if (id === 'mine_patches') {
      const sites = await newDataset(database, 'mine_sites');
      await database.query(`insert into geo.mine_site (code, dataset_id) values ('S0', $1)`, [sites], write);
    }
    const dataset = await newDataset(database, id);
    const columns = { counties: ', name, adcode', rivers: ', name', mine_patches: ', site_code' }[id] ?? '';
    const values = { counties: `, '县', '1'`, rivers: `, '河'`, mine_patches: `, 'S0'` }[id] ?? '';
    const steps = [
      `insert into ${table} (code, dataset_id${columns}) values ('X', ${dataset}${values})`,
      `update ${table} set name = 'x' where code = 'X'`,
      `delete from ${table} where code = 'X'`,
      `truncate ${table} cascade`,
      `update app.dataset set title = 'x' where id = ${dataset}`,
      `delete from app.dataset where id = ${dataset}`,
    ];
    for (const step of steps) {
      const before = await revision(id);
      await database.query(step, [], write);
      expect(await revision(id), step).toBeGreaterThan(before);
    }
  });

  it('stay as they are when the change is rolled back', async () => {
    const before = await revision('rivers');
    await database
      .transaction(async (client) => {
        await newDataset(client, 'rivers');
        throw new Error('changed my mind');
      }, write)
      .catch(() => undefined);
    expect(await revision('rivers')).toBe(before);
  });
});
