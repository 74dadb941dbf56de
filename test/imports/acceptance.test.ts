/**
 * What a bureau delivers: a shapefile in GBK and zone 38 without .cpg, files and fields named in Chinese, zipped with GBK
 * entry names. Every site lies where PROJ says, and every character is right.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Position } from 'geojson';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { catalogue } from '../../geodata/catalogue/index.ts';
import { ganzhou } from '../../geodata/reference/ganzhou/region.ts';
import { readConfig } from '../../server/config.ts';
import type { Context } from '../../server/context.ts';
import type { Database } from '../../server/db/database.ts';
import { importFile } from '../../server/imports/import-file.ts';
import { silentLog } from '../engines/database-place.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import vectors from '../fixtures/crs-vectors.json' with { type: 'json' };
import { put } from '../fixtures/imports/corpus/corpus-entry.ts';
import { zone38Prj } from '../fixtures/imports/deliveries.ts';
import { encodeGbk } from '../fixtures/imports/gbk.ts';
import { shapefileBytes } from '../fixtures/imports/shapefile-bytes.ts';
import { zipBytes } from '../fixtures/imports/zip-bytes.ts';

const bulk = { class: 'bulk' } as const;
const metersPerDegree = 111_320;
/** Names with characters that few fonts and old tables have, all of GBK. */
const names = ['岿美山钨矿(露天)', '龘峯、翀岽·塅里采石场', '犇镕瓷土矿—㈠号坑'];

/** Places whose zone 38 coordinates were computed by PROJ, not here; each is the first corner of a site. */
const places = vectors.vectors.map(({ lng, lat, expect: { '4526': plane } }, index) => ({
  code: `36070420240000${index + 1}`,
  name: names[index] ?? '',
  lng,
  lat,
  east: plane[0] ?? 0,
  north: plane[1] ?? 0,
}));

/** A square of 100 m with the place as its south-western corner, clockwise, in the plane. */
function ring(east: number, north: number): Position[] {
  return [
    [east, north],
    [east, north + 100],
    [east + 100, north + 100],
    [east + 100, north],
    [east, north],
  ];
}

describeOnEngines('the file of a bureau', ({ open }) => {
  let database: Database;
  let context: Context;
  let folder: string;
  beforeAll(async () => {
    database = await open();
    folder = await mkdtemp(join(tmpdir(), 'lantu-acceptance-'));
    const { config } = readConfig({ LANTU_DATA_DIR: folder });
    context = { config, region: ganzhou, catalogue, database, log: silentLog };
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('puts every site within 0.1 m of its source and every character right', async () => {
    const bytes = shapefileBytes({
      fields: [
        { name: '矿山编号', type: 'C', width: 20 },
        { name: '矿山名称', type: 'C', width: 40 },
        { name: '行政区代码', type: 'C', width: 12 },
        { name: '实施单位', type: 'C', width: 40 },
        { name: '申报面积', type: 'N', width: 12, decimals: 2 },
      ],
      rows: places.map(({ code, name, east, north }) => ({
        rings: [ring(east, north)],
        values: [code, name, '360721', `${name}项目部`, 10_000.25],
      })),
      encode: encodeGbk,
    });
    const entry = (extension: string, data: Buffer) => ({
      name: encodeGbk(`赣县区成果/废弃矿山范围.${extension}`),
      data,
    });
    const file = await put(
      folder,
      '赣县区废弃矿山.zip',
      zipBytes([
        entry('shp', bytes.shp),
        entry('shx', bytes.shx),
        entry('dbf', bytes.dbf),
        entry('prj', Buffer.from(zone38Prj)),
      ]),
    );
    const report = await importFile(
      context,
      {
        files: [file],
        settings: { layerId: 'mine_sites', classification: 'internal' },
        isDryRun: false,
        actor: 'test',
      },
      { report: () => {}, signal: new AbortController().signal },
    );
    expect(report).toMatchObject({ part: '废弃矿山范围', crs: { srid: 4526 }, problems: [], repairs: [] });
    expect(report.columns).toMatchObject({ code: '矿山编号', name: '矿山名称', executing_unit: '实施单位' });

    const stored = await database.query<Record<string, string | number>>(
      `select code, name, county_adcode, executing_unit, declared_area_m2, area_m2,
              ST_Distance(ST_Points(geom)::geography, ST_SetSRID(ST_MakePoint(v.lng, v.lat), 4490)::geography) as corner_m,
              ST_HausdorffDistance(geom, ST_Transform(ST_SetSRID(ST_GeomFromGeoJSON(v.ring), 4526), 4490))
                * ${metersPerDegree} as ring_m
         from geo.mine_site
         join unnest($1::text[], $2::float8[], $3::float8[], $4::text[]) as v (site, lng, lat, ring) on v.site = code
        order by code`,
      [
        places.map(({ code }) => code),
        places.map(({ lng }) => lng),
        places.map(({ lat }) => lat),
        places.map(({ east, north }) =>
          JSON.stringify({ type: 'Polygon', coordinates: [ring(east, north)] }),
        ),
      ],
      bulk,
    );
    expect(stored).toHaveLength(places.length);
    for (const [index, site] of stored.entries()) {
      const name = names[index] ?? '';
      expect(site).toMatchObject({
        name,
        executing_unit: `${name}项目部`,
        county_adcode: '360704',
        declared_area_m2: 10_000.25,
      });
      // A corner is the place whose coordinates are known, and the whole is what the database's PROJ makes of the file.
      expect(site.corner_m).toBeLessThan(0.1);
      expect(site.ring_m).toBeLessThan(0.01);
      // Geodesic area of a square of the plane: smaller by the square of the scale, up to 7 in 10 000 at 2.4° from the meridian.
      expect(Number(site.area_m2) / 10_000).toBeGreaterThan(0.998);
      expect(Number(site.area_m2) / 10_000).toBeLessThan(1.0001);
    }
  });
});
