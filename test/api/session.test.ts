/** Signing in with a username and a password, what protects a session, and how guessing ends. */
import pino from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { csrfHeader, type Session, sessionSchema } from '../../geodata/contract/session.ts';
import { attemptLimits } from '../../server/accounts/attempts.ts';
import { addAccount, changeAccount, resetPassword } from '../../server/accounts/manage-accounts.ts';
import type { Config } from '../../server/config.ts';
import type { Database } from '../../server/db/database.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { type ServiceUnderTest, startService } from '../features/service-under-test.ts';

type Answer = {
  status: number;
  session: Session;
  problem: { code?: string; detail?: string; field?: string };
  cookie: string;
  headers: Headers;
};
type Headers_ = Record<string, string>;
type Person = { id: string; username: string; password: string };

const json = { 'content-type': 'application/json' };
const lookup = { class: 'lookup' } as const;

describeOnEngines('a session', ({ open }) => {
  let database: Database;
  let service: ServiceUnderTest;
  const lines: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => lines.push(line) });
  let count = 0;
  beforeAll(async () => {
    database = await open();
    service = await startService(database, { log });
  });
  afterAll(() => service.close());

  async function ask(
    method: string,
    headers: Headers_ = {},
    body?: unknown,
    path = '/api/session',
    at = service,
  ): Promise<Answer> {
    const answer = await fetch(`${at.url}${path}`, {
      method,
      headers: { ...(body === undefined ? {} : json), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const content = (await answer.json()) as Session & Answer['problem'];
    return {
      status: answer.status,
      session: answer.ok ? sessionSchema.parse(content) : content,
      problem: content,
      cookie: (answer.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '',
      headers: answer.headers,
    };
  }
  const signIn = (
    { username, password }: Omit<Person, 'id'>,
    headers: Headers_ = {},
    at = service,
  ): Promise<Answer> => ask('POST', headers, { username, password }, '/api/session', at);
  const whoIs = async (headers: Headers_, at = service): Promise<string> => {
    const { session } = await ask('GET', headers, undefined, '/api/session', at);
    return session.account.role === 'anonymous' ? 'anonymous' : session.account.username;
  };
  const ownHeaders = ({ cookie, session }: Answer): Headers_ => ({
    cookie,
    [csrfHeader]: session.csrfToken ?? '',
  });

  /** An account whose password need not be changed. */
  async function person(): Promise<Person> {
    count += 1;
    const username = `person-${count}`;
    const { account, password } = await addAccount(
      service.context,
      { username, name: `人员 ${count}`, role: 'viewer', layers: [], units: [] },
      { actor: 'test', isSample: true },
    );
    return { id: account.id, username, password };
  }
  async function withService(config: Partial<Config>, work: (at: ServiceUnderTest) => Promise<void>) {
    const at = await startService(database, { config });
    try {
      await work(at);
    } finally {
      await at.close();
    }
  }

  it('is anonymous at first, and never kept by a cache', async () => {
    const { status, session, headers } = await ask('GET');
    expect(status).toBe(200);
    expect(session).toEqual({ account: { role: 'anonymous', name: null }, csrfToken: null });
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('is opened by username and password, with a cookie no script and no other site can use', async () => {
    const somebody = await person();
    const opened = await signIn({ ...somebody, username: ` ${somebody.username.toUpperCase()} ` });
    expect(opened.status).toBe(200);
    expect(opened.session.account).toMatchObject({ username: somebody.username, role: 'viewer' });
    const cookie = opened.headers.get('set-cookie') ?? '';
    for (const part of ['HttpOnly', 'SameSite=Strict', 'Path=/']) expect(cookie).toContain(part);
    expect(cookie).not.toContain('Secure');
    const again = await ask('GET', { cookie: opened.cookie });
    expect(again.session).toEqual(opened.session);
    expect(await whoIs({})).toBe('anonymous');
  });

  it('stands in the database by a hash only, and so does the password', async () => {
    const somebody = await person();
    const opened = await signIn(somebody);
    const stored = JSON.stringify([
      await database.query('select * from app.session', [], lookup),
      await database.query('select * from app.account', [], lookup),
      await database.query('select * from app.audit', [], lookup),
      await database.query('select * from app.sign_in_attempt', [], lookup),
    ]);
    expect(stored).toContain(somebody.username);
    expect(stored).toContain('$argon2id$');
    for (const secret of [somebody.password, opened.cookie.split('=')[1], opened.session.csrfToken]) {
      expect(stored).not.toContain(secret);
      expect(lines.join('')).not.toContain(secret);
    }
  });

  it('ends by signing out, which needs its CSRF token', async () => {
    const opened = await signIn(await person());
    const { cookie } = opened;
    expect((await ask('DELETE', { cookie })).problem.code).toBe('forbidden');
    expect((await ask('DELETE', { cookie, [csrfHeader]: 'x'.repeat(43) })).status).toBe(403);
    expect(await whoIs({ cookie })).not.toBe('anonymous');
    const out = await ask('DELETE', ownHeaders(opened));
    expect(out.session.account.role).toBe('anonymous');
    expect(await whoIs({ cookie })).toBe('anonymous');
  });

  it('ends everywhere when asked to, at once in this process and soon in others', async () => {
    const somebody = await person();
    const [here, there] = [await signIn(somebody), await signIn(somebody)];
    await withService({}, async (other) => {
      expect(await whoIs({ cookie: there.cookie }, other)).toBe(somebody.username);
      expect((await ask('DELETE', ownHeaders(here), undefined, '/api/session?everywhere=yes')).status).toBe(
        400,
      );
      await ask('DELETE', ownHeaders(here), undefined, '/api/session?everywhere=true');
      expect(await whoIs({ cookie: there.cookie })).toBe('anonymous');
      await expect.poll(() => whoIs({ cookie: there.cookie }, other), { timeout: 5_000 }).toBe('anonymous');
    });
  });

  it('is a new one with each sign-in, which ends the one before', async () => {
    const somebody = await person();
    const first = await signIn(somebody);
    const second = await signIn(somebody, { cookie: first.cookie });
    expect(second.cookie).not.toBe(first.cookie);
    expect(await whoIs({ cookie: first.cookie })).toBe('anonymous');
    expect(await whoIs({ cookie: second.cookie })).toBe(somebody.username);
  });

  it('ends by disuse and by age, and what a page asks by itself is no use', async () => {
    const somebody = await person();
    const { cookie } = await signIn(somebody);
    const age = (column: string, minutes: number) =>
      database.query(
        `update app.session set ${column} = ${column} - $2::integer * interval '1 minute' where account_id = $1`,
        [somebody.id, minutes],
        lookup,
      );
    const idleMinutes = async () => {
      const [row] = await database.query<{ minutes: number }>(
        `select extract(epoch from now() - last_seen_at)::integer / 60 as minutes from app.session where account_id = $1`,
        [somebody.id],
        lookup,
      );
      return row?.minutes;
    };
    await withService({}, async (at) => {
      await age('last_seen_at', 20);
      expect(await whoIs({ cookie }, at)).toBe(somebody.username);
      await at.get('/api/catalogue', { cookie });
      expect(await idleMinutes()).toBe(20);
    });
    await withService({}, async (at) => {
      await at.get('/ogc', { cookie });
      expect(await idleMinutes()).toBe(0);
    });
    await withService({}, async (at) => {
      await age('last_seen_at', 31);
      expect(await whoIs({ cookie }, at)).toBe('anonymous');
      const again = await signIn(somebody);
      await age('created_at', 12 * 60 + 1);
      await expect.poll(() => whoIs({ cookie: again.cookie }, at), { timeout: 5_000 }).toBe('anonymous');
    });
  });

  it('is not opened by a page of another site', async () => {
    const somebody = await person();
    const foreign: Headers_[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of foreign) {
      const { status, problem } = await signIn(somebody, headers);
      expect([status, problem.code], JSON.stringify(headers)).toEqual([403, 'forbidden']);
    }
    const own = await signIn(somebody, { origin: service.url, 'sec-fetch-site': 'same-origin' });
    expect(own.status).toBe(200);
  });

  it('has a cookie for TLS and for the base path where these are', async () => {
    const somebody = await person();
    await withService({ basePath: '/lantu', trustProxy: 1 }, async (at) => {
      const headers = { 'x-forwarded-for': '10.1.2.3', 'x-forwarded-proto': 'https' };
      const cookie = (await signIn(somebody, headers, at)).headers.get('set-cookie') ?? '';
      expect(cookie).toContain('Secure');
      expect(cookie).toContain('Path=/lantu');
    });
  });

  it('refuses every other body and says what is wrong with it', async () => {
    const right = '{"username":"a","password":"b"}';
    const cases: [string, Headers_, number, string][] = [
      [right, { 'content-type': 'text/plain' }, 415, 'unsupported-media-type'],
      [right, { 'content-encoding': 'gzip' }, 415, 'unsupported-media-type'],
      ['{"username":', {}, 400, 'bad-request'],
      ['{"username":"a\\u0000b","password":"x"}', {}, 400, 'bad-request'],
      ['{"username":"\\ud800","password":"x"}', {}, 400, 'bad-request'],
      ['{"a\\u0000b":1}', {}, 400, 'bad-request'],
      ['[]', {}, 422, 'unprocessable'],
      ['{"username":5,"password":"x"}', {}, 422, 'unprocessable'],
      ['{"username":"a","password":"x","more":1}', {}, 422, 'unprocessable'],
      [`${'['.repeat(100_000)}${']'.repeat(100_000)}`, {}, 400, 'bad-request'],
      [`{"username":"${'x'.repeat(300_000)}"}`, {}, 413, 'too-large'],
    ];
    for (const [body, headers, status, code] of cases) {
      const answer = await ask('POST', headers, body);
      expect([answer.status, answer.problem.code], body.slice(0, 40)).toEqual([status, code]);
    }
    expect((await ask('PUT')).status).toBe(405);
  });

  it('is refused in the same words for a wrong password, an unknown name and a disabled account', async () => {
    const [somebody, gone] = [await person(), await person()];
    await changeAccount(service.context, {
      id: gone.id,
      version: null,
      change: { disabled: true },
      actor: 'test',
    });
    const answers = [
      await signIn({ username: somebody.username, password: 'wrong' }),
      await signIn({ username: 'nobody-here', password: 'wrong' }),
      await signIn(gone),
    ];
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    expect(new Set(answers.map(({ problem }) => problem.detail)).size).toBe(1);
  });

  it('is locked after too many wrong passwords, alike for names nobody has, and says until when', async () => {
    const somebody = await person();
    for (const username of [somebody.username, 'nobody-at-all']) {
      for (let attempt = 0; attempt < attemptLimits.ofUsername; attempt += 1) {
        expect((await signIn({ username, password: `guess ${attempt}` })).status).toBe(401);
      }
      const refused = await signIn({ username, password: somebody.password });
      expect([refused.status, refused.problem.code]).toEqual([429, 'rate-limited']);
      expect(refused.problem.detail).toMatch(/\d\d:\d\d/);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(14 * 60);
    }
    const audit = await database.query<{ subject: string }>(
      `select subject from app.audit where action = 'account.lock-out' order by seq`,
      [],
      lookup,
    );
    expect(audit).toEqual([{ subject: somebody.username }, { subject: 'unknown' }]);
    const { password } = await resetPassword(service.context, { id: somebody.id, actor: 'test' });
    expect((await signIn({ ...somebody, password })).status).toBe(200);
  });

  it('counts guesses made at the same time, and those of one address over many names', async () => {
    const somebody = await person();
    const statuses = await Promise.all(
      Array.from(
        { length: 12 },
        async (_, index) => (await signIn({ ...somebody, password: `x${index}` })).status,
      ),
    );
    expect(statuses.filter((status) => status === 401).length).toBe(attemptLimits.ofUsername);
    await withService({ trustProxy: 1 }, async (at) => {
      const from = { 'x-forwarded-for': '203.0.113.7' };
      const guesses = Array.from({ length: attemptLimits.ofAddress }, (_, index) => `name-${index}`);
      for (const username of guesses) {
        expect((await signIn({ username, password: 'x' }, from, at)).status).toBe(401);
      }
      const other = await person();
      expect((await signIn(other, from, at)).status).toBe(429);
      expect((await signIn(other, { 'x-forwarded-for': '203.0.113.8' }, at)).status).toBe(200);
    });
  });

  it('has its password changed under its rules, which ends every other session', async () => {
    const somebody = await person();
    const [opened, elsewhere] = [await signIn(somebody), await signIn(somebody)];
    const change = (current: string, next: string, headers = ownHeaders(opened)) =>
      ask('PUT', headers, { current, next }, '/api/session/password');
    const refused: [string, string, string][] = [
      [somebody.password, 'Short-1', 'next'],
      [somebody.password, 'smallletters12', 'next'],
      [somebody.password, `${somebody.username}!!`, 'next'],
      [somebody.password, 'Password-2026', 'next'],
      [somebody.password, somebody.password, 'next'],
      ['not-the-password', 'Fresh-Words-77', 'current'],
    ];
    for (const [current, next, field] of refused) {
      const { status, problem } = await change(current, next);
      expect([next, status, problem.field]).toEqual([next, 422, field]);
    }
    expect((await change(somebody.password, 'Fresh-Words-77', { cookie: opened.cookie })).status).toBe(403);
    expect((await change(somebody.password, 'Fresh-Words-77', {})).status).toBe(401);
    const changed = await change(somebody.password, 'Fresh-Words-77');
    expect(changed.status).toBe(200);
    expect(changed.cookie).not.toBe(opened.cookie);
    for (const { cookie } of [opened, elsewhere]) expect(await whoIs({ cookie })).toBe('anonymous');
    expect(await whoIs({ cookie: changed.cookie })).toBe(somebody.username);
    expect((await signIn(somebody)).status).toBe(401);
    expect((await signIn({ ...somebody, password: 'Fresh-Words-77' })).status).toBe(200);
  });

  it('asks for another password when it was given or is too old', async () => {
    const somebody = await person();
    await database.query(
      `update app.account set password_changed_at = now() - interval '181 days' where id = $1`,
      [somebody.id],
      lookup,
    );
    const old = await signIn(somebody);
    expect(old.session.account).toMatchObject({ mustChangePassword: true });
    expect((await service.get('/ogc/collections/mine_sites/items', { cookie: old.cookie })).status).toBe(403);
    const next = 'Another-Word-5';
    const changed = await ask(
      'PUT',
      ownHeaders(old),
      { current: somebody.password, next },
      '/api/session/password',
    );
    expect(changed.session.account).toMatchObject({ mustChangePassword: false });
    const { password } = await resetPassword(service.context, { id: somebody.id, actor: 'test' });
    expect((await signIn({ ...somebody, password })).session.account).toMatchObject({
      mustChangePassword: true,
    });
  });

  it('is not needed by programs that read: they send name and password', async () => {
    const somebody = await person();
    const basic = (password: string, username = somebody.username) => ({
      authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
    });
    const closed = '/ogc/collections/permanent_basic_farmland';
    expect((await service.get(closed, basic(somebody.password))).status).toBe(404);
    expect((await service.get(closed)).status).toBe(401);
    expect(await whoIs(basic(somebody.password))).toBe(somebody.username);
    expect((await service.get('/ogc', basic('wrong'))).status).toBe(401);
    expect((await service.get('/ogc', { authorization: 'Basic !!' })).status).toBe(200);
    const write = await ask(
      'PUT',
      basic(somebody.password),
      { current: 'a', next: 'b' },
      '/api/session/password',
    );
    expect(write.status).toBe(401);
    // Known to be right for a while: not a hundred hashes, and no attempts used up.
    for (let index = 0; index < 20; index += 1)
      expect((await service.get('/ogc', basic(somebody.password))).status).toBe(200);
    await resetPassword(service.context, { id: somebody.id, actor: 'test' });
    expect((await service.get('/ogc', basic(somebody.password))).status).toBe(401);
    for (let attempt = 0; attempt < attemptLimits.ofUsername; attempt += 1)
      await service.get('/ogc', basic('guess', 'nobody-by-basic'));
    expect((await service.get('/ogc', basic('guess', 'nobody-by-basic'))).status).toBe(429);
    // A program that goes on with an old password keeps its owner from nothing.
    const other = await person();
    for (let attempt = 0; attempt <= attemptLimits.ofUsername; attempt += 1)
      await service.get('/ogc', basic('old', other.username));
    expect((await service.get('/ogc', basic(other.password, other.username))).status).toBe(429);
    expect((await signIn(other)).status).toBe(200);
  });
});
