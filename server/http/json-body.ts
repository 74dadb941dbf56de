/** Reads a request body as JSON, strictly and within limits, and checks it. */
import type { Request } from 'express';
import { z } from 'zod';
import {
  BadRequestError,
  RequestTimeoutError,
  TooLargeError,
  UnprocessableError,
  UnsupportedMediaTypeError,
} from '../errors.ts';

const usualMostBytes = 256 * 1024;
/** From one piece of the body to the next. */
const stallMs = 15_000;

/**
 * The checked body. Throws UnsupportedMediaTypeError for what is not plain JSON, TooLargeError beyond `mostBytes`,
 * RequestTimeoutError where nothing comes for 15 s, BadRequestError for malformed JSON, and UnprocessableError
 * naming the first properties that are not as they should be.
 */
export async function readJsonBody<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
  mostBytes = usualMostBytes,
): Promise<z.output<Schema>> {
  const [type = ''] = (request.headers['content-type'] ?? '').split(';', 1);
  if (type.trim().toLowerCase() !== 'application/json') throw wrongType('Content-Type');
  if (request.headers['content-encoding'] !== undefined) throw wrongType('Content-Encoding');
  return checkShape(parse(await receive(request, mostBytes)), schema);
}

/** The value, checked. Throws UnprocessableError naming the first properties that are not as they should be. */
export function checkShape<Schema extends z.ZodType>(value: unknown, schema: Schema): z.output<Schema> {
  const checked = schema.safeParse(value);
  if (checked.success) return checked.data;
  const { issues } = checked.error;
  const inChinese = schema.safeParse(value, { error: z.locales.zhCN().localeError }).error?.issues ?? issues;
  throw new UnprocessableError(
    { zh: describe(inChinese), en: describe(issues) },
    { field: issues[0]?.path.join('.') || 'body' },
  );
}

function receive(request: Request, mostBytes: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) return Promise.reject(tooLarge(mostBytes));
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let bytes = 0;
    const end = (settle: () => void): void => {
      clearTimeout(stalled);
      request.off('data', onData).off('end', onEnd).off('error', onGone).off('close', onGone);
      // What still comes is not kept.
      request.on('error', () => undefined).resume();
      settle();
    };
    const onData = (piece: Buffer): void => {
      bytes += piece.length;
      stalled.refresh();
      if (bytes > mostBytes) end(() => reject(tooLarge(mostBytes)));
      else pieces.push(piece);
    };
    const onEnd = (): void => end(() => resolve(Buffer.concat(pieces)));
    const onGone = (): void => end(() => reject(incomplete()));
    const stalled = setTimeout(() => end(() => reject(incomplete())), stallMs);
    request.on('data', onData).on('end', onEnd).on('error', onGone).on('close', onGone);
  });
}

function parse(bytes: Buffer): unknown {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes), (name, part: unknown) => {
      if (!isStorable(name) || (typeof part === 'string' && !isStorable(part))) throw new SyntaxError();
      return part;
    });
  } catch {
    throw new BadRequestError(
      {
        zh: '请求正文不是有效的 JSON(UTF-8,不含空字符和残缺的字符)。',
        en: 'The body is no valid JSON (UTF-8, without NUL and without halves of characters).',
      },
      { field: 'body' },
    );
  }
  return value;
}

/** What PostgreSQL takes as a text: no NUL, no half of a surrogate pair. */
function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

function describe(issues: readonly z.core.$ZodIssue[]): string {
  return issues
    .slice(0, 5)
    .map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`).slice(0, 300))
    .join('\n');
}

function wrongType(field: string): UnsupportedMediaTypeError {
  return new UnsupportedMediaTypeError(
    {
      zh: '请求正文应为 JSON(Content-Type: application/json),不压缩。',
      en: 'The body must be JSON (Content-Type: application/json), not compressed.',
    },
    { field },
  );
}

function tooLarge(mostBytes: number): TooLargeError {
  return new TooLargeError({
    zh: `请求正文超过 ${mostBytes / 1024} kB。`,
    en: `The body is larger than ${mostBytes / 1024} kB.`,
  });
}

function incomplete(): RequestTimeoutError {
  return new RequestTimeoutError({
    zh: '请求正文没有发完,请重试。',
    en: 'The body did not arrive whole; send it again.',
  });
}
