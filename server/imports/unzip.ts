/**
 * Opens a delivered .zip into a folder, bounded: how many entries, how much they unpack to, no path that
 * leaves the folder. Names without the UTF-8 flag are read as UTF-8 where that is strictly possible,
 * else as GB18030, the way Chinese Windows writes them.
 */
import { createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { TooLargeError, UnprocessableError } from '../errors.ts';
import type { Shelf } from './delivered-parts.ts';
import { decodeText } from './text-encoding.ts';

export type UnzipLimits = { maxEntries: number; maxBytes: number };

const utf8Flag = 0x800;

/**
 * Files go where the shelf places them. The days (`YYYY-MM-DD`, as packed) of those that were placed.
 * Throws UnprocessableError for what is not a readable zip, TooLargeError beyond the limits.
 */
export async function unzip(
  file: string,
  shelf: Pick<Shelf, 'place'>,
  limits: UnzipLimits,
): Promise<string[]> {
  const zip = await openZip(file);
  try {
    const days: string[] = [];
    let [entries, bytes] = [0, 0];
    const countBytes = (more: number): void => {
      bytes += more;
      if (bytes > limits.maxBytes) throw tooLarge(limits);
    };
    for await (const entry of zip.eachEntry()) {
      entries += 1;
      if (entries > limits.maxEntries) throw tooLarge(limits);
      const name = entryNameOf(entry);
      if (name.endsWith('/')) continue;
      refuseUnsafe(name, entry);
      if (entry.isEncrypted()) {
        throw new UnprocessableError({
          zh: '压缩包已加密,请解密后重新打包。',
          en: 'The zip is encrypted; pack it again without a password.',
        });
      }
      const target = shelf.place(name);
      if (target === null) continue;
      await extract(zip, entry, target, countBytes);
      days.push(dayOf(entry));
    }
    return days;
  } catch (error) {
    throw asZipError(error);
  } finally {
    zip.close();
  }
}

async function openZip(file: string): Promise<ZipFile> {
  try {
    return await openPromise(file, {
      lazyEntries: true,
      autoClose: false,
      decodeStrings: false,
      validateEntrySizes: true,
    });
  } catch (error) {
    throw asZipError(error);
  }
}

/**
 * Name of an entry with `/` between, of a zip opened with decodeStrings off: the library then hands over the bytes of a
 * name, though it types them as text.
 */
export function entryNameOf(entry: Entry): string {
  const raw = Buffer.from(entry.fileName as unknown as Uint8Array);
  const flags = entry.generalPurposeBitFlag & utf8Flag;
  return (flags ? raw.toString('utf8') : decodeText(raw, ['utf-8', 'gb18030']).text).replaceAll('\\', '/');
}

const fileTypeMask = 0o170_000;
const symbolicLink = 0o120_000;

function refuseUnsafe(name: string, entry: Entry): void {
  const leaves = name.startsWith('/') || /^[a-zA-Z]:/.test(name) || name.split('/').includes('..');
  const isLink = ((entry.externalFileAttributes >>> 16) & fileTypeMask) === symbolicLink;
  if (!leaves && !isLink && !name.includes('\0')) return;
  throw new UnprocessableError({
    zh: `压缩包中的路径“${name.replaceAll('\0', '')}”不安全(${isLink ? '是链接' : '指向别处'}),已拒绝。请重新打包。`,
    en: `The zip holds an unsafe path "${name.replaceAll('\0', '')}" (${isLink ? 'a link' : 'it leads elsewhere'}) and was refused; pack it again.`,
  });
}

/** Zips hold local time without a zone: the day it was where it was packed. */
function dayOf({ lastModFileDate }: Entry): string {
  const [year, month, day] = [
    (lastModFileDate >> 9) + 1980,
    (lastModFileDate >> 5) & 15,
    lastModFileDate & 31,
  ];
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/**
 * Unpacks every entry into nothing, to know how much there is: GDAL reads workbooks, which are zips, without a bound of its
 * own. Throws as unzip does.
 */
export async function measureZip(file: string, limits: UnzipLimits): Promise<void> {
  const zip = await openZip(file);
  try {
    let [entries, bytes] = [0, 0];
    for await (const entry of zip.eachEntry()) {
      entries += 1;
      if (entries > limits.maxEntries) throw tooLarge(limits);
      if (entry.isEncrypted() || entry.fileName.length === 0) continue;
      for await (const chunk of await zip.openReadStreamPromise(entry)) {
        bytes += (chunk as Buffer).length;
        if (bytes > limits.maxBytes) throw tooLarge(limits);
      }
    }
  } catch (error) {
    throw asZipError(error);
  } finally {
    zip.close();
  }
}

async function extract(
  zip: ZipFile,
  entry: Entry,
  target: string,
  countBytes: (more: number) => void,
): Promise<void> {
  const source = await zip.openReadStreamPromise(entry);
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      try {
        countBytes(chunk.length);
        done(null, chunk);
      } catch (error) {
        done(error as Error);
      }
    },
  });
  await pipeline(source, meter, createWriteStream(target, { mode: 0o600 }));
}

function tooLarge({ maxEntries, maxBytes }: UnzipLimits): TooLargeError {
  const megabytes = Math.round(maxBytes / 2 ** 20);
  return new TooLargeError({
    zh: `压缩包解开后超过上限(${maxEntries} 个文件、${megabytes} MB),已拒绝。请分批导入。`,
    en: `The zip unpacks to more than the limit (${maxEntries} files, ${megabytes} MB) and was refused; import it in parts.`,
  });
}

function asZipError(error: unknown): unknown {
  if (!(error instanceof Error) || error.name.endsWith('Error') === false) return error;
  if ('code' in error && (error.code === 'too-large' || error.code === 'unprocessable')) return error;
  if ('code' in error && error.code === 'ENOENT') {
    return new UnprocessableError({ zh: '没有找到该文件。', en: 'There is no such file.' }, { cause: error });
  }
  return new UnprocessableError(
    {
      zh: `压缩包无法读取(${error.message}),可能传输不完整,请重新拷贝或打包。`,
      en: `The zip cannot be read (${error.message}); it may be incomplete: copy or pack it again.`,
    },
    { cause: error },
  );
}
