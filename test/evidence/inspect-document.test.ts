import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentMediaTypes, inspectPdf, inspectZip } from '../../server/evidence/inspect-document.ts';
import { type ZipEntry, zipBytes } from '../fixtures/imports/zip-bytes.ts';

const data = Buffer.from('x');
const named = (...names: string[]): ZipEntry[] => names.map((name) => ({ name, data }));

describe('a document', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lantu-document-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const write = async (bytes: Buffer): Promise<string> => {
    const path = join(folder, 'file');
    await writeFile(path, bytes);
    return path;
  };
  const inspect = async (entries: ZipEntry[], limits?: Parameters<typeof inspectZip>[1]) =>
    inspectZip(await write(zipBytes(entries)), limits);

  it.each([
    ['docx', ['[Content_Types].xml', 'word/document.xml']],
    ['xlsx', ['[Content_Types].xml', 'xl/workbook.xml']],
    ['ofd', ['OFD.xml', 'Doc_0/Document.xml']],
    ['zip', ['红线.shp', '红线.dbf']],
    ['zip', ['word/document.xml']],
  ] as const)('is a %s by what is in it', async (type, names) => {
    expect(await inspect(named(...names))).toEqual({ mediaType: documentMediaTypes[type] });
  });

  it.each([
    [named('[Content_Types].xml', 'word/document.xml', 'word/vbaProject.bin'), /macros/],
    [named('资料/安装.EXE'), /program/],
    [named('a.pdf.lnk'), /program/],
    [named('../a.pdf'), /out of it/],
    [named('C:\\a.pdf'), /out of it/],
  ])('is refused where it is more than a document', async (entries, words) => {
    await expect(inspect(entries)).rejects.toThrow(words);
  });

  it('is refused as a bomb: too many entries, too much in them, or entries that overlap', async () => {
    const limits = { entries: 3, unpackedBytes: 10, ratio: 200 };
    await expect(inspect(named('1', '2', '3', '4'), limits)).rejects.toThrow(/bomb/);
    await expect(inspect([{ name: '1', data: Buffer.alloc(11) }], limits)).rejects.toThrow(/bomb/);
    expect(await inspect(named('1', '2', '3'), limits)).toEqual({ mediaType: documentMediaTypes.zip });
    const bytes = zipBytes(named('1'));
    const record = bytes.indexOf(Buffer.from('PK\x01\x02', 'latin1'));
    // The directory says 1 MB is packed into these few bytes.
    bytes.writeUInt32LE(2 ** 20, record + 20);
    await expect(inspectZip(await write(bytes))).rejects.toThrow(/bomb/);
    // And here that 1 GB comes of one byte.
    bytes.writeUInt32LE(1, record + 20);
    bytes.writeUInt32LE(2 ** 30, record + 24);
    await expect(inspectZip(await write(bytes))).rejects.toThrow(/bomb/);
  });

  it('is refused where it was cut short', async () => {
    const bytes = zipBytes(named('1', '2', '3'));
    await expect(inspectZip(await write(bytes.subarray(0, -10)))).rejects.toThrow(/incomplete/);
    const pdf = Buffer.from(`%PDF-1.7\n${'x'.repeat(5_000)}\n%%EOF\n`);
    expect(await inspectPdf(await write(pdf))).toEqual({ mediaType: documentMediaTypes.pdf });
    await expect(inspectPdf(await write(pdf.subarray(0, 3_000)))).rejects.toThrow(/incomplete/);
  });
});
