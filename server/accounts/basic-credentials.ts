/**
 * HTTP Basic (RFC 7617) of programs such as QGIS, which send name and password with each request: a pair that was found right
 * is remembered for a while by a keyed digest, bound to the hash it was checked against.
 */
import { createHmac, randomBytes } from 'node:crypto';

export type Credentials = { username: string; password: string };

export type KnownCredentials = {
  has(credentials: Credentials, passwordHash: string): boolean;
  add(credentials: Credentials, passwordHash: string): void;
};

const rememberedMs = 5 * 60_000;
const mostRemembered = 1_000;

/** Undefined where the header has another scheme or is malformed. */
export function parseBasic(header: string | undefined): Credentials | undefined {
  const encoded = /^Basic +([A-Za-z0-9+/]{1,2000}={0,2}) *$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return undefined;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(encoded, 'base64'));
  } catch {
    return undefined;
  }
  const colon = text.indexOf(':');
  if (colon <= 0 || text.includes('\0')) return undefined;
  return { username: text.slice(0, colon).trim().toLowerCase(), password: text.slice(colon + 1) };
}

export function createKnownCredentials(now: () => number = Date.now): KnownCredentials {
  const key = randomBytes(32);
  const until = new Map<string, number>();
  const digestOf = ({ username, password }: Credentials, passwordHash: string): string =>
    createHmac('sha256', key)
      .update(JSON.stringify([username, password, passwordHash]))
      .digest('base64');
  return {
    has(credentials, passwordHash) {
      const digest = digestOf(credentials, passwordHash);
      const end = until.get(digest);
      if (end === undefined) return false;
      if (end > now()) return true;
      until.delete(digest);
      return false;
    },
    add(credentials, passwordHash) {
      const [oldest] = until.keys();
      if (until.size >= mostRemembered && oldest !== undefined) until.delete(oldest);
      until.set(digestOf(credentials, passwordHash), now() + rememberedMs);
    },
  };
}
