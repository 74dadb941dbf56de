/** What is exported imports again unchanged: every format, on both engines, row by row against the features that stood there first. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { catalogue } from '../../geodata/catalogue/index.ts';
import { columnOf, type LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import { ganzhou } from '../../geodata/reference/ganzhou/region.ts';
import { readConfig } from '../../server/config.ts';
import type { Context } from '../../server/context.ts';
import type { Database } from '../../server/db/database.ts';
import { exportLayer } from '../../server/exports/export-layer.ts';
import type { ExportFormat, ExportOrder } from '../../server/exports/export-order.ts';
import { importFile } from '../../server/imports/import-file.ts';
import { silentLog } from '../engines/database-place.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { insertOddRows, oddRows } from '../features/odd-rows.ts';
import { keepGdalCompiled } from '../fixtures/imports/keep-gdal-compiled.ts';

const bulk = { class: 'bulk' } as const;
const reporter = { report: () => {}, signal: new AbortController().signal };
/** Shapes that can be imported. */
const rows = oddRows.filter(({ code }) =>
  ['plain', 'hole', 'rings-wrong-way', 'two, parts/100%'].includes(code),
);
const layerIds = [
  'ecological_red_lines',
  'rivers',
  'biodiversity_corridors',
  'mine_sites',
  'protected_areas',
];
const metersPerDegree = 111_320;
const exact = 1e-12;
/** 0.01 mm, what the projection's series promise for there and back. */
const projected = 1e-10;
/** Half of the last of eight decimals, and a little for the arithmetic. */
const rounded = 0.51e-8 * Math.SQRT2;

type Trip = {
  layerId: string;
  format: ExportFormat;
  more?: Partial<ExportOrder>;
  tolerance: number;
  onBoth?: true;
  noAxis?: true;
};
/** Exact formats first: a rounded import is what the next ones export. */
const trips: Trip[] = [
  { layerId: 'ecological_red_lines', format: 'gpkg', tolerance: exact, onBoth: true },
  {
    layerId: 'ecological_red_lines',
    format: 'shp',
    more: { encoding: 'UTF-8' },
    tolerance: exact,
    onBoth: true,
  },
  { layerId: 'ecological_red_lines', format: 'gpkg', more: { crs: 'EPSG:4527' }, tolerance: projected },
  {
    layerId: 'ecological_red_lines',
    format: 'shp',
    more: { encoding: 'UTF-8', crs: 'EPSG:4548' },
    tolerance: projected,
    onBoth: true,
  },
  { layerId: 'ecological_red_lines', format: 'geojson', tolerance: rounded },
  { layerId: 'ecological_red_lines', format: 'geojson', more: { crs: 'EPSG:4526' }, tolerance: rounded },
  { layerId: 'ecological_red_lines', format: 'xlsx', tolerance: rounded, onBoth: true },
  { layerId: 'ecological_red_lines', format: 'csv', tolerance: rounded },
  { layerId: 'ecological_red_lines', format: 'csv', more: { crs: 'EPSG:4526' }, tolerance: rounded },
  { layerId: 'ecological_red_lines', format: 'kml', tolerance: rounded },
  { layerId: 'rivers', format: 'shp', more: { encoding: 'UTF-8' }, tolerance: exact },
  { layerId: 'rivers', format: 'gpkg', tolerance: exact },
  { layerId: 'rivers', format: 'csv', tolerance: rounded, onBoth: true },
  { layerId: 'rivers', format: 'kml', tolerance: rounded },
  { layerId: 'biodiversity_corridors', format: 'gpkg', tolerance: exact },
  { layerId: 'biodiversity_corridors', format: 'xlsx', tolerance: rounded },
  { layerId: 'biodiversity_corridors', format: 'geojson', tolerance: rounded },
  {
    layerId: 'biodiversity_corridors',
    format: 'csv',
    more: { crs: 'EPSG:4526' },
    tolerance: rounded,
    onBoth: true,
  },
  { layerId: 'biodiversity_corridors', format: 'kml', tolerance: rounded },
  {
    layerId: 'biodiversity_corridors',
    format: 'shp',
    more: { encoding: 'UTF-8' },
    tolerance: rounded,
    noAxis: true,
  },
  { layerId: 'mine_sites', format: 'shp', more: { encoding: 'UTF-8' }, tolerance: exact },
  { layerId: 'mine_sites', format: 'gpkg', tolerance: exact },
  { layerId: 'mine_sites', format: 'xlsx', tolerance: rounded },
  { layerId: 'mine_sites', format: 'csv', tolerance: rounded, onBoth: true },
  { layerId: 'mine_sites', format: 'kml', tolerance: rounded },
  { layerId: 'protected_areas', format: 'shp', tolerance: exact },
  { layerId: 'protected_areas', format: 'csv', tolerance: rounded },
];

