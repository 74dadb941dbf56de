/** Sends an answer of the cache: encoding, ETag and 304, Vary. */
import type { Request, Response } from 'express';
import type { CachedAnswer } from './answer-cache.ts';
import { chooseEncoding } from './content-encoding.ts';

const vary = 'Accept-Encoding, Cookie, Authorization';

/** `varyLanguage`: the answer has words in the asked language. `isPrivate`: it is for somebody who signed in. */
export async function sendAnswer(
  request: Request,
  response: Response,
  answer: CachedAnswer,
  options: { varyLanguage: boolean; isPrivate: boolean },
): Promise<void> {
  const encoding = chooseEncoding(request.headers['accept-encoding'], request.ip ?? '', answer.length);
  const { bytes, etag } = await answer.encoded(encoding);
  if (response.destroyed) return;
  response.setHeader('ETag', etag);
  response.setHeader('Cache-Control', options.isPrivate ? 'private, no-cache' : 'no-cache');
  response.setHeader('Vary', options.varyLanguage ? `${vary}, Accept-Language` : vary);
  for (const name in answer.headers) response.setHeader(name, answer.headers[name] ?? '');
  if (matches(request.headers['if-none-match'], etag)) {
    response.status(304).end();
    return;
  }
  response.status(answer.status ?? 200);
  if (answer.status === 204) {
    response.end();
    return;
  }
  if (encoding !== 'identity') response.setHeader('Content-Encoding', encoding);
  response.set('Content-Type', answer.contentType);
  response.setHeader('Content-Length', bytes.length);
  if (request.method === 'HEAD') response.end();
  else response.end(bytes);
}

/** If-None-Match compares weakly (RFC 9110, 13.1.2). */
function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  return ifNoneMatch.split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === etag);
}
