import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  project,
  redLineShapefile,
  ringAround,
  writeGbkZip,
  writeGeoJson,
  xian80Prj,
  zone38Prj,
} from '../fixtures/imports/deliveries.ts';
import { createReadKit, type ReadKit } from '../fixtures/imports/read-kit.ts';

const polygon = (ring: unknown) => ({ type: 'Polygon', coordinates: [ring] });
const ring = ringAround(115, 25.8);
const counterClockwise = ring.toReversed();

/** Vertices and their count of the first ring of the EWKB of a multi-polygon. */
function firstRing(ewkb: Uint8Array | null): { srid: number; count: number; positions: number[][] } {
  const bytes = Buffer.from(ewkb ?? []);
  const count = bytes.readUInt32LE(22);
  const positions = Array.from({ length: count }, (_none, index) => [
    bytes.readDoubleLE(26 + index * 16),
    bytes.readDoubleLE(34 + index * 16),
  ]);
  return { srid: bytes.readUInt32LE(5), count, positions };
}

function signedArea(positions: number[][]): number {
  return positions.reduce((sum, [x = 0, y = 0], index) => {
    const [nextX = 0, nextY = 0] = positions[index + 1] ?? positions[0] ?? [];
    return sum + (x * nextY - nextX * y) / 2;
  }, 0);
}

