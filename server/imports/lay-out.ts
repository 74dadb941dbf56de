/** Lays the delivered files out in a folder of our own: copied or unpacked, counted and hashed. Runs in a bounded thread. */
import { createHash } from 'node:crypto';
import { constants, createWriteStream } from 'node:fs';
import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { TooLargeError, UnprocessableError } from '../errors.ts';
import { createShelf, importableExtensions, type Shelf, type Source } from './delivered-parts.ts';
import { type UnzipLimits, unzip } from './unzip.ts';

export type LaidOut = {
  /** As delivered, without folders: of several files the one the others go with. */
  fileName: string;
  sha256: string;
  bytes: number;
  /** Day of the newest file in Asia/Shanghai. */
  fileDay: string;
  sources: Source[];
};

export type LayOutTask = { files: readonly string[]; folder: string; limits: UnzipLimits };

/** Files of a FileGDB, and parts of a shapefile that need not say anything. */
const mayBeEmpty = /\.gdb\/|\.(cpg|prj)$/i;

type Piece = { path: string; delivered: string; bytes: number; modified: Date };

/** Throws UnprocessableError or TooLargeError with what is wrong and what to do. */
export async function layOut({ files, folder, limits }: LayOutTask): Promise<LaidOut> {
  const shelf = createShelf(folder);
  const pieces = (await Promise.all(files.map(piecesOf))).flat();
  const bytes = pieces.reduce((sum, piece) => sum + piece.bytes, 0);
  if (bytes > limits.maxBytes) throw tooLarge(limits.maxBytes);
  const hollow = pieces.find((piece) => piece.bytes === 0 && !mayBeEmpty.test(piece.delivered));
  if (hollow !== undefined) throw emptyFile(hollow.delivered);
  const meter = createMeter(limits.maxBytes);
  const digests: string[] = [];
  let newest = '';
  const seen = (day: string): void => {
    if (day > newest) newest = day;
  };
  for (const { path, delivered, modified } of pieces) {
    const isZip = /\.(zip|kmz)$/i.test(path);
    if (isZip) {
      digests.push(await digestOf(path, meter.copy()));
      for (const day of await unzip(path, shelf, limits)) seen(day);
      continue;
    }
    const target = shelf.place(delivered);
    if (target === null) continue;
    digests.push(await copy(path, target, meter.copy()));
    seen(dayOf(modified));
  }
  const sources = shelf.sources();
  if (sources.length === 0) throw nothingToRead(files, shelf);
  const [only] = digests;
  const today = dayOf(new Date());
  return {
    fileName: basename(mainOf(files)),
    sha256: digests.length === 1 && only !== undefined ? only : digestOfDigests(digests),
    bytes,
    fileDay: newest === '' || newest > today ? today : newest,
    sources,
  };
}

/** The files behind one that is named: itself, the parts beside a .shp, the tables of a .gdb folder. */
async function piecesOf(file: string, _index: number, files: readonly string[]): Promise<Piece[]> {
  const described = await stat(file).catch(() => undefined);
  if (described === undefined) throw absent(file);
  if (described.isDirectory()) {
    if (!/\.gdb[/\\]?$/i.test(file)) throw notAFile(file);
    const names = await readdir(file);
    const pieces = await Promise.all(
      names.map((name) => pieceOf(join(file, name), `${basename(file)}/${name}`)),
    );
    return pieces.filter((piece) => piece !== null);
  }
  const piece = await pieceOf(file, basename(file));
  if (piece === null) throw notAFile(file);
  if (files.length > 1 || extname(file).toLowerCase() !== '.shp') return [piece];
  const stem = basename(file, extname(file)).toLowerCase();
  const folder = dirname(file);
  const siblings = (await readdir(folder)).filter(
    (name) => name !== basename(file) && basename(name, extname(name)).toLowerCase() === stem,
  );
  const parts = siblings.filter((name) => /\.(shx|dbf|prj|cpg)$/i.test(name));
  const others = await Promise.all(parts.map((name) => pieceOf(join(folder, name), name)));
  return [piece, ...others.filter((other) => other !== null)];
}

/** Null for what is no regular file: a pipe or a device has no end. */
async function pieceOf(path: string, delivered: string): Promise<Piece | null> {
  const { size, mtime, ...kind } = await stat(path).then((stats) => ({
    size: stats.size,
    mtime: stats.mtime,
    isFile: stats.isFile(),
  }));
  return kind.isFile ? { path, delivered, bytes: size, modified: mtime } : null;
}

