/** Signing in with the token of this start, and what protects a session; no database is asked. */
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csrfHeader, type Session, sessionSchema } from '../../geodata/contract/session.ts';
import type { Database } from '../../server/db/database.ts';
import { administratorToken, type ServiceUnderTest, startService } from '../features/service-under-test.ts';

type Answer = {
  status: number;
  session: Session;
  code: string | undefined;
  cookie: string;
  headers: Headers;
};
type Sent = { headers?: Record<string, string>; body?: string };

const noDatabase = {} as Database;
const json = { 'content-type': 'application/json' };
const rightToken = JSON.stringify({ token: administratorToken });

async function ask(
  service: ServiceUnderTest,
  method: string,
  { headers = {}, body }: Sent = {},
): Promise<Answer> {
  const answer = await fetch(`${service.url}/api/session`, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
  });
  const content = (await answer.json()) as Session & { code?: string };
  return {
    status: answer.status,
    session: answer.ok ? sessionSchema.parse(content) : content,
    code: content.code,
    cookie: (answer.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '',
    headers: answer.headers,
  };
}

const signIn = (service: ServiceUnderTest, headers: Record<string, string> = {}): Promise<Answer> =>
  ask(service, 'POST', { headers: { ...json, ...headers }, body: rightToken });

describe('a session', () => {
  let service: ServiceUnderTest;
  const lines: string[] = [];
  beforeAll(async () => {
    const log = pino({ level: 'trace' }, { write: (line: string) => lines.push(line) });
    service = await startService(noDatabase, { log });
  });
  afterAll(() => service.close());

  it('is anonymous at first, and never kept by a cache', async () => {
    const { status, session, headers } = await ask(service, 'GET');
    expect(status).toBe(200);
    expect(session).toEqual({
      account: { role: 'anonymous', name: null },
      csrfToken: null,
      maySignInHere: true,
    });
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('makes an administrator of whoever has the token, by a cookie no script and no other site can use', async () => {
    const signedIn = await signIn(service);
    expect(signedIn.status).toBe(200);
    expect(signedIn.session.account.role).toBe('administrator');
    const cookie = signedIn.headers.get('set-cookie') ?? '';
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain('SameSite=Strict');
    expect(cookie).toContain('Path=/');
    expect(cookie).not.toContain('Secure');
    expect(cookie).not.toContain(administratorToken);
    const again = await ask(service, 'GET', { headers: { cookie: signedIn.cookie } });
    expect(again.session).toEqual(signedIn.session);
    expect((await ask(service, 'GET')).session.account.role).toBe('anonymous');
  });

  it('ends by signing out, which needs its CSRF token', async () => {
    const { cookie, session } = await signIn(service);
    const without = await ask(service, 'DELETE', { headers: { cookie } });
    expect([without.status, without.code]).toEqual([403, 'forbidden']);
    const wrong = await ask(service, 'DELETE', { headers: { cookie, [csrfHeader]: 'x'.repeat(43) } });
    expect(wrong.status).toBe(403);
    expect((await ask(service, 'GET', { headers: { cookie } })).session.account.role).toBe('administrator');
    const out = await ask(service, 'DELETE', { headers: { cookie, [csrfHeader]: session.csrfToken ?? '' } });
    expect(out.session.account.role).toBe('anonymous');
    expect((await ask(service, 'GET', { headers: { cookie } })).session.account.role).toBe('anonymous');
  });

  it('is a new one with each sign-in, which ends the one before', async () => {
    const first = await signIn(service);
    const second = await signIn(service, { cookie: first.cookie });
    expect(second.cookie).not.toBe(first.cookie);
    const { session } = await ask(service, 'GET', { headers: { cookie: first.cookie } });
    expect(session.account.role).toBe('anonymous');
  });

  it('is not opened by a page of another site', async () => {
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of foreign) {
      const { status, code } = await signIn(service, headers);
      expect([status, code], JSON.stringify(headers)).toEqual([403, 'forbidden']);
    }
    const own = await signIn(service, { origin: service.url, 'sec-fetch-site': 'same-origin' });
    expect(own.status).toBe(200);
  });

  it('refuses every other body and says what is wrong with it', async () => {
    const cases: [Sent, number, string][] = [
      [{ body: rightToken, headers: { 'content-type': 'text/plain' } }, 415, 'unsupported-media-type'],
      [{ body: rightToken, headers: { ...json, 'content-encoding': 'gzip' } }, 415, 'unsupported-media-type'],
      [{ body: '{"token":', headers: json }, 400, 'bad-request'],
      [{ body: '{"token":"a\\u0000b"}', headers: json }, 400, 'bad-request'],
      [{ body: '{"token":"\\ud800"}', headers: json }, 400, 'bad-request'],
      [{ body: '{"a\\u0000b":1}', headers: json }, 400, 'bad-request'],
      [{ body: '[]', headers: json }, 422, 'unprocessable'],
      [{ body: '{"token":5}', headers: json }, 422, 'unprocessable'],
      [{ body: '{"token":"a","more":1}', headers: json }, 422, 'unprocessable'],
      [{ body: `${'['.repeat(100_000)}${']'.repeat(100_000)}`, headers: json }, 400, 'bad-request'],
      [{ body: `{"token":"${'x'.repeat(300_000)}"}`, headers: json }, 413, 'too-large'],
    ];
    for (const [sent, status, code] of cases) {
      const answer = await ask(service, 'POST', sent);
      expect([answer.status, answer.code], sent.body?.slice(0, 40)).toEqual([status, code]);
    }
    expect((await ask(service, 'PUT')).status).toBe(405);
  });

  it('never puts the token into the log', async () => {
    await ask(service, 'POST', { headers: json, body: '{"token":"a-wrong-token"}' });
    await fetch(`${service.url}/api/session`, { headers: { authorization: `Bearer ${administratorToken}` } });
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join('')).not.toContain(administratorToken);
    expect(lines.join('')).not.toContain('a-wrong-token');
  });
});

