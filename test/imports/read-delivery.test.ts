import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { usualReadBounds } from '../../server/imports/read-bounds.ts';
import {
  project,
  redLineShapefile,
  ringAround,
  writeGbkZip,
  writeGeoJson,
  zone38Prj,
  zone39Prj,
} from '../fixtures/imports/deliveries.ts';
import { createReadKit, type ReadKit } from '../fixtures/imports/read-kit.ts';

const polygon = (ring: unknown) => ({ type: 'Polygon', coordinates: [ring] });

describe('readDelivery', () => {
  let kit: ReadKit;
  beforeAll(async () => {
    kit = await createReadKit();
  });
  afterAll(() => kit.remove());

  it('says what a GBK shapefile in a zip is, before anyone decides where it goes', async () => {
    const bytes = redLineShapefile();
    const file = await writeGbkZip(kit.folder, '红线.zip', { bytes, prj: zone38Prj });
    const { inspection, crs, positionDoubt } = await kit.read(file);
    expect(inspection).toMatchObject({
      fileName: '红线.zip',
      format: 'shapefile',
      parts: [{ name: '生态保护红线', rowCount: 3 }],
      part: '生态保护红线',
      partProblem: null,
      rowCount: 3,
      geometryType: 'Polygon',
      encoding: { name: 'gb18030' },
      crs: { srid: 4526 },
      crsProblem: null,
      columns: ['BSM', 'XZQDM', '红线名称', 'HXLX', 'BZ'],
      fileDay: '2025-09-30',
      suggestedLayerId: 'ecological_red_lines',
    });
    expect(inspection.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(inspection.sampleRows[0]).toEqual({
      row: 1,
      values: {
        BSM: '360728112000001',
        XZQDM: '360728',
        红线名称: '岿美山水源涵养红线',
        HXLX: '水源涵养',
        BZ: null,
      },
    });
    expect(crs?.srid).toBe(4526);
    expect(positionDoubt).toBeNull();
    const [west, south, east, north] = inspection.extent ?? [];
    expect([west, south, east, north].map((edge) => edge?.toFixed(2))).toEqual([
      '114.98',
      '24.73',
      '116.06',
      '26.52',
    ]);
  });

  it('takes a shapefile from the parts beside it, and from parts given together', async () => {
    const bytes = redLineShapefile();
    for (const part of ['shp', 'shx', 'dbf'] as const)
      await kit.write(`line.${part.toUpperCase()}`, bytes[part]);
    const prj = await kit.write('LINE.prj', zone38Prj);
    const alone = await kit.read(join(kit.folder, 'line.SHP'));
    expect(alone.inspection).toMatchObject({ rowCount: 3, crs: { srid: 4526 }, fileName: 'line.SHP' });
    const parts = ['DBF', 'SHX', 'SHP'].map((part) => join(kit.folder, `line.${part}`));
    const together = await kit.read([...parts, prj]);
    expect(together.inspection).toMatchObject({ rowCount: 3, crs: { srid: 4526 }, fileName: 'line.SHP' });
    expect((await kit.refusal(parts.slice(0, 2))).text.zh).toContain('缺少同名的 .shp');
  });

  it('leaves the CRS open with ranked candidates where the file says none or lies', async () => {
    const bytes = redLineShapefile();
    const unstated = await kit.read(await writeGbkZip(kit.folder, 'no-prj.zip', { bytes }));
    expect(unstated.crs).toBeNull();
    expect(unstated.inspection).toMatchObject({ crs: null, extent: null });
    expect(unstated.inspection.crsCandidates[0]).toMatchObject({ value: 'EPSG:4526', insideHome: true });
    expect(unstated.inspection.crsProblem?.zh).toContain('没有写明坐标系');
    const lying = await kit.read(await writeGbkZip(kit.folder, 'lying.zip', { bytes, prj: zone39Prj }));
    expect(lying.inspection.crs).toBeNull();
    expect(lying.inspection.crsCandidates.map(({ value }) => value)).toContain('EPSG:4526');
  });

  it('lists the parts of a delivery and shows the first, until one is asked for', async () => {
    const ring = (lng: number) => polygon(ringAround(lng, 25.8));
    const one = await writeGeoJson(kit.folder, '甲.geojson', [
      { properties: { BSM: '1' }, geometry: ring(115) },
    ]);
    const two = await writeGeoJson(kit.folder, '乙.geojson', [
      { properties: { BSM: '2' }, geometry: ring(115) },
      { properties: { BSM: '3' }, geometry: ring(115.1) },
    ]);
    const both = await kit.read([one, two]);
    expect(both.inspection).toMatchObject({
      parts: [
        { name: '甲', rowCount: 1 },
        { name: '乙', rowCount: 2 },
      ],
      part: '甲',
      rowCount: 1,
    });
    expect(both.inspection.partProblem?.zh).toMatch(/2 个图层.*甲.*乙/);
    await expect(kit.check(both, 'ecological_red_lines')).rejects.toMatchObject({ field: 'part' });
    const chosen = await kit.read([one, two], { part: '乙' });
    expect(chosen.inspection).toMatchObject({ part: '乙', partProblem: null, rowCount: 2 });
    expect((await kit.refusal([one, two], { part: '丙' })).text.zh).toMatch(/没有图层“丙”.*甲\(1\)、乙\(2\)/);
  });

  it('reads text files in GBK, UTF-16 and with a mark at their start', async () => {
    const csv =
      '编号,名称,geometry\r\nA1,岿美山,"SRID=4490;POLYGON((115 25,115.1 25,115.1 25.1,115 25))"\r\n';
    const { encodeGbk } = await import('../fixtures/imports/gbk.ts');
    const files = [
      await kit.write('gbk.csv', encodeGbk(csv)),
      await kit.write('bom.csv', `\uFEFF${csv}`),
      await kit.write('utf16.csv', Buffer.from(`\uFEFF${csv}`, 'utf16le')),
    ];
    const names: unknown[] = [];
    for (const file of files) {
      const { inspection } = await kit.read(file);
      expect(inspection).toMatchObject({ columns: ['编号', '名称'], crs: { srid: 4490 } });
      names.push([inspection.sampleRows[0]?.values.名称, inspection.encoding?.name ?? null]);
    }
    expect(names).toEqual([
      ['岿美山', 'gb18030'],
      ['岿美山', null],
      ['岿美山', 'utf-16le'],
    ]);
  });

  it('asks for a column of shapes where a table has none', async () => {
    const file = await kit.write('plain.csv', '编号,名称\nA1,甲\n');
    expect((await kit.refusal(file)).text.zh).toMatch(/没有图形列.*编号、名称/);
  });

  it('reads the fields of KML, and nothing it links to', async () => {
    const ring = ringAround(115, 25.8)
      .map((position) => position.join(','))
      .join(' ');
    const file = await kit.write(
      '点位.kml',
      `<?xml version="1.0" encoding="UTF-8"?><k:kml xmlns:k="http://www.opengis.net/kml/2.2"><k:Document>
       <k:NetworkLink><k:Link><k:href>http://127.0.0.1:9/x.kml</k:href></k:Link></k:NetworkLink>
       <k:Folder><k:name>成果</k:name><k:Placemark><k:name>岿美山</k:name><k:description><![CDATA[<b>甲</b>]]></k:description>
       <k:ExtendedData><k:Data name="BSM"><k:displayName>x</k:displayName><k:value>007</k:value></k:Data>
       <k:SchemaData><k:SimpleData name="XZQDM">360728</k:SimpleData></k:SchemaData></k:ExtendedData>
       <k:MultiGeometry><k:Polygon><k:outerBoundaryIs><k:LinearRing><k:coordinates>${ring}</k:coordinates></k:LinearRing></k:outerBoundaryIs></k:Polygon></k:MultiGeometry>
       </k:Placemark></k:Folder></k:Document></k:kml>`,
    );
    const { inspection } = await kit.read(file);
    expect(inspection).toMatchObject({
      format: 'kml',
      rowCount: 1,
      crs: { srid: 4326 },
      geometryType: 'MultiPolygon',
    });
    expect(inspection.sampleRows[0]?.values).toEqual({
      name: '岿美山',
      description: '<b>甲</b>',
      BSM: '007',
      XZQDM: '360728',
    });
  });

  it('stops at once when nobody waits, in each of its steps', async () => {
    const file = await writeGbkZip(kit.folder, 'stop.zip', { bytes: redLineShapefile(), prj: zone38Prj });
    const cancelled = new Error('cancelled');
    for (const afterMs of [0, 30, 150, 300]) {
      const abort = new AbortController();
      setTimeout(() => abort.abort(cancelled), afterMs);
      const started = performance.now();
      const outcome = await kit.read(file, {}, { signal: abort.signal }).catch((thrown: unknown) => thrown);
      if (outcome instanceof Error) expect(outcome).toBe(cancelled);
      expect(performance.now() - started).toBeLessThan(5_000);
    }
    await expect(kit.read(file, {}, { signal: AbortSignal.abort(cancelled) })).rejects.toBe(cancelled);
  });

  it('ends a reading that takes too long with a word of it, and reads the next file', async () => {
    const file = await writeGbkZip(kit.folder, 'slow.zip', { bytes: redLineShapefile(), prj: zone38Prj });
    const bounds = { ...usualReadBounds, worker: { ...usualReadBounds.worker, timeoutMs: 5 } };
    expect((await kit.refusal(file, {}, { bounds })).text.en).toMatch(
      /took more than 0\.005 s and was stopped/,
    );
    expect((await kit.read(file)).inspection.rowCount).toBe(3);
  });

  it('says how many rows a shapefile marks as deleted', async () => {
    const bytes = redLineShapefile();
    const dbf = Buffer.from(bytes.dbf);
    dbf.write('*', dbf.readUInt16LE(8), 'latin1');
    const { inspection } = await kit.read(
      await writeGbkZip(kit.folder, 'deleted.zip', { bytes: { ...bytes, dbf }, prj: zone38Prj }),
    );
    expect(inspection.rowCount).toBe(2);
    expect(inspection.warnings.map(({ zh }) => zh)).toEqual([
      expect.stringMatching(/注明 3 行,只读出 2 行.*已删除/),
    ]);
  });

  it('reads a FileGDB folder only where it is one', async () => {
    const folder = join(kit.folder, 'empty.gdb');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'a00000001.gdbtable'), Buffer.alloc(100));
    expect((await kit.refusal(folder)).text.en).toMatch(/"empty" cannot be read/);
    expect((await kit.refusal(kit.folder)).text.en).toMatch(/no regular file/);
  });

  it('keeps projected GeoJSON open unless its crs member says what it is', async () => {
    const ring = project(4526, ringAround(115, 25.8));
    const feature = { properties: { BSM: '1' }, geometry: polygon(ring) };
    const silent = await kit.read(await writeGeoJson(kit.folder, 'metres.geojson', [feature]));
    expect(silent.inspection.crs).toBeNull();
    expect(silent.inspection.crsCandidates.map(({ value }) => value)).toContain('EPSG:4526');
    const said = await kit.read(
      await writeGeoJson(kit.folder, 'said.geojson', [feature], 'urn:ogc:def:crs:EPSG::4526'),
    );
    expect(said.inspection).toMatchObject({ crs: { srid: 4526 } });
    expect(said.inspection.assumptions.map(({ zh }) => zh).join()).toMatch(/crs/);
  });
});
