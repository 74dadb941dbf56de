/** Reads an archive file part by part and proves it whole: structure, counts and checksum. Knows no database. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import type { z } from 'zod';
import { LantuError, UnprocessableError } from '../errors.ts';
import {
  type ArchiveHeader,
  type ArchivePart,
  contentSchema,
  formatVersion,
  headerSchema,
  lineAfterTablesSchema,
  preambleSchema,
  rowSchema,
  tableLineSchema,
} from './archive-format.ts';

/**
 * The parts in order. Only when the last one has been asked for is the archive known to be whole.
 * Throws UnprocessableError when the file is missing, no archive, truncated, altered, or of a newer format.
 */
export async function* readArchive(path: string): AsyncGenerator<ArchivePart> {
  const lines = archiveLines(path);
  const hash = createHash('sha256');
  const next = async (): Promise<Buffer> => {
    const { value, done } = await lines.next();
    if (done) throw damaged(path, 'it ends early');
    return value;
  };
  try {
    const first = await next();
    hash.update(first);
    const header = parseHeader(path, first);
    yield { kind: 'header', header };
    for (const table of header.tables) {
      const start = await next();
      hash.update(start);
      if (parseLine(path, start, tableLineSchema).table !== table.name) throw damaged(path, 'tables differ');
      yield { kind: 'table', table };
      for (let row = 0; row < table.rows; row += 1) {
        const line = await next();
        hash.update(line);
        const values = parseLine(path, line, rowSchema);
        if (values.length !== table.columns.length) throw damaged(path, `a row of ${table.name}`);
        yield { kind: 'row', values, bytes: line.length };
      }
    }
    for (;;) {
      const line = await next();
      const parsed = parseLine(path, line, lineAfterTablesSchema);
      if ('end' in parsed) {
        if (parsed.sha256 !== hash.digest('hex')) throw damaged(path, 'checksum');
        break;
      }
      hash.update(line);
      yield { kind: 'file', sha256: parsed.file, bytes: parsed.bytes };
      const content = createHash('sha256');
      for (let left = parsed.bytes; left > 0; ) {
        const written = await next();
        hash.update(written);
        const piece = Buffer.from(parseLine(path, written, contentSchema), 'base64');
        content.update(piece);
        left -= piece.length;
        const isLast = left <= 0;
        if (piece.length === 0 || left < 0 || (isLast && content.digest('hex') !== parsed.file))
          throw damaged(path, `file ${parsed.file}`);
        yield { kind: 'content', piece, isLast };
      }
    }
    if (!(await lines.next()).done) throw damaged(path, 'it goes on after its end');
  } finally {
    await lines.return(undefined);
  }
}

/** The header of an archive that was read to its end, and how many files of evidence it holds. Throws as readArchive. */
export async function verifyArchive(
  path: string,
  signal: AbortSignal,
): Promise<{ header: ArchiveHeader; files: number }> {
  let header: ArchiveHeader | undefined;
  let files = 0;
  for await (const part of readArchive(path)) {
    if (part.kind === 'header') header = part.header;
    if (part.kind === 'table' || part.kind === 'file') signal.throwIfAborted();
    if (part.kind === 'file') files += 1;
  }
  if (header === undefined) throw damaged(path, 'no header');
  return { header, files };
}

function parseHeader(path: string, line: Buffer): ArchiveHeader {
  const { format } = parseLine(path, line, preambleSchema);
  if (format > formatVersion) {
    throw new UnprocessableError({
      zh: `备份 ${path} 由较新版本的览图写成(格式 ${format}),请用较新版本恢复。`,
      en: `The archive ${path} was written by a newer Lantu (format ${format}); restore it with that one.`,
    });
  }
  return parseLine(path, line, headerSchema);
}

function parseLine<Schema extends z.ZodType>(path: string, line: Buffer, schema: Schema): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(line.toString('utf8')));
  } catch (error) {
    throw damaged(path, 'a line is not as it should be', error);
  }
}

/** Lines with their line feed. Every failure of file or gzip is an UnprocessableError. */
async function* archiveLines(path: string): AsyncGenerator<Buffer, undefined> {
  const gunzip = createGunzip();
  const file = createReadStream(path).on('error', (error) => gunzip.destroy(error));
  file.pipe(gunzip);
  const open: Buffer[] = [];
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      let start = 0;
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, start)) {
        open.push(chunk.subarray(start, at + 1));
        yield Buffer.concat(open.splice(0));
        start = at + 1;
      }
      if (start < chunk.length) open.push(chunk.subarray(start));
    }
  } catch (error) {
    throw error instanceof LantuError ? error : unreadable(path, error);
  } finally {
    file.destroy();
    gunzip.destroy();
  }
  if (open.length > 0) throw damaged(path, 'it ends within a line');
}

function unreadable(path: string, error: unknown): LantuError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('Z_')) return damaged(path, code, error);
  const absent = code === 'ENOENT';
  return new UnprocessableError(
    {
      zh: absent ? `没有文件 ${path}` : `无法读取文件 ${path}(${code || String(error)})`,
      en: absent ? `There is no file ${path}` : `The file ${path} cannot be read (${code || String(error)})`,
    },
    { cause: error },
  );
}

function damaged(path: string, what: string, cause?: unknown): LantuError {
  return new UnprocessableError(
    {
      zh: `文件 ${path} 不是完整的览图备份:不完整、被改动过或格式不符(${what})。数据库没有改变。`,
      en: `The file ${path} is not a whole Lantu archive: truncated, altered or something else (${what}). The database is unchanged.`,
    },
    { cause },
  );
}
