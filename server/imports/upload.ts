/**
 * Takes in the files of one upload: multipart, streamed to disk piece by piece, bounded in bytes and number.
 * Whatever goes wrong, nothing of it stays. A sender that stalls is cut by the server's connection bounds.
 */
import { createWriteStream } from 'node:fs';
import { mkdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import busboy from 'busboy';
import type { Request } from 'express';
import { uploadLimits } from '../../geodata/contract/imports.ts';
import {
  BadRequestError,
  LantuError,
  RequestTimeoutError,
  StorageFullError,
  TooLargeError,
  UnprocessableError,
  UnsupportedMediaTypeError,
} from '../errors.ts';
import { shownName, storedName } from './uploaded-names.ts';

export type Upload = {
  /** As their sender named them. */
  fileNames: string[];
  /** Where they lie, in full, in the same order. */
  paths: string[];
};

export type UploadLimits = { totalBytes: number; files: number };

/** Kept free for the database, which is worse off on a full disk than an upload. */
const spareBytes = 256 * 1024 * 1024;

/**
 * The files of the request's body, stored in `folder`, which is made. Throws UnsupportedMediaTypeError for what is no
 * multipart form, BadRequestError for a malformed one, TooLargeError beyond the limits, StorageFullError,
 * UnprocessableError for files that make no delivery, RequestTimeoutError where the sender leaves.
 */
export async function receiveUpload(
  request: Request,
  folder: string,
  limits: UploadLimits = uploadLimits,
): Promise<Upload> {
  const parser = openParser(request, limits);
  const announced = Number(request.headers['content-length'] ?? 0);
  // The form around the files takes a little itself.
  if (announced > limits.totalBytes + 1_000_000) throw tooLarge(limits);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    await checkRoom(folder, announced);
    const files = await receiveFiles(request, parser, folder, limits);
    return {
      fileNames: files.map(({ shown }) => shown),
      paths: files.map(({ stored }) => join(folder, stored)),
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

function openParser(request: Request, limits: UploadLimits): busboy.Busboy {
  try {
    return busboy({
      headers: request.headers,
      // Bytes as they are: shownName finds out what they mean.
      defParamCharset: 'latin1',
      limits: { files: limits.files, fields: 0, parts: limits.files + 1, fieldNameSize: 200 },
    });
  } catch (error) {
    throw new UnsupportedMediaTypeError(
      {
        zh: '请以 multipart/form-data 上传文件。',
        en: 'Send the files as multipart/form-data.',
      },
      { field: 'Content-Type', cause: error },
    );
  }
}

type StoredFile = { shown: string; stored: string };

function receiveFiles(
  request: Request,
  parser: busboy.Busboy,
  folder: string,
  limits: UploadLimits,
): Promise<StoredFile[]> {
  return new Promise((resolve, reject) => {
    const files: StoredFile[] = [];
    const streams: Readable[] = [];
    const writing: Promise<void>[] = [];
    let bytes = 0;
    let isOver = false;

    function fail(error: unknown): void {
      if (isOver) return;
      isOver = true;
      request.unpipe(parser);
      parser.destroy();
      // The parser leaves the file it was in the middle of as it is, and only an error ends its writing.
      for (const stream of streams) stream.destroy(new Error('the upload was given up'));
      // What still comes is not kept; the server closes the connection if it does not end.
      request.on('error', () => undefined).resume();
      void Promise.allSettled(writing).then(() => reject(asUploadError(error)));
    }

    parser.on('file', (_field, stream, { filename }) => {
      // Also when the form is torn: without a listener its error would end the process.
      stream.on('error', fail);
      streams.push(stream);
      const shown = shownName(filename ?? '');
      const stored = storedName(shown);
      if (shown === '') return fail(namelessFile());
      if (files.some((file) => file.stored.toLowerCase() === stored.toLowerCase())) return fail(twice(shown));
      files.push({ shown, stored });
      const count = new Transform({
        transform(piece: Buffer, _encoding, done) {
          bytes += piece.length;
          if (bytes > limits.totalBytes) done(tooLarge(limits));
          else done(null, piece);
        },
      });
      const target = createWriteStream(join(folder, stored), { flags: 'wx', mode: 0o600 });
      const written = pipeline(stream, count, target);
      written.catch(fail);
      writing.push(written);
    });
    parser.on('filesLimit', () => fail(tooManyFiles(limits)));
    parser.on('partsLimit', () => fail(tooManyFiles(limits)));
    parser.on('fieldsLimit', () => fail(onlyFiles()));
    parser.on('error', fail);
    parser.on('close', () => {
      Promise.all(writing).then(() => {
        if (files.length === 0) fail(nothingSent());
        if (!isOver) resolve(files);
        isOver = true;
      }, fail);
    });
    // Gone while room was made for it: no event would tell.
    if (request.destroyed) return fail(left());
    request.on('aborted', () => fail(left()));
    request.on('error', fail);
    request.pipe(parser);
  });
}

async function checkRoom(folder: string, announced: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < announced + spareBytes) throw noRoom();
}

function asUploadError(error: unknown): unknown {
  if (error instanceof LantuError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT') return noRoom();
  if (code === 'ECONNRESET') return left();
  if (typeof code === 'string' && /^E[A-Z]+$/.test(code)) return error;
  return new BadRequestError(
    {
      zh: '上传内容不完整或格式有误,请重新上传。',
      en: 'The upload is incomplete or malformed; send it again.',
    },
    { field: 'body', cause: error },
  );
}

function tooLarge({ totalBytes }: UploadLimits): TooLargeError {
  const megabytes = Math.round(totalBytes / 1024 / 1024);
  return new TooLargeError({
    zh: `一次上传不能超过 ${megabytes} MB。请分批上传,或在服务器上用 npm run import 导入。`,
    en: `One upload may not be more than ${megabytes} MB; send it in parts, or use npm run import on the server.`,
  });
}

function tooManyFiles({ files }: UploadLimits): TooLargeError {
  return new TooLargeError({
    zh: `一次上传不能超过 ${files} 个文件。`,
    en: `One upload may not hold more than ${files} files.`,
  });
}

function noRoom(): StorageFullError {
  return new StorageFullError({
    zh: '服务器磁盘空间不足,没有保存上传的文件。请清理数据目录所在磁盘后重试。',
    en: 'The disk of the server has no room, and nothing of the upload was kept. Make room on the disk of the data folder and try again.',
  });
}

function left(): RequestTimeoutError {
  return new RequestTimeoutError({
    zh: '上传中断,没有保存任何文件,请重新上传。',
    en: 'The upload broke off and nothing of it was kept; send it again.',
  });
}

function onlyFiles(): BadRequestError {
  return new BadRequestError(
    {
      zh: '上传中只能有文件;入库设置请随后用 PATCH 提交。',
      en: 'An upload holds files only; settings follow by PATCH.',
    },
    { field: 'body' },
  );
}

function nothingSent(): BadRequestError {
  return new BadRequestError({ zh: '上传中没有文件。', en: 'The upload holds no file.' }, { field: 'body' });
}

function namelessFile(): BadRequestError {
  return new BadRequestError(
    { zh: '上传中有没有文件名的部分。', en: 'A part of the upload has no file name.' },
    { field: 'body' },
  );
}

function twice(name: string): UnprocessableError {
  return new UnprocessableError({
    zh: `上传中有两个名为“${name}”的文件(不分大小写,特殊符号视为相同),请改名后重新上传。`,
    en: `The upload holds two files named "${name}" (letter case and special signs aside); rename one and send it again.`,
  });
}
