/**
 * Reads a multipart form whose files are streamed to where the caller wants them, bounded in bytes, files and fields.
 * A sender that stalls is cut by the server's connection bounds. Names are handed on as they came: see uploaded-names.ts.
 */
import { statfs } from 'node:fs/promises';
import { type Readable, Transform, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import busboy from 'busboy';
import type { Request } from 'express';
import {
  BadRequestError,
  LantuError,
  RequestTimeoutError,
  StorageFullError,
  type TooLargeError,
  UnsupportedMediaTypeError,
} from '../errors.ts';

export type FormLimits = { totalBytes: number; files: number; fields: number };

export type FormReader = {
  limits: FormLimits;
  /** Where the next file goes; its name is bytes as latin1, or text beyond that. What it throws refuses the form. */
  accept(givenName: string): Writable;
  /** Undefined where no field is expected: `words.fields` is thrown then. */
  field?(name: string, value: string): void;
  words: {
    tooLarge: () => TooLargeError;
    tooManyFiles: () => TooLargeError;
    fields: () => BadRequestError;
  };
};

/** Kept free for the database, which is worse off on a full disk than an upload. */
const spareBytes = 256 * 1024 * 1024;
const longestField = 1_000;

/**
 * Resolves when every file has been written to its end. Throws UnsupportedMediaTypeError for what is no multipart form,
 * BadRequestError for a malformed one or one without files, the reader's own words beyond its limits, StorageFullError
 * where the disk of `folder` has no room, RequestTimeoutError where the sender leaves; whatever was written is then
 * ended, and the caller removes it.
 */
export async function readForm(request: Request, folder: string, reader: FormReader): Promise<void> {
  const parser = openParser(request, reader.limits);
  const announced = announcedBytes(request);
  // The form around the files takes a little itself.
  if (announced > reader.limits.totalBytes + 1_000_000) throw reader.words.tooLarge();
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < announced + spareBytes) throw noRoom();
  await receive(request, parser, reader);
}

function announcedBytes(request: Request): number {
  return Number(request.headers['content-length'] ?? 0);
}

function openParser(request: Request, limits: FormLimits): busboy.Busboy {
  try {
    return busboy({
      headers: request.headers,
      // Bytes as they are: what a name means is found out elsewhere.
      defParamCharset: 'latin1',
      limits: {
        files: limits.files,
        fields: limits.fields,
        parts: limits.files + limits.fields + 1,
        fieldNameSize: 200,
        fieldSize: longestField,
      },
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

function receive(request: Request, parser: busboy.Busboy, reader: FormReader): Promise<void> {
  return new Promise((resolve, reject) => {
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
      let target: Writable;
      try {
        target = reader.accept(filename ?? '');
      } catch (error) {
        return fail(error);
      }
      const count = new Transform({
        transform(piece: Buffer, _encoding, done) {
          bytes += piece.length;
          if (bytes > reader.limits.totalBytes) done(reader.words.tooLarge());
          else done(null, piece);
        },
      });
      const written = pipeline(stream, count, target);
      written.catch(fail);
      writing.push(written);
    });
    parser.on('field', (name, value, { nameTruncated, valueTruncated }) => {
      if (reader.field === undefined) return fail(reader.words.fields());
      if (nameTruncated || valueTruncated) return fail(longField());
      try {
        reader.field(name, value);
      } catch (error) {
        fail(error);
      }
    });
    parser.on('filesLimit', () => fail(reader.words.tooManyFiles()));
    parser.on('partsLimit', () => fail(reader.words.tooManyFiles()));
    parser.on('fieldsLimit', () => fail(reader.words.fields()));
    parser.on('error', fail);
    parser.on('close', () => {
      Promise.all(writing).then(() => {
        if (streams.length === 0) fail(nothingSent());
        if (!isOver) resolve();
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

function nothingSent(): BadRequestError {
  return new BadRequestError({ zh: '上传中没有文件。', en: 'The upload holds no file.' }, { field: 'body' });
}

function longField(): BadRequestError {
  return new BadRequestError(
    {
      zh: `表单字段的名称或内容过长(上限 ${longestField} 字节)。`,
      en: `A field of the form is too long (${longestField} bytes at most).`,
    },
    { field: 'body' },
  );
}
