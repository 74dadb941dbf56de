/** Files as they are delivered, through the whole import: encoding, CRS, fields and shapes arrive as they should. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../server/db/database.ts';
import { ImportRefusedError } from '../../server/imports/import-report.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import {
  project,
  redLineRows,
  redLineShapefile,
  ringAround,
  writeGbkZip,
  writeGeoJson,
  xian80Prj,
  zone38Prj,
  zone39Prj,
} from '../fixtures/imports/deliveries.ts';
import { createImporter, type Importer } from '../fixtures/imports/importer.ts';

const read = { class: 'read' } as const;
const metersPerDegree = 111_320;

describeOnEngines('importing a file', ({ open }) => {
  let database: Database;
  let folder: string;
  let importer: Importer;

  beforeAll(async () => {
    database = await open();
    importer = await createImporter(database);
    folder = importer.folder;
  });
  afterAll(() => importer.remove());
  beforeEach(() => database.query('delete from geo.ecological_red_line', [], read));
  const run: Importer['run'] = (...order) => importer.run(...order);
  const refusal: Importer['refusal'] = (...order) => importer.refusal(...order);

  async function storedCodes(): Promise<string[]> {
    const rows = await database.query<{ code: string }>(
      'select code from geo.ecological_red_line order by code',
      [],
      read,
    );
    return rows.map(({ code }) => code);
  }
  /** Distance in metres between the stored shape and PROJ's transform of the delivered ring. */
  async function metersFromProj(code: string, srid: number, ring: number[][]): Promise<number> {
    const [row] = await database.query<{ degrees: number }>(
      `select ST_HausdorffDistance(f.geom,
         ST_Transform(ST_SetSRID(ST_GeomFromGeoJSON($2), $3::integer), 4490)) as degrees
         from geo.ecological_red_line as f where f.code = $1`,
      [code, JSON.stringify({ type: 'Polygon', coordinates: [ring] }), srid],
      read,
    );
    return (row?.degrees ?? Number.POSITIVE_INFINITY) * metersPerDegree;
  }

  describe.each([
    ['with a .cpg of GBK', { cpg: 'GBK' }, 0],
    ['without .cpg, the language byte saying GBK', {}, 0x4d],
    ['with neither, told from the bytes', {}, 0],
  ])('a zipped GBK shapefile in zone 38, %s', (_case, parts, languageByte) => {
    it('lands within 1 mm of PROJ with every name right', async () => {
      const bytes = redLineShapefile({ languageByte });
      const file = await writeGbkZip(folder, 'gbk.zip', { bytes, prj: zone38Prj, ...parts });
      const report = await run(file);
      expect(report).toMatchObject({
        rowCount: 3,
        featureCount: 3,
        crs: { srid: 4526 },
        encoding: 'gb18030',
      });
      expect(report.problems).toEqual([]);
      const rows = await database.query<Record<string, string>>(
        `select code, name, name_sort, county_adcode, red_line_type, data_kind
           from geo.ecological_red_line order by code desc`,
        [],
        read,
      );
      expect(rows).toEqual([
        {
          code: '360730112000003',
          name: '翠微峰红线',
          name_sort: 'cui wei feng hong xian',
          county_adcode: '360730',
          red_line_type: '生物多样性维护',
          data_kind: 'official',
        },
        {
          code: '360728112000001',
          name: '岿美山水源涵养红线',
          name_sort: expect.stringMatching(/^kui mei shan /),
          county_adcode: '360728',
          red_line_type: '水源涵养',
          data_kind: 'official',
        },
        {
          code: '360721112000002',
          name: '赣县区峰山红线',
          name_sort: expect.stringMatching(/^gan xian qu /),
          county_adcode: '360704',
          red_line_type: '水土保持',
          data_kind: 'official',
        },
      ]);
      for (const { code, at } of redLineRows) {
        const ring = project(4526, ringAround(at[0], at[1]));
        expect(await metersFromProj(code, 4526, ring)).toBeLessThan(0.001);
      }
    });
  });

  it('keeps where the data came from, and the sample it replaced as history', async () => {
    const file = await writeGbkZip(folder, '红线.zip', { bytes: redLineShapefile(), prj: zone38Prj });
    await run(file);
    const again = await run(file, { title: '红线2025版', source: '市局', classification: 'public' });
    expect(again.removedCount).toBe(3);
    const rows = await database.query<Record<string, unknown>>(
      `select kind, title, source, source_file, source_crs, source_encoding, classification, as_of::text,
              feature_count, length(source_sha256) as sha_length, removed_at is null as stands
         from app.dataset where layer_id = 'ecological_red_lines' order by id desc limit 2`,
      [],
      read,
    );
    expect(rows[0]).toEqual({
      kind: 'official',
      title: '红线2025版',
      source: '市局',
      source_file: '红线.zip',
      source_crs: 'EPSG:4526',
      source_encoding: 'gb18030',
      classification: 'public',
      as_of: '2025-09-30',
      feature_count: 3,
      sha_length: 64,
      stands: true,
    });
    expect(rows[1]?.stands).toBe(false);
  });

  it('reads zone 39 by its .prj and keeps places beyond the zone', async () => {
    const bytes = redLineShapefile({ srid: 4527 });
    const file = await writeGbkZip(folder, 'zone39.zip', { bytes, prj: zone39Prj });
    expect((await run(file)).crs.srid).toBe(4527);
    const ring = project(4527, ringAround(115.05, 24.75));
    expect(await metersFromProj('360728112000001', 4527, ring)).toBeLessThan(0.001);
  });

  it('changes nothing in a dry run, yet reports what it would do', async () => {
    const file = await writeGbkZip(folder, 'dry.zip', { bytes: redLineShapefile(), prj: zone38Prj });
    const report = await run(file, {}, { isDryRun: true });
    expect(report).toMatchObject({ isDryRun: true, featureCount: 3 });
    expect(await storedCodes()).toEqual([]);
  });

  it('asks for the CRS where there is no .prj, the right one first, and takes it from --crs', async () => {
    const file = await writeGbkZip(folder, 'no-prj.zip', { bytes: redLineShapefile() });
    const error = await refusal(file);
    expect(error.text.en).toMatch(/states no CRS[\s\S]*--crs EPSG:4526[^\n]*falls on the region/);
    expect(error.text.zh).toContain('--crs EPSG:4526');
    expect((await run(file, { crs: 'EPSG:4526' })).featureCount).toBe(3);
  });

  it('refuses Xian 80, whose parameters are secret', async () => {
    const file = await writeGbkZip(folder, 'xian80.zip', { bytes: redLineShapefile(), prj: xian80Prj });
    expect((await refusal(file)).text.en).toMatch(/Xian 1980.*secret/);
  });

  it('refuses coordinates said to be GCJ-02, which nothing converts', async () => {
    const file = await writeGbkZip(folder, 'gcj.zip', { bytes: redLineShapefile(), prj: zone38Prj });
    expect((await refusal(file, { crs: 'GCJ-02' })).text.zh).toContain('火星坐标');
  });

  it('refuses a .prj of another zone than the numbers, and names the right one', async () => {
    const file = await writeGbkZip(folder, 'lying.zip', { bytes: redLineShapefile(), prj: zone39Prj });
    expect((await refusal(file)).text.en).toMatch(/EPSG:4526/);
  });

  it('drops half a character that the field width cut off, in GBK and in UTF-8', async () => {
    const gbk = await writeGbkZip(folder, 'cut.zip', {
      bytes: redLineShapefile({ nameWidth: 5 }),
      prj: zone38Prj,
    });
    expect((await run(gbk)).encoding).toBe('gb18030');
    expect(await names()).toEqual(['岿美', '翠微', '赣县']);
    const utf8 = await writeGbkZip(folder, 'cut-utf8.zip', {
      bytes: redLineShapefile({ nameWidth: 10, encode: (text) => Buffer.from(text) }),
      prj: zone38Prj,
    });
    expect((await run(utf8)).encoding).toBe('utf-8');
    expect(await names()).toEqual(['岿美山', '翠微峰', '赣县区']);
  });
  async function names(): Promise<string[]> {
    const rows = await database.query<{ name: string }>('select name from geo.ecological_red_line', [], read);
    return rows.map(({ name }) => name).sort();
  }

  it('reads GeoJSON in degrees, and with a crs member in metres', async () => {
    const feature = (ring: number[][]) => ({
      properties: { 编号: 'HX-1', 名称: '赣县区红线', 行政区代码: 360704 },
      geometry: { type: 'Polygon', coordinates: [ring] },
    });
    await run(await writeGeoJson(folder, 'degrees.geojson', [feature(ringAround(115, 25.8))]));
    expect(await metersFromProj('HX-1', 4490, ringAround(115, 25.8))).toBeLessThan(1e-6);
    const ring = project(4526, ringAround(115.1, 25.9));
    const crs = 'urn:ogc:def:crs:EPSG::4526';
    const report = await run(await writeGeoJson(folder, 'metres.geojson', [feature(ring)], crs));
    expect(report.crs.srid).toBe(4526);
    expect(await metersFromProj('HX-1', 4526, ring)).toBeLessThan(0.001);
  });

  it('keeps every digit of codes that are written as long numbers', async () => {
    const path = join(folder, 'numbers.geojson');
    const ring = JSON.stringify(ringAround(115, 25.8));
    await writeFile(
      path,
      `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"BSM":360728112000000017},"geometry":{"type":"Polygon","coordinates":[${ring}]}}]}`,
    );
    await run(path);
    expect(await storedCodes()).toEqual(['360728112000000017']);
  });

  it('refuses projected numbers in a file that says degrees, and ranks what they may be', async () => {
    const ring = project(4526, ringAround(115, 25.8));
    const file = await writeGeoJson(folder, 'projected.geojson', [
      { properties: { BSM: '1' }, geometry: { type: 'Polygon', coordinates: [ring] } },
    ]);
    expect((await refusal(file)).text.en).toMatch(/not degrees[\s\S]*EPSG:4526/);
  });

  it('refuses swapped axes and says so', async () => {
    const ring = ringAround(115, 25.8).map(([lng = 0, lat = 0]) => [lat, lng]);
    const file = await writeGeoJson(folder, 'swapped.geojson', [
      { properties: { BSM: '1' }, geometry: { type: 'Polygon', coordinates: [ring] } },
    ]);
    expect((await refusal(file)).text.en).toMatch(/axes look swapped/);
  });

  it('lists every bad row with its number and reason, and leaves the layer as it was', async () => {
    await run(await writeGbkZip(folder, 'before.zip', { bytes: redLineShapefile(), prj: zone38Prj }));
    const good = ringAround(115, 25.8);
    const polygon = (ring: unknown) => ({ type: 'Polygon', coordinates: [ring] });
    const bowTie = [
      [115, 25],
      [115.01, 25.01],
      [115.01, 25],
      [115, 25.01],
      [115, 25],
    ];
    const file = await writeGeoJson(folder, 'bad-rows.geojson', [
      { properties: { BSM: 'a', XZQDM: '360704' }, geometry: polygon(good) },
      { properties: { BSM: 'b' }, geometry: null },
      { properties: { BSM: 'c' }, geometry: { type: 'Point', coordinates: [115, 25] } },
      { properties: { BSM: 'd' }, geometry: polygon(bowTie) },
      { properties: { BSM: 'a' }, geometry: polygon(good) },
      { properties: { BSM: 'f', XZQDM: '赣县' }, geometry: polygon(good) },
      { properties: { BSM: 'g' }, geometry: { type: 'Polygon', coordinates: [] } },
      {
        properties: { BSM: 'h' },
        geometry: polygon([
          [115, 25],
          [115.1, 25],
          [115, 25],
        ]),
      },
      { properties: { BSM: 'i' }, geometry: polygon([...good.slice(0, 5), [-60, 25], good[0]]) },
    ]);
    const error = await refusal(file);
    expect(error).toBeInstanceOf(ImportRefusedError);
    const { problems } = (error as ImportRefusedError).report;
    expect(problems.map(({ row }) => row)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    const words = new Map(problems.map(({ row, reason }) => [row, reason.en]));
    expect(words.get(2)).toMatch(/no shape/);
    expect(words.get(3)).toMatch(/Point/);
    expect(words.get(4)).toMatch(/crosses itself.*115\.005/);
    expect(words.get(5)).toMatch(/repeats that of row 1/);
    expect(words.get(6)).toMatch(/6, 9 or 12 digits/);
    expect(words.get(8)).toMatch(/3 points only/);
    expect(words.get(9)).toMatch(/out of range/);
    expect(error.text.zh).toContain('第 4 行(d)');
    expect(await storedCodes()).toHaveLength(3);
  });

  it('keeps doubtful values and says so: words of no list, a county of elsewhere, a place outside', async () => {
    const polygon = (lng: number) => ({ type: 'Polygon', coordinates: [ringAround(lng, 25.8)] });
    const file = await writeGeoJson(folder, 'doubtful.geojson', [
      { properties: { BSM: '1', XZQDM: '360704', HXLX: '水源涵养' }, geometry: polygon(115) },
      { properties: { BSM: '2', XZQDM: '440200', HXLX: '石漠化' }, geometry: polygon(118) },
    ]);
    const words = (await run(file)).warnings.map(({ zh }) => zh);
    expect(words).toEqual([
      expect.stringMatching(/^1 个要素的红线类型不在已知取值内\(石漠化\)/),
      expect.stringMatching(/^1 个要素的县代码不属于赣州市\(440200\)/),
      '1 个要素在赣州市范围之外',
    ]);
    expect(await storedCodes()).toEqual(['1', '2']);
  });

  it('turns a value the table cannot hold into a refusal that names it', async () => {
    const polygon = { type: 'Polygon', coordinates: [ringAround(115, 25.8)] };
    const site = { properties: { BSM: 'S1', name: '甲', progress_percent: 250 }, geometry: polygon };
    const file = await writeGeoJson(folder, 'too-much.geojson', [site]);
    expect((await refusal(file, { layerId: 'mine_sites' })).text.en).toMatch(
      /Row 1 \(S1\).*Progress 250.*cannot store/,
    );
  });

  it('accepts a shape with a hole and two parts', async () => {
    const hole = ringAround(115, 25.8, 0.004).reverse();
    const file = await writeGeoJson(folder, 'hole.geojson', [
      {
        properties: { BSM: 'hole' },
        geometry: {
          type: 'MultiPolygon',
          coordinates: [[ringAround(115, 25.8), hole], [ringAround(115.2, 25.8)]],
        },
      },
    ]);
    await run(file);
    const [row] = await database.query<{ parts: number; rings: number }>(
      'select ST_NumGeometries(geom) as parts, ST_NRings(geom) as rings from geo.ecological_red_line',
      [],
      read,
    );
    expect(row).toEqual({ parts: 2, rings: 3 });
  });

  it.each([['.dbf', ['dbf']]] as const)('names the missing %s', async (extension, without) => {
    const file = await writeGbkZip(folder, 'missing.zip', {
      bytes: redLineShapefile(),
      prj: zone38Prj,
      without,
    });
    expect((await refusal(file)).text.en).toContain(`lacks ${extension}`);
  });

  it('refuses a truncated shapefile whole', async () => {
    const bytes = redLineShapefile();
    const cut = { ...bytes, shp: bytes.shp.subarray(0, bytes.shp.length - 300) };
    const file = await writeGbkZip(folder, 'truncated.zip', { bytes: cut, prj: zone38Prj });
    await refusal(file);
  });

  it('says which layers there are when asked for another, and which files it reads', async () => {
    const file = await writeGbkZip(folder, 'x.zip', { bytes: redLineShapefile(), prj: zone38Prj });
    expect((await refusal(file, { layerId: 'red_lines' })).text.zh).toContain('ecological_red_lines');
    await writeFile(join(folder, 'x.dwg'), 'x');
    expect((await refusal(join(folder, 'x.dwg'))).text.en).toContain('.dwg');
    expect((await refusal(join(folder, 'absent.zip'))).text.en).toContain('absent.zip');
  });

  it('refuses lines for a layer of polygons and an empty file', async () => {
    const line = {
      type: 'LineString',
      coordinates: [
        [115, 25],
        [115.1, 25],
      ],
    };
    const lines = await writeGeoJson(folder, 'lines.geojson', [{ properties: {}, geometry: line }]);
    expect((await refusal(lines)).text.en).toMatch(/LineString/);
    expect((await refusal(await writeGeoJson(folder, 'empty.geojson', []))).text.en).toMatch(/no features/);
  });

  it('imports lines and counties, whose fields are mapped by their own aliases', async () => {
    const line = {
      type: 'LineString',
      coordinates: [
        [114.9, 25.8],
        [115.1, 25.9],
      ],
    };
    await run(
      await writeGeoJson(folder, 'rivers.geojson', [{ properties: { MC: '贡水' }, geometry: line }]),
      {
        layerId: 'rivers',
      },
    );
    const polygon = { type: 'Polygon', coordinates: [ringAround(115, 25.8)] };
    const county = { properties: { XZQDM: '360721', XZQMC: '赣县区' }, geometry: polygon };
    await run(await writeGeoJson(folder, 'counties.geojson', [county]), { layerId: 'counties' });
    const rows = await database.query<Record<string, string>>(
      `select name, 'river' as what from geo.river union all select name || adcode || code, 'county' from geo.county`,
      [],
      read,
    );
    expect(rows).toEqual([
      { name: '贡水', what: 'river' },
      { name: '赣县区360704360704', what: 'county' },
    ]);
  });
});
