/**
 * Whether a document is whole and what kind it is: a PDF by its head and its end, a DOCX, XLSX, OFD or ZIP by its central
 * directory. Nothing of it is unpacked but one small entry; nothing is executed.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { type Entry, openPromise } from 'yauzl';
import { UnprocessableError } from '../errors.ts';
import { entryNameOf } from '../imports/unzip.ts';

export type DocumentType = { mediaType: string };

const ooxml = 'application/vnd.openxmlformats-officedocument';
export const documentMediaTypes = {
  pdf: 'application/pdf',
  docx: `${ooxml}.wordprocessingml.document`,
  xlsx: `${ooxml}.spreadsheetml.sheet`,
  ofd: 'application/ofd',
  zip: 'application/zip',
} as const;

/** A reader looks for the end of a PDF in its last kilobyte. */
const tailBytes = 1_024;

/** Throws UnprocessableError for a PDF that ends early. */
export async function inspectPdf(path: string): Promise<DocumentType> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const tail = (await readAt(file, Math.max(0, size - tailBytes), tailBytes)).toString('latin1');
    if (!tail.includes('%%EOF')) {
      throw refused(
        'PDF 不完整(没有结尾),请重新导出或拷贝后上传',
        'the PDF is incomplete, its end is missing: export or copy it again',
      );
    }
    return { mediaType: documentMediaTypes.pdf };
  } finally {
    await file.close();
  }
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
}

export type ZipLimits = { entries: number; unpackedBytes: number; ratio: number };

/** A document of an office is far below; what is above can only be meant to fill a disk. */
export const usualZipLimits: ZipLimits = { entries: 10_000, unpackedBytes: 2 * 2 ** 30, ratio: 200 };
/** Below it no ratio is suspicious: a blank sheet packs well. */
const harmlessBytes = 100 * 2 ** 20;

const programs = /\.(exe|com|scr|pif|bat|cmd|vbs|vbe|js|jse|wsf|hta|msi|ps1|lnk|jar|sh|dll|reg)$/i;

/**
 * Throws UnprocessableError for what is no whole zip, what unpacks to more than the limits, is encrypted, leads out of
 * its folder, or holds macros or programs.
 */
export async function inspectZip(path: string, limits: ZipLimits = usualZipLimits): Promise<DocumentType> {
  const names: string[] = [];
  let [packed, unpacked] = [0, 0];
  const zip = await openZip(path);
  try {
    for await (const entry of zip.eachEntry()) {
      names.push(checkedName(entry));
      packed += entry.compressedSize;
      unpacked += entry.uncompressedSize;
      if (names.length > limits.entries || unpacked > limits.unpackedBytes) throw bomb();
    }
    // Entries that overlap make a small file hold any amount.
    if (packed > zip.fileSize) throw bomb();
    if (unpacked > harmlessBytes && unpacked > packed * limits.ratio) throw bomb();
  } catch (error) {
    throw error instanceof UnprocessableError ? error : damagedZip(error);
  } finally {
    zip.close();
  }
  return { mediaType: mediaTypeOf(names) };
}

async function openZip(path: string): ReturnType<typeof openPromise> {
  try {
    return await openPromise(path, { lazyEntries: true, autoClose: false, decodeStrings: false });
  } catch (error) {
    throw damagedZip(error);
  }
}

function checkedName(entry: Entry): string {
  const name = entryNameOf(entry);
  if (entry.isEncrypted()) {
    throw refused('文件已加密,请解除密码后上传', 'it is encrypted: send it without a password');
  }
  if (
    name.startsWith('/') ||
    /^[a-z]:/i.test(name) ||
    name.split('/').includes('..') ||
    name.includes('\0')
  ) {
    throw refused('压缩包中有指向包外的路径', 'it holds a path that leads out of it');
  }
  if (/(^|\/)vbaProject\.bin$/i.test(name)) {
    throw refused('文件带有宏,请另存为不带宏的格式', 'it holds macros: save it in a format without');
  }
  if (programs.test(name)) {
    const shown = name.split('/').at(-1);
    throw refused(`压缩包中有程序(${shown}),请去掉后上传`, `it holds a program (${shown}): leave it out`);
  }
  return name;
}

function mediaTypeOf(names: readonly string[]): string {
  const has = (name: string): boolean => names.includes(name);
  if (has('OFD.xml')) return documentMediaTypes.ofd;
  if (has('[Content_Types].xml') && has('word/document.xml')) return documentMediaTypes.docx;
  if (has('[Content_Types].xml') && has('xl/workbook.xml')) return documentMediaTypes.xlsx;
  return documentMediaTypes.zip;
}

function bomb(): UnprocessableError {
  return refused(
    '压缩包解开后异常庞大(疑似压缩炸弹),已拒绝',
    'it unpacks to far too much (a decompression bomb)',
  );
}

function damagedZip(cause: unknown): UnprocessableError {
  return refused(
    '文件不完整或已损坏,请重新拷贝或导出后上传',
    'it is incomplete or damaged: copy or export it again',
    cause,
  );
}

function refused(zh: string, en: string, cause?: unknown): UnprocessableError {
  return new UnprocessableError({ zh: `${zh}。`, en: `${en}.` }, { cause });
}