describe('the token', () => {
  let service: ServiceUnderTest;
  const status = (headers: Record<string, string>) => ask(service, 'GET', { headers });

  async function withService(options: Parameters<typeof startService>[1], work: () => Promise<void>) {
    service = await startService(noDatabase, options);
    try {
      await work();
    } finally {
      await service.close();
    }
  }

  it('opens as a bearer too, for programs', () =>
    withService({}, async () => {
      const { session } = await status({ authorization: `Bearer ${administratorToken}` });
      expect(session.account.role).toBe('administrator');
      expect(session.csrfToken).toBeNull();
      const wrong = await status({ authorization: 'Bearer wrong' });
      expect([wrong.status, wrong.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="lantu"']);
      // Of a proxy that asks for a password of its own.
      expect((await status({ authorization: 'Basic YTpi' })).status).toBe(200);
    }));

  it('is tried ten times a minute, then not even the right one is looked at', () =>
    withService({}, async () => {
      for (let attempt = 0; attempt < 10; attempt += 1) {
        const { status, code } = await ask(service, 'POST', { headers: json, body: '{"token":"guess"}' });
        expect([status, code]).toEqual([401, 'unauthorized']);
      }
      const refused = await signIn(service);
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60']);
      expect((await ask(service, 'GET')).status).toBe(200);
    }));

  it('does not keep people from signing in when a program goes on with an old one', () =>
    withService({}, async () => {
      for (let attempt = 0; attempt < 10; attempt += 1) {
        expect((await status({ authorization: 'Bearer old' })).status).toBe(401);
      }
      expect((await status({ authorization: `Bearer ${administratorToken}` })).status).toBe(429);
      expect((await signIn(service)).status).toBe(200);
    }));

  it('is not taken from elsewhere: behind a proxy on this machine, trusted or not', async () => {
    const elsewhere = { 'x-forwarded-for': '203.0.113.7' };
    for (const trustProxy of [false, 1, ['loopback']] as const) {
      await withService({ config: { trustProxy: trustProxy as false } }, async () => {
        const { cookie } = await signIn(service, trustProxy === false ? {} : { 'x-forwarded-for': '::1' });
        expect(cookie).toContain('lantu_session=');
        const refused = await signIn(service, elsewhere);
        expect([refused.status, refused.code]).toEqual([403, 'forbidden']);
        const bearer = await status({ ...elsewhere, authorization: `Bearer ${administratorToken}` });
        expect(bearer.status).toBe(403);
        const { session } = await status({ ...elsewhere, cookie });
        expect([session.maySignInHere, session.account.role]).toEqual([false, 'anonymous']);
      });
    }
    await withService({ config: { trustProxy: 1 } }, async () => {
      expect((await signIn(service, { 'x-forwarded-for': '127.0.0.1' })).status).toBe(200);
    });
  });

  it('gives a cookie for TLS and for the base path where these are', () =>
    withService({ config: { basePath: '/lantu', trustProxy: 1 } }, async () => {
      const answer = await signIn(service, {
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-proto': 'https',
      });
      const cookie = answer.headers.get('set-cookie') ?? '';
      expect(cookie).toContain('Secure');
      expect(cookie).toContain('Path=/lantu');
    }));

  it('opens nothing in a service that was started without one', () =>
    withService({ administratorToken: undefined }, async () => {
      const { status, code } = await signIn(service);
      expect([status, code]).toEqual([403, 'forbidden']);
      expect((await ask(service, 'GET')).session.maySignInHere).toBe(false);
    }));
});
