import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LantuError } from '../../server/errors.ts';
import { unzip } from '../../server/imports/unzip.ts';
import { encodeGbk } from '../fixtures/imports/gbk.ts';
import { type ZipEntry, zipBytes } from '../fixtures/imports/zip-bytes.ts';

const limits = { maxEntries: 10, maxBytes: 100_000 };
const data = Buffer.from('x');

describe('unzip', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lantu-unzip-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** Unpacks onto a shelf that takes everything, by number. */
  async function open(bytes: Buffer): Promise<{ names: string[]; into: string; days: string[] }> {
    const into = await mkdtemp(join(folder, 'into-'));
    const file = join(folder, `${basename(into)}.zip`);
    await writeFile(file, bytes);
    const names: string[] = [];
    const place = (name: string): string => join(into, String(names.push(name)));
    return { days: await unzip(file, { place }, limits), names, into };
  }
  async function refusal(bytes: Buffer): Promise<LantuError> {
    const error = await open(bytes).then(
      () => new Error('was unpacked'),
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(LantuError);
    return error as LantuError;
  }

  it('reads names in UTF-8 with and without the flag and in GBK, and the day they were packed', async () => {
    const entries: ZipEntry[] = [
      { name: '成果/赣县区.shp', data: Buffer.from('one') },
      { name: Buffer.from('成果/章贡区.shp'), data },
      { name: encodeGbk('成果/岿美山.shp'), data: Buffer.from('three') },
      { name: encodeGbk('成果\\南康区.shp'), data },
      { name: '空文件夹/', data: Buffer.alloc(0) },
    ];
    const { names, into, days } = await open(zipBytes(entries));
    expect(names).toEqual(['成果/赣县区.shp', '成果/章贡区.shp', '成果/岿美山.shp', '成果/南康区.shp']);
    expect(await readFile(join(into, '3'), 'utf8')).toBe('three');
    expect(days).toEqual(Array(4).fill('2025-09-30'));
  });

  it.each([
    '../outside.shp',
    '/etc/outside.shp',
    'C:\\outside.shp',
    'a/../../outside.shp',
  ])('refuses the path %s', async (name) => {
    await refusal(zipBytes([{ name, data }]));
  });

  it('refuses what unpacks to more than the limit, whatever the zip claims', async () => {
    const bomb = Buffer.alloc(5_000_000);
    expect((await refusal(zipBytes([{ name: 'bomb.shp', data: bomb }]))).code).toBe('too-large');
    await refusal(zipBytes([{ name: 'bomb.shp', data: bomb, claimedSize: 10 }]));
  });

  it('refuses more entries than the limit', async () => {
    const many = Array.from({ length: 11 }, (_, index) => ({ name: `${index}.txt`, data }));
    expect((await refusal(zipBytes(many))).code).toBe('too-large');
  });

  it('refuses a link, whatever it leads to', async () => {
    const bytes = zipBytes([{ name: 'x.shp', data: Buffer.from('/etc/passwd') }]);
    const entry = bytes.indexOf(Buffer.from('PK\x01\x02', 'latin1'));
    bytes.writeUInt32LE((0o120_777 << 16) >>> 0, entry + 38);
    expect((await refusal(bytes)).text.en).toMatch(/a link/);
  });

  it('leaves out what nothing reads', async () => {
    const file = join(folder, 'mixed.zip');
    await writeFile(
      file,
      zipBytes([
        { name: 'a.shp', data },
        { name: 'b.exe', data },
      ]),
    );
    const asked: string[] = [];
    const place = (name: string): string | null => {
      asked.push(name);
      return null;
    };
    expect(await unzip(file, { place }, limits)).toEqual([]);
    expect(asked).toEqual(['a.shp', 'b.exe']);
  });

  it('says of a truncated zip and of what is none that it cannot be read', async () => {
    const whole = zipBytes([{ name: 'x.shp', data: Buffer.alloc(1_000, 'ab') }]);
    expect((await refusal(whole.subarray(0, whole.length - 30))).text.zh).toContain('重新拷贝');
    expect((await refusal(Buffer.from('no zip at all, but long enough to look for its end'))).code).toBe(
      'unprocessable',
    );
  });
});
