/** Requests that change something: POST, PATCH, PUT and DELETE with the token of the session beside the cookie. */
import type { z } from 'zod';
import { csrfHeader } from '../../geodata/contract/session.ts';
import { RequestError, readAnswer } from './request.ts';

export type Write<Output> = {
  method: 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  url: string;
  body?: unknown;
  /** What the asker saw of what is changed: refused with 412 when it has changed since. */
  version?: number;
  /** Null without a session. */
  csrfToken: string | null;
  schema: z.ZodType<Output>;
};

/** The parsed answer; an answer without a body is parsed as null. Throws RequestError. */
export async function writeJson<Output>({ method, url, body, version, csrfToken, schema }: Write<Output>) {
  let response: Response;
  try {
    response = await fetch(url, {
      method,
      headers: {
        ...writeHeaders(csrfToken),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw new RequestError({ cause: 'unreachable' });
  }
  const text = await response.text().catch(() => '');
  return readAnswer(response.status, text, schema);
}

/** Headers of every request that changes something. */
export function writeHeaders(csrfToken: string | null): Record<string, string> {
  return {
    accept: 'application/json',
    'accept-language': document.documentElement.lang,
    ...(csrfToken === null ? {} : { [csrfHeader]: csrfToken }),
  };
}