describe('checkedRows', () => {
  let kit: ReadKit;
  beforeAll(async () => {
    kit = await createReadKit();
  });
  afterAll(() => kit.remove());

  it('gives features in degrees, rings counter-clockwise, values by the definition', async () => {
    const file = await writeGbkZip(kit.folder, 'plain.zip', { bytes: redLineShapefile(), prj: zone38Prj });
    const all = await kit.check(await kit.read(file), 'ecological_red_lines');
    expect(all.problems).toEqual([]);
    expect(all.rows.map(({ row, code, properties }) => [row, code, properties.county_adcode])).toEqual([
      [1, '360728112000001', '360728'],
      [2, '360721112000002', '360704'],
      [3, '360730112000003', '360730'],
    ]);
    expect(all.assumptions).toContain('1 个旧县代码已换成现行代码');
    const { srid, count, positions } = firstRing(all.rows[0]?.geometry ?? null);
    expect({ srid, count }).toEqual({ srid: 4490, count: 25 });
    expect(signedArea(positions)).toBeGreaterThan(0);
    const [first] = ringAround(115.05, 24.75).toReversed();
    expect(positions[0]?.map((value) => value.toFixed(8))).toEqual(first?.map((value) => value.toFixed(8)));
    // Clockwise is how shapefiles want their outer rings.
    expect(all.assumptions.join()).not.toMatch(/环方向/);
  });

  it('names every row that cannot be taken, and why', async () => {
    const features = [
      { properties: { BSM: 'good' }, geometry: polygon(counterClockwise) },
      { properties: { BSM: 'null' }, geometry: null },
      { properties: { BSM: 'empty' }, geometry: { type: 'Polygon', coordinates: [] } },
      { properties: { BSM: 'point' }, geometry: { type: 'Point', coordinates: [115, 25] } },
      { properties: { BSM: 'good' }, geometry: polygon(counterClockwise) },
      {
        properties: { BSM: 'two', XZQDM: '赣县' },
        geometry: polygon([
          [115, 25],
          [115.1, 25],
          [115, 25],
        ]),
      },
      {
        properties: { BSM: 'far' },
        geometry: polygon([
          [115, 25],
          [116, 25],
          [200, 26],
          [115, 25],
        ]),
      },
      {
        properties: { BSM: 'points' },
        geometry: { type: 'GeometryCollection', geometries: [{ type: 'Point', coordinates: [115, 25] }] },
      },
    ];
    const file = await writeGeoJson(kit.folder, 'bad.geojson', features);
    const all = await kit.check(await kit.read(file), 'ecological_red_lines');
    expect(all.rows.map(({ code }) => code)).toEqual(['good']);
    expect(all.problems.map(({ row, code, reason }) => [row, code, reason.en])).toEqual([
      [2, 'null', expect.stringMatching(/no shape/)],
      [3, 'empty', expect.stringMatching(/no shape/)],
      [4, 'point', expect.stringMatching(/is a Point/)],
      [5, 'good', 'the code repeats that of row 1'],
      [6, 'two', expect.stringMatching(/6, 9 or 12 digits/)],
      [6, 'two', expect.stringMatching(/3 points only/)],
      [7, 'far', expect.stringMatching(/200, 26 is out of range/)],
      [8, 'points', expect.stringMatching(/is a GeometryCollection/)],
    ]);
  });

  it('puts right what changes no area, and says so', async () => {
    const open = counterClockwise.slice(0, -1);
    const collection = (geometries: object[]) => ({ type: 'GeometryCollection', geometries });
    const features = [
      { properties: { BSM: 'open' }, geometry: polygon(open) },
      { properties: { BSM: 'turned' }, geometry: polygon(ring) },
      { properties: { BSM: 'wrapped' }, geometry: collection([polygon(counterClockwise)]) },
      {
        properties: { BSM: 'mixed' },
        geometry: collection([polygon(counterClockwise), { type: 'Point', coordinates: [115, 25] }]),
      },
      {
        properties: { BSM: 'high' },
        geometry: polygon(counterClockwise.map(([lng, lat]) => [lng, lat, 300])),
      },
    ];
    const delivery = await kit.read(await writeGeoJson(kit.folder, 'mended.geojson', features));
    const all = await kit.check(delivery, 'ecological_red_lines');
    expect(all.problems).toEqual([]);
    expect(all.repairs.map(({ row, code, reason }) => [row, code, reason.zh])).toEqual([
      [4, 'mixed', '集合图形中有 1 个其他类型的部分,未保存'],
    ]);
    expect(delivery.inspection.assumptions.map(({ zh }) => zh)).toContain('文件中有 1 个未闭合的环,已闭合');
    expect(all.assumptions).toContain('1 行的环方向与格式规定相反,已理顺');
    const areas = all.rows.map(({ geometry }) => signedArea(firstRing(geometry).positions).toFixed(12));
    expect(new Set(areas)).toEqual(new Set([Math.abs(signedArea(ring as number[][])).toFixed(12)]));
    expect(firstRing(all.rows[0]?.geometry ?? null).count).toBe(25);
  });

  it('reads shapes as text with their own CRS, joined from several columns, and names what is none', async () => {
    const text = `SRID=4526;MULTIPOLYGON(((${project(4526, counterClockwise)
      .map((position) => position.join(' '))
      .join(',')})))`;
    const cut = Math.floor(text.length / 2);
    const rows = [
      ['A1', text.slice(0, cut), text.slice(cut)],
      ['A2', 'POLYGON((115 25', ''],
      ['A3', 'SRID=4490;POLYGON((115 25,115.1 25,115.1 25.1,115 25))', ''],
      ['A4', '', ''],
      ['A5', 'SRID=4526;MULTIPOLYGON EMPTY', ''],
      ['A6', text.replace(/,[^,]*\)\)\)$/, ')))'), ''],
    ];
    const lines = rows.map((cells) => cells.map((cell) => `"${cell}"`).join(','));
    const file = await kit.write('text.csv', ['编号,geometry,geometry_2', ...lines].join('\r\n'));
    const delivery = await kit.read(file);
    expect(delivery.inspection).toMatchObject({ crs: { srid: 4526 }, columns: ['编号'] });
    const all = await kit.check(delivery, 'ecological_red_lines');
    expect(firstRing(all.rows[0]?.geometry ?? null).positions[0]?.map((value) => value.toFixed(9))).toEqual(
      counterClockwise[0]?.map((value) => value.toFixed(9)),
    );
    expect(all.repairs).toMatchObject([{ row: 6, code: 'A6', reason: { zh: '闭合了 1 个未闭合的环' } }]);
    expect(all.problems.map(({ code, reason }) => [code, reason.en])).toEqual([
      ['A2', expect.stringMatching(/EWKT.*cannot be read/)],
      ['A3', expect.stringMatching(/EPSG:4490.*EPSG:4526/)],
      ['A4', expect.stringMatching(/no shape/)],
      ['A5', expect.stringMatching(/no shape/)],
    ]);
  });

  it('takes positions in doubt for layers that only lie under others', async () => {
    const file = await writeGbkZip(kit.folder, 'xian80.zip', { bytes: redLineShapefile(), prj: xian80Prj });
    const delivery = await kit.read(file);
    expect(delivery.positionDoubt).toBe('xian80');
    expect(delivery.inspection.assumptions.map(({ zh }) => zh).join()).toMatch(/位置存疑/);
    await expect(kit.check(delivery, 'ecological_red_lines')).rejects.toMatchObject({ field: 'crs' });
    const counties = await kit.check(delivery, 'counties', { name: 'BSM' });
    expect(counties.problems).toEqual([]);
    // The projection is undone on its own ellipsoid, which moves nothing by more than some metres here.
    const [lng = 0, lat = 0] = firstRing(counties.rows[0]?.geometry ?? null).positions[0] ?? [];
    const [expectedLng = 0, expectedLat = 0] = ringAround(115.05, 24.75)[0] ?? [];
    expect(Math.hypot(lng - expectedLng, lat - expectedLat) * 111_320).toBeLessThan(20);
    const shifted = await kit.read(file, { crs: 'GCJ-02' });
    expect(shifted.crs).toBeNull();
    const degrees = await writeGeoJson(kit.folder, 'amap.geojson', [
      { properties: {}, geometry: polygon(ring) },
    ]);
    const declared = await kit.read(degrees, { crs: 'GCJ-02' });
    expect(declared).toMatchObject({ positionDoubt: 'gcj02', inspection: { crs: { srid: null } } });
    await expect(kit.check(declared, 'mine_sites')).rejects.toThrow(/shifted on purpose/);
  });

  it('hands rows over in batches and stops reading when nobody takes them', async () => {
    const features = Array.from({ length: 2_500 }, (_none, index) => ({
      properties: { BSM: `n${index}` },
      geometry: polygon(counterClockwise),
    }));
    const delivery = await kit.read(await writeGeoJson(kit.folder, 'many.geojson', features));
    const all = await kit.check(delivery, 'ecological_red_lines');
    expect(all.batches).toBe(3);
    expect(all.rows).toHaveLength(2_500);
    const { checkedRows } = await import('../../server/imports/check-delivery.ts');
    const { layerOf } = await import('../fixtures/imports/read-kit.ts');
    const { ganzhou } = await import('../../geodata/reference/ganzhou/region.ts');
    const { crs } = delivery;
    if (crs === null) throw new Error('no CRS');
    const plan = { layer: layerOf('ecological_red_lines'), columns: {}, crs };
    const abort = new AbortController();
    const { batches } = checkedRows(delivery, plan, ganzhou, abort.signal);
    const cancelled = new Error('cancelled');
    await expect(
      (async () => {
        for await (const { rowsRead } of batches) {
          expect(rowsRead).toBe(1_000);
          abort.abort(cancelled);
        }
      })(),
    ).rejects.toBe(cancelled);
  });
});