/** Opened without waiting for a writer, in case the file was exchanged for a pipe. */
async function openRegular(path: string): Promise<FileHandle> {
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw notAFile(path);
}

async function copy(path: string, target: string, meter: Transform): Promise<string> {
  const handle = await openRegular(path);
  const hash = createHash('sha256');
  meter.on('data', (chunk: Buffer) => hash.update(chunk));
  await pipeline(
    handle.createReadStream({ highWaterMark: 1 << 20 }),
    meter,
    createWriteStream(target, { mode: 0o600 }),
  );
  return hash.digest('hex');
}

async function digestOf(path: string, meter: Transform): Promise<string> {
  const handle = await openRegular(path);
  const hash = createHash('sha256');
  await pipeline(handle.createReadStream({ highWaterMark: 1 << 20 }), meter, hash);
  return hash.digest('hex');
}

/** Counts what is read of all files together, since a file may grow while it is read. */
function createMeter(maxBytes: number): { copy(): Transform } {
  let bytes = 0;
  return {
    copy: () =>
      new Transform({
        transform(chunk: Buffer, _encoding, done) {
          bytes += chunk.length;
          if (bytes > maxBytes) done(tooLarge(maxBytes));
          else done(null, chunk);
        },
      }),
  };
}

function digestOfDigests(digests: readonly string[]): string {
  return createHash('sha256')
    .update([...digests].sort().join('\n'))
    .digest('hex');
}

/** The file the others go with. */
function mainOf(files: readonly string[]): string {
  return files.find((file) => !/\.(shx|dbf|prj|cpg|sbn|sbx|xml|qix)$/i.test(file)) ?? files[0] ?? '';
}

const shanghaiDay = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', dateStyle: 'short' });
function dayOf(date: Date): string {
  return shanghaiDay.format(date);
}

function tooLarge(maxBytes: number): TooLargeError {
  const megabytes = Math.round(maxBytes / 2 ** 20);
  return new TooLargeError({
    zh: `文件超过 ${megabytes} MB,请分批导入。`,
    en: `The file is larger than ${megabytes} MB; import it in parts.`,
  });
}

function absent(file: string): UnprocessableError {
  return new UnprocessableError({
    zh: `没有找到文件 ${file}。请核对路径(可用绝对路径)。`,
    en: `There is no file ${file}; check the path (an absolute one is safest).`,
  });
}

function emptyFile(name: string): UnprocessableError {
  return new UnprocessableError({
    zh: `文件 ${name} 是空的(0 字节),可能没有拷贝完,请重新拷贝。`,
    en: `The file ${name} is empty (0 bytes); it may not have been copied whole: copy it again.`,
  });
}

function notAFile(file: string): UnprocessableError {
  return new UnprocessableError({
    zh: `${file} 不是普通文件(可能是文件夹、管道或设备),不能导入。`,
    en: `${file} is no regular file (a folder, a pipe or a device) and cannot be imported.`,
  });
}

function nothingToRead(files: readonly string[], shelf: Shelf): UnprocessableError {
  const parts = files.filter((file) => /\.(shx|dbf|prj|cpg)$/i.test(file)).map((file) => basename(file));
  if (parts.length > 0) {
    return new UnprocessableError({
      zh: `只有 ${parts.join('、')},缺少同名的 .shp。请把 .shp、.shx、.dbf、.prj 一起提供。`,
      en: `Only ${parts.join(', ')}: the .shp is missing; give .shp, .shx, .dbf and .prj of the same name together.`,
    });
  }
  const isZip = files.some((file) => /\.(zip|kmz)$/i.test(file));
  const names = shelf.unread();
  const list = (isZip ? names : files.map((file) => basename(file))).slice(0, 5).join('、') || '—';
  const inner = names.some((name) => /\.(zip|rar|7z)$/i.test(name));
  const advice = inner
    ? {
        zh: '压缩包里还有压缩包,请先解开一层。',
        en: 'There is an archive inside the archive: unpack one of them first.',
      }
    : { zh: `可导入:${importableExtensions}。`, en: `What can be imported: ${importableExtensions}.` };
  return new UnprocessableError({
    zh: `${isZip ? '压缩包中没有可导入的数据' : '不支持的文件'}(${list})。${advice.zh}`,
    en: `${isZip ? 'The zip holds nothing that can be imported' : 'Files of this kind are not supported'} (${list}). ${advice.en}`,
  });
}
