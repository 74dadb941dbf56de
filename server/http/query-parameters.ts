/** The query string, read strictly: what is unknown, repeated or malformed is said, never ignored. */
import type { IncomingMessage } from 'node:http';
import { BadRequestError, UriTooLongError } from '../errors.ts';

const maxQueryLength = 8_192;

/**
 * Decoded parameters by name, in no particular order. Throws UriTooLongError beyond 8 kB, and
 * BadRequestError for percent-encoding that is no UTF-8, a NUL character, and a parameter given twice.
 */
export function readQuery(request: IncomingMessage): Map<string, string> {
  const url = request.url ?? '/';
  const start = url.indexOf('?');
  const query = start < 0 ? '' : url.slice(start + 1);
  if (query.length > maxQueryLength) {
    throw new UriTooLongError({
      zh: `查询部分超过 ${maxQueryLength} 个字符,请减少条件或分次请求。`,
      en: `The query is longer than ${maxQueryLength} characters; use fewer conditions or several requests.`,
    });
  }
  const parameters = new Map<string, string>();
  for (const part of query.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = decode(equals < 0 ? part : part.slice(0, equals));
    const value = equals < 0 ? '' : decode(part.slice(equals + 1), name);
    if (parameters.has(name)) {
      throw new BadRequestError(
        {
          zh: `参数 ${name} 出现了多次;多个值请用逗号分隔写在一个参数中。`,
          en: `Parameter ${name} is given more than once; separate several values by commas in one parameter.`,
        },
        { field: name },
      );
    }
    parameters.set(name, value);
  }
  return parameters;
}

/** Throws BadRequestError naming the parameters that are not in `known`, and those that are. */
export function refuseUnknown(parameters: ReadonlyMap<string, string>, known: readonly string[]): void {
  const unknown = [...parameters.keys()].filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new BadRequestError(
    {
      zh: `未知的参数:${unknown.join('、')}。可用的参数:${known.join('、') || '无'}。`,
      en: `Unknown parameters: ${unknown.join(', ')}. Known here: ${known.join(', ') || 'none'}.`,
    },
    { field: unknown[0] ?? '' },
  );
}

function decode(text: string, field?: string): string {
  let decoded: string;
  try {
    decoded = decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new BadRequestError(
      {
        zh: '查询部分的百分号编码有误;请按 UTF-8 编码。',
        en: 'The query has malformed percent-encoding; encode it as UTF-8.',
      },
      field === undefined ? {} : { field },
    );
  }
  if (decoded.includes('\0')) {
    throw new BadRequestError(
      { zh: '查询部分含有空字符(%00)。', en: 'The query contains a NUL character (%00).' },
      field === undefined ? {} : { field },
    );
  }
  return decoded;
}

/** Throws BadRequestError for a path whose percent-encoding is no UTF-8 or holds a NUL character. */
export function checkPath(request: IncomingMessage): void {
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
  let decoded: string | undefined;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    decoded = undefined;
  }
  if (decoded === undefined || decoded.includes('\0')) {
    throw new BadRequestError({
      zh: '路径的百分号编码有误或含有空字符(%00)。',
      en: 'The path has malformed percent-encoding or a NUL character (%00).',
    });
  }
}