describeOnEngines('export and import again', ({ engine, open }) => {
  let database: Database;
  let context: Context;
  let folder: string;

  beforeAll(async () => {
    await keepGdalCompiled();
    database = await open();
    folder = await mkdtemp(join(tmpdir(), 'lantu-exports-'));
    const { config } = readConfig({ LANTU_DATA_DIR: folder });
    context = { config, region: ganzhou, catalogue, database, log: silentLog };
    const layers = catalogue.filter(({ id }) => layerIds.includes(id));
    await insertOddRows(database, layers, rows);
    for (const layer of layers) await makeOdd(database, layer);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const chosen = trips.filter(({ onBoth }) => engine === 'server' || onBoth === true);
  it.each(
    chosen.map((trip) => [trip.layerId, trip.format, JSON.stringify(trip.more ?? {}), trip] as const),
  )('%s as %s %s', async (layerId, format, _more, { more, tolerance, noAxis }) => {
    const layer = catalogue.find(({ id }) => id === layerId) as LayerDefinition;
    const to = await mkdtemp(join(folder, 'out-'));
    const exported = await exportLayer(
      context,
      { layerId, format, to, overwrite: false, actor: 'test', ...more },
      reporter,
    );
    expect(exported.featureCount).toBe(rows.length);
    const report = await importFile(
      context,
      {
        files: [exported.path],
        settings: { layerId, classification: 'internal', asOf: '2025-09-30' },
        isDryRun: false,
        actor: 'test',
      },
      reporter,
    );
    expect(report.problems).toEqual([]);
    expect(report.repairs).toEqual([]);
    await expectSame(layer, tolerance, noAxis === true);
  });

  async function expectSame(layer: LayerDefinition, tolerance: number, noAxis: boolean): Promise<void> {
    const stays = layer.fields.filter(({ computed, name }) => !computed && name !== 'code').map(columnOf);
    const now = await database.query(
      `select code, ${stays.join(', ')} from ${tableOf(layer)} order by code`,
      [],
      bulk,
    );
    const before = await database.query(
      `select code, ${stays.join(', ')} from ${keptOf(layer)} order by code`,
      [],
      bulk,
    );
    expect(now).toEqual(before);
    const shapes = ['geom', ...(layer.table.axis === null || noAxis ? [] : [layer.table.axis])];
    for (const shape of shapes) {
      const differences = await database.query<{
        code: string;
        off: number;
        parts: number;
        points: number;
        area: number;
        perimeter: number;
      }>(
        `select a.code, ST_HausdorffDistance(a.${shape}, b.${shape}) as off,
                ST_NumGeometries(a.${shape}) - ST_NumGeometries(b.${shape}) as parts,
                ST_NPoints(a.${shape}) - ST_NPoints(b.${shape}) as points,
                abs(ST_Area(a.${shape}::geography) - ST_Area(b.${shape}::geography)) as area,
                ST_Perimeter(b.${shape}::geography) as perimeter
           from ${tableOf(layer)} as a join ${keptOf(layer)} as b on b.code = a.code`,
        [],
        bulk,
      );
      expect(differences).toHaveLength(rows.length);
      for (const { code, off, parts, points, area, perimeter } of differences) {
        expect({ code, parts, points }).toEqual({ code, parts: 0, points: 0 });
        expect(off, `${code} is off`).toBeLessThanOrEqual(tolerance);
        // A border moved by a rounding takes that width along its length.
        expect(area, `area of ${code}`).toBeLessThan(Math.max(0.1, off * metersPerDegree * perimeter));
      }
    }
  }
});

function tableOf({ table }: LayerDefinition): string {
  return `${table.schema}.${table.name}`;
}
function keptOf({ table }: LayerDefinition): string {
  return `public.kept_${table.name}`;
}

/** Values that formats like to spoil, and a copy of the rows as they then stand. */
async function makeOdd(database: Database, layer: LayerDefinition): Promise<void> {
  const has = (name: string): boolean => layer.fields.some((field) => field.name === name);
  const texts: Record<string, string> = {
    plain: '=1+1',
    hole: '\'-甲,"乙"\n丙',
    'rings-wrong-way': 'A & B <c> _x000D_ %',
    'two, parts/100%': layer.id === 'protected_areas' ? '岿美山 龘' : '岿美山 🏞 𠮷',
  };
  for (const [code, text] of Object.entries(texts)) {
    await database.query(`update ${tableOf(layer)} set name = $2 where code = $1`, [code, text], bulk);
  }
  const set = async (column: string, code: string, value: unknown): Promise<void> => {
    if (!has(column)) return;
    await database.query(`update ${tableOf(layer)} set ${column} = $2 where code = $1`, [code, value], bulk);
  };
  await set('county_adcode', 'plain', null);
  await set('published_area_m2', 'plain', 0.1 + 0.2);
  await set('published_area_m2', 'hole', 123_456_789.123_456_7);
  await set('published_area_m2', 'rings-wrong-way', null);
  await set('declared_area_m2', 'plain', 1e-7);
  await set('declared_area_m2', 'hole', 98_765.432_1);
  await set('progress_percent', 'plain', null);
  await set('started_on', 'plain', null);
  await set('started_on', 'hole', '1999-12-31');
  await set('note', 'hole', '@备注');
  await set('executing_unit', 'plain', '+86 797');
  await database.query(`create table ${keptOf(layer)} as select * from ${tableOf(layer)}`, [], bulk);
}
