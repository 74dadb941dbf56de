import { execFileSync } from 'node:child_process';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { usualReadBounds } from '../../server/imports/read-bounds.ts';
import { redLineShapefile, zone38Prj } from '../fixtures/imports/deliveries.ts';
import { createReadKit, type ReadKit } from '../fixtures/imports/read-kit.ts';
import { zipBytes } from '../fixtures/imports/zip-bytes.ts';

const small = {
  ...usualReadBounds,
  worker: { ...usualReadBounds.worker, timeoutMs: 25_000 },
  unzip: { maxEntries: 50, maxBytes: 30_000_000 },
};
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const workbook = (sheet: Buffer): Buffer =>
  zipBytes([
    { name: '[Content_Types].xml', data: Buffer.from('<Types/>') },
    { name: 'xl/worksheets/sheet1.xml', data: sheet },
  ]);

describe('a hostile delivery', () => {
  let kit: ReadKit;
  beforeAll(async () => {
    kit = await createReadKit();
  });
  afterAll(() => kit.remove());

  it.each([
    [
      'JSON nested 20 000 deep',
      'deep.geojson',
      `{"type":"Polygon","coordinates":${nested(20_000)}}`,
      /GDAL: .*deep/,
    ],
    ['text that is no JSON', 'torn.geojson', '{"type":"FeatureCollection","features":[{"type":"Fea', /GDAL/],
    [
      'a program for GDAL under the name of a data file',
      'program.geojson',
      '<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>',
      /not recognized/,
    ],
    ['a database that is none', 'noise.gpkg', `SQLite format 3\0${'Z'.repeat(9_000)}`, /not a database/],
    [
      'KML that grows from entities',
      'grow.kml',
      '<!DOCTYPE k [<!ENTITY a "aaaa">]><kml>&a;&b;</kml>',
      /undefined entity/,
    ],
    ['KML nested without end', 'deep.kml', `<kml>${'<Folder>'.repeat(100_000)}`, /nested deeper/],
    ['a file of no bytes', 'hollow.geojson', '', /is empty/],
    [
      'a zip that is none',
      'none.zip',
      'not a zip at all, but long enough to look for its end',
      /zip cannot be read/,
    ],
    ['a file nothing reads', 'drawing.dwg', 'AC1032', /not supported \(drawing\.dwg\)/],
    [
      'a table of one endless field',
      'endless.csv',
      `id,geometry\n1,"${'x'.repeat(31_000_000)}`,
      /larger than/,
    ],
  ])('is refused: %s', async (_case, name, content, words) => {
    const file = await kit.write(name, content);
    expect((await kit.refusal(file, {}, { bounds: small })).text.en).toMatch(words);
  });

  it.each([
    ['zip', 'bomb.zip', () => zipBytes([{ name: 'a.geojson', data: Buffer.alloc(40_000_000) }])],
    ['workbook', 'bomb.xlsx', () => workbook(Buffer.alloc(300_000_000, '<row/>'))],
    ['zip in a zip', 'inner.zip', () => zipBytes([{ name: 'a.zip', data: zipBytes([]) }])],
  ])('is refused: a %s that unpacks to more than it may', async (_case, name, bytes) => {
    const error = await kit.refusal(await kit.write(name, bytes()), {}, { bounds: small });
    expect(error.text.en).toMatch(/unpacks to more|archive inside the archive/);
  });

  it('is refused where the file has no end: a pipe, a device, a folder', async () => {
    const pipe = join(kit.folder, 'pipe.geojson');
    execFileSync('mkfifo', [pipe]);
    const device = join(kit.folder, 'zero.geojson');
    await symlink('/dev/zero', device);
    for (const file of [pipe, device, kit.folder])
      expect((await kit.refusal(file)).text.en).toMatch(/no regular file/);
  });

  type Parts = { shp: Buffer; shx: Buffer; dbf: Buffer };
  async function shapefile(name: string, change: (parts: Parts) => Partial<Parts>): Promise<string> {
    const good = redLineShapefile();
    const bytes = {
      ...good,
      ...change({ shp: Buffer.from(good.shp), shx: Buffer.from(good.shx), dbf: Buffer.from(good.dbf) }),
    };
    for (const part of ['shp', 'shx', 'dbf'] as const) await kit.write(`${name}.${part}`, bytes[part]);
    await kit.write(`${name}.prj`, zone38Prj);
    return join(kit.folder, `${name}.shp`);
  }

  it.each<[string, (parts: Parts) => Partial<Parts>, RegExp]>([
    ['noise in place of shapes', () => ({ shp: Buffer.alloc(4_096, 0x5a) }), /no header of a shapefile/],
    [
      'a .dbf that counts four billion rows',
      ({ dbf }) => {
        dbf.writeUInt32LE(0xffff_ffff, 4);
        return { dbf };
      },
      /says 4294967295 rows, it holds 3 only/,
    ],
    [
      'a .dbf that counts fewer rows than there are shapes',
      ({ dbf }) => {
        dbf.writeUInt32LE(2, 4);
        return { dbf };
      },
      /3 shapes and the \.dbf 2 rows/,
    ],
    ['a .dbf cut off', ({ dbf }) => ({ dbf: dbf.subarray(0, dbf.length - 200) }), /it holds 1 only/],
    [
      'a .dbf of its header only in part',
      ({ dbf }) => ({ dbf: dbf.subarray(0, 20) }),
      /header of the \.dbf is not whole/,
    ],
    ['a .shx cut off', ({ shx }) => ({ shx: shx.subarray(0, shx.length - 9) }), /header of the \.shx says/],
  ])('is refused: %s', async (name, change, words) => {
    const file = await shapefile(name.replaceAll(/\W/g, '-'), change);
    expect((await kit.refusal(file)).text.en).toMatch(words);
  });

  it('has its shapes named that a cut .shp no longer holds', async () => {
    const file = await shapefile('cut', ({ shp }) => ({ shp: shp.subarray(0, shp.length - 300) }));
    const delivery = await kit.read(file);
    expect(delivery.inspection.warnings.map(({ en }) => en).join()).toMatch(/it was cut off/);
    const { rows, problems } = await kit.check(delivery, 'ecological_red_lines');
    expect(rows).toHaveLength(2);
    expect(problems).toMatchObject([{ row: 3, reason: { en: expect.stringMatching(/no shape.*cut off/) } }]);
  });

  it('has its shape named that claims a billion points', async () => {
    const file = await shapefile('points', ({ shp }) => {
      shp.writeInt32LE(2 ** 30, 100 + 8 + 36);
      shp.writeInt32LE(2 ** 30, 100 + 8 + 40);
      return { shp };
    });
    const { rows, problems } = await kit.check(await kit.read(file), 'ecological_red_lines');
    expect(rows).toHaveLength(2);
    expect(problems).toMatchObject([{ row: 1, reason: { en: expect.stringMatching(/Corrupted/) } }]);
  });
});
