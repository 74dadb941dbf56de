/** Accounts managed by requests and by command, the first ones of a service, and the audit of it all. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type AccountRecord,
  accountListSchema,
  accountRecordSchema,
  issuedAccountSchema,
} from '../../geodata/contract/accounts.ts';
import { auditPageSchema } from '../../geodata/contract/audit.ts';
import {
  addSampleAccounts,
  disableSampleAccounts,
  ensureFirstAccounts,
} from '../../server/accounts/first-accounts.ts';
import { createReadingRecorder } from '../../server/audit/reading-recorder.ts';
import { account as accountCommand } from '../../server/cli/account.ts';
import type { Database } from '../../server/db/database.ts';
import { openDatabase } from '../../server/db/open.ts';
import { type DatabasePlace, silentLog } from '../engines/database-place.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { type ServiceUnderTest, startService } from '../features/service-under-test.ts';
import { newDataset } from '../fixtures/datasets.ts';

type Sent = Record<string, string>;
const lookup = { class: 'lookup' } as const;
const scope = { layers: ['mine_sites'], units: ['360732'] };

describeOnEngines('accounts', ({ place }) => {
  let where: DatabasePlace;
  let database: Database;
  let service: ServiceUnderTest;
  let admin: Sent;
  beforeAll(async () => {
    where = await place();
    database = await openDatabase(where, silentLog);
    service = await startService(database, { config: where });
  });
  afterAll(async () => {
    await service.close();
    await database.close();
  });

  const call = (method: string, path: string, headers: Sent, body?: unknown) =>
    fetch(`${service.url}/api${path}`, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const list = async (): Promise<AccountRecord[]> =>
    accountListSchema.parse(await (await call('GET', '/accounts', admin)).json()).accounts;
  const change = (
    { id, version }: Pick<AccountRecord, 'id' | 'version'>,
    body: object,
    headers: Sent = { 'if-match': `"${version}"` },
  ) => call('PATCH', `/accounts/${id}`, { ...admin, ...headers }, body);
  const signIn = (username: string, password: string) => call('POST', '/session', {}, { username, password });
  const fieldOf = async (answer: Response) => ((await answer.json()) as { field?: string }).field;
  const actions = async (subject: string): Promise<string[]> =>
    (
      await database.query<{ action: string }>(
        'select action from app.audit where subject = $1 order by seq',
        [subject],
        lookup,
      )
    ).map(({ action }) => action);

  describe('of a service that has none', () => {
    it('begin with one administrator, whose password is kept for this user only until it is changed', async () => {
      const first = await ensureFirstAccounts(service.context);
      expect(first).toMatchObject({ kind: 'first', accounts: [{ username: 'admin' }] });
      const path = join(where.dataDir, 'first-administrator-password');
      const password = (await readFile(path, 'utf8')).trim();
      expect(password).toBe(first.accounts[0]?.password);
      if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600);
      expect(await ensureFirstAccounts(service.context)).toEqual({ kind: 'none', accounts: [] });

      const opened = await signIn('admin', password);
      const session = (await opened.json()) as { csrfToken: string; account: object };
      expect(session.account).toMatchObject({ role: 'administrator', mustChangePassword: true });
      const cookie = (opened.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';
      const headers = { cookie, 'x-csrf-token': session.csrfToken };
      expect((await call('GET', '/accounts', headers)).status).toBe(403);
      const next = 'Own-Password-1';
      const changed = await call('PUT', '/session/password', headers, { current: password, next });
      expect(changed.status).toBe(200);
      await expect(stat(path)).rejects.toThrow();
      const renewed = (await changed.json()) as { csrfToken: string };
      admin = {
        cookie: (changed.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '',
        'x-csrf-token': renewed.csrfToken,
      };
      expect((await call('GET', '/accounts', admin)).status).toBe(200);
    });

    it('come with the sample, and are disabled with it, all but the administrator', async () => {
      const added = await addSampleAccounts(service.context, 'test');
      expect(added.map(({ username, role, counties }) => [username, role, counties])).toEqual([
        ['city', 'city_reviewer', []],
        ['xingguo-editor', 'editor', ['360732']],
        ['xingguo-reviewer', 'county_reviewer', ['360732']],
        ['viewer', 'viewer', []],
      ]);
      const path = join(where.dataDir, 'sample-accounts.json');
      expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(added);
      const viewer = added.find(({ username }) => username === 'viewer');
      expect((await signIn('viewer', viewer?.password ?? '')).status).toBe(200);
      expect(await disableSampleAccounts(service.context, 'test')).toEqual([
        'city',
        'viewer',
        'xingguo-editor',
        'xingguo-reviewer',
      ]);
      expect((await signIn('viewer', viewer?.password ?? '')).status).toBe(401);
      await expect(stat(path)).rejects.toThrow();
      expect(
        (await list()).filter(({ disabledAt }) => disabledAt === null).map((each) => each.username),
      ).toEqual(['admin']);
    });
  });

  describe('by requests of an administrator', () => {
    it('are added with a password shown once, changed by version, disabled and listed without secrets', async () => {
      const asked = { username: 'Li.Si', name: '李四', role: 'editor', ...scope };
      const created = await call('POST', '/accounts', admin, asked);
      expect(created.status).toBe(201);
      const { account, password } = issuedAccountSchema.parse(await created.json());
      expect(created.headers.get('location')).toBe(`accounts/${account.id}`);
      expect(account).toMatchObject({ username: 'li.si', ...scope, mustChangePassword: true, sessions: 0 });
      expect(await fieldOf(await call('POST', '/accounts', admin, asked))).toBe('username');
      expect((await signIn('li.si', password)).status).toBe(200);
      expect((await call('GET', '/accounts', admin)).headers.get('cache-control')).toBe('no-store');
      expect(JSON.stringify(await list())).not.toMatch(/argon2|password_hash/);

      const changed = await change(account, { role: 'county_reviewer', units: ['GZJKQ', 'GZJKQ'] });
      const now = accountRecordSchema.parse(await changed.json());
      expect(now).toMatchObject({
        role: 'county_reviewer',
        units: ['GZJKQ'],
        layers: ['mine_sites'],
        sessions: 1,
      });
      expect(changed.headers.get('etag')).toBe(`"${now.version}"`);
      expect((await change(account, { name: '别人' })).status).toBe(412);
      expect((await change(account, { name: '别人' }, { 'if-match': '*' })).status).toBe(400);
      expect(await fieldOf(await change(now, { units: ['999999'] }))).toBe('units');
      expect(await fieldOf(await change(now, { layers: [] }))).toBe('layers');
      expect(await fieldOf(await change(now, { layers: ['wetland_parks'] }))).toBe('layers');
      const viewer = accountRecordSchema.parse(await (await change(now, { role: 'viewer' })).json());
      expect(viewer).toMatchObject({ units: [], layers: [] });
      const disabled = accountRecordSchema.parse(await (await change(viewer, { disabled: true })).json());
      expect([disabled.sessions, disabled.disabledAt === null]).toEqual([0, false]);
      expect((await signIn('li.si', password)).status).toBe(401);
      expect(await actions('li.si')).toEqual([
        'account.add',
        'session.open',
        'account.change',
        'account.change',
        'account.disable',
      ]);
    });

    it('hold at once for who is signed in: role, sessions ended, password given, disabled', async () => {
      const username = 'held-at-once';
      const headers = await service.signedIn('administrator', { username });
      const find = async () => (await list()).find((each) => each.username === username) as AccountRecord;
      expect((await call('GET', '/imports', headers)).status).toBe(200);
      await change(await find(), { role: 'viewer' });
      expect((await call('GET', '/imports', headers)).status).toBe(403);
      const { id } = await find();
      const ended = accountRecordSchema.parse(
        await (await call('DELETE', `/accounts/${id}/sessions`, admin)).json(),
      );
      expect(ended.sessions).toBe(0);
      expect((await call('GET', '/imports', headers)).status).toBe(401);
      const reset = await call('POST', `/accounts/${id}/password-reset`, admin);
      const { password } = issuedAccountSchema.parse(await reset.json());
      const opened = await signIn(username, password);
      expect(await opened.json()).toMatchObject({ account: { mustChangePassword: true } });
      const cookie = (opened.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';
      await change(await find(), { disabled: true });
      expect(await (await call('GET', '/session', { cookie })).json()).toMatchObject({
        account: { role: 'anonymous' },
      });
      expect((await call('POST', '/accounts/1/password-reset', admin)).status).toBe(404);
    });

    it('always leave an administrator', async () => {
      const administrators = (await list()).filter(
        ({ role, disabledAt }) => role === 'administrator' && disabledAt === null,
      );
      expect(administrators.map(({ username }) => username)).toEqual(['admin']);
      const [last] = administrators as [AccountRecord];
      expect((await change(last, { disabled: true })).status).toBe(409);
      expect((await change(last, { role: 'auditor' })).status).toBe(409);
      expect((await change(last, { name: '总管' })).status).toBe(200);
    });
  });

  it('are managed by a command too', async () => {
    const run = async (...words: string[]): Promise<string> => {
      const lines: string[] = [];
      const reporter = {
        report: ({ zh, en }: { zh: string; en: string }) => lines.push(zh, en),
        signal: AbortSignal.timeout(60_000),
      };
      await accountCommand.parse(words, '/').run(service.context, reporter);
      return lines.join('\n');
    };
    const wanted = [
      '--role',
      'editor',
      '--layers',
      'mine_sites,mine_patches',
      '--units',
      '360730',
      '--name',
      '王五',
    ];
    const added = await run('add', 'WangWu', ...wanted);
    const password = /:([2-9A-Za-z-]{19})$/m.exec(added)?.[1] ?? '';
    expect((await signIn('wangwu', password)).status).toBe(200);
    expect(await run('list')).toContain('wangwu  王五  editor  [mine_sites,mine_patches @ 360730]  1 个登录');
    const again = /: ([2-9A-Za-z-]{19})$/m.exec(await run('reset', 'wangwu'))?.[1] ?? '';
    expect((await signIn('wangwu', password)).status).toBe(401);
    expect((await signIn('wangwu', again)).status).toBe(200);
    expect(await run('disable', 'wangwu')).toContain('已停用');
    expect((await signIn('wangwu', again)).status).toBe(401);
    expect(await run('enable', 'wangwu')).not.toContain('已停用');
    await expect(run('reset', 'nobody')).rejects.toThrow('There is no account');
    await expect(run('disable', 'admin')).rejects.toThrow('last administrator');
    await expect(run('add', 'nowhere', '--role', 'editor', '--layers', 'mine_sites')).rejects.toThrow(
      '360702',
    );
    for (const words of [['add', 'x-y'], ['list', 'x-y'], ['remove', 'x-y'], ['reset']])
      expect(() => accountCommand.parse(words, '/')).toThrow();
    expect(await actions('wangwu')).toContain('account.enable');
  });

  describe('leave an audit', () => {
    const audit = async (query = '', headers = admin) => {
      const answer = await call('GET', `/audit${query}`, headers);
      expect(answer.status).toBe(200);
      return auditPageSchema.parse(await answer.json());
    };

    it('that is read in pages, newest first, by time, action and actor', async () => {
      const auditor = await service.signedIn('auditor');
      const first = await audit('?limit=3', auditor);
      expect(first.entries.map(({ seq }) => seq)).toEqual(
        [0, 1, 2].map((at) => (first.entries[0]?.seq ?? 0) - at),
      );
      const second = await audit(`?limit=3&before=${first.next}`, auditor);
      expect(second.entries[0]?.seq).toBe((first.entries[2]?.seq ?? 0) - 1);
      const byAdmin = await audit('?actor=admin&action=account', auditor);
      expect(byAdmin.entries.length).toBeGreaterThan(3);
      for (const { actor, action } of byAdmin.entries)
        expect([actor, action.startsWith('account.')]).toEqual(['admin', true]);
      expect((await audit('?to=2020-01-01')).entries).toEqual([]);
      expect((await audit('?from=2020-01-01&to=2999-12-31')).entries.length).toBeGreaterThan(10);
      for (const query of [
        'from=yesterday',
        'to=2025-02-30',
        'limit=0',
        'limit=501',
        'before=x',
        'f=xml',
        'x=1',
        'f=csv&limit=5',
      ])
        expect([query, (await call('GET', `/audit?${query}`, admin)).status]).toEqual([query, 400]);
    });

    it('that comes as one CSV, which no spreadsheet runs', async () => {
      await change((await list()).find(({ username }) => username === 'wangwu') as AccountRecord, {
        name: '=1+1',
      });
      await database.query(
        `insert into app.audit (actor, action, subject) select '=cmd', 'many', 'x' from generate_series(1, 1200)`,
        [],
        lookup,
      );
      const csv = await (await call('GET', '/audit?f=csv', admin)).text();
      const [head, ...rows] = csv.replace('\uFEFF', '').trimEnd().split('\r\n');
      expect(head).toBe('seq,at,actor,action,subject,detail,hash');
      const [{ count } = { count: 0 }] = await database.query<{ count: number }>(
        'select count(*)::integer as count from app.audit',
        [],
        lookup,
      );
      expect(rows).toHaveLength(count);
      expect(rows.filter((row) => row.includes(`"'=cmd"`))).toHaveLength(1200);
      expect((await audit('?action=audit.download')).entries[0]).toMatchObject({ actor: 'admin' });
    });

    it('that is a chain nobody can change, nor cut', async () => {
      const broken = async () =>
        (
          await database.query<{ seq: string | null }>('select app.verify_audit_chain() as seq', [], lookup)
        )[0]?.seq;
      expect(await broken()).toBeNull();
      for (const text of [
        `update app.audit set actor = 'x' where seq = 2`,
        'delete from app.audit where seq = 2',
        'truncate app.audit',
        'delete from app.audit_chain',
      ])
        await expect(database.query(text, [], lookup), text).rejects.toThrow('append-only');
      // Behind the back of the triggers, as the owner of the database can.
      for (const [text, at] of [
        ['delete from app.audit where seq = (select max(seq) from app.audit)', 'last'],
        [`update app.audit set actor = 'x' where seq = 2`, '2'],
        [`update app.audit set hashed_text = replace(hashed_text, 'a', 'b') where seq = 3`, '3'],
      ] as const) {
        const seen = await database
          .transaction(
            async (client) => {
              const [last] = await client.query<{ seq: string }>(
                'select max(seq)::text as seq from app.audit',
                [],
                lookup,
              );
              await client.query('alter table app.audit disable trigger user', [], lookup);
              await client.query(text, [], lookup);
              const [row] = await client.query<{ seq: string }>(
                'select app.verify_audit_chain()::text as seq',
                [],
                lookup,
              );
              throw Object.assign(new Error('undone'), { seen: row?.seq, last: last?.seq });
            },
            { class: 'lookup' },
          )
          .catch((error: { seen?: string; last?: string }) => error);
        const { seen: found, last } = seen as { seen?: string; last?: string };
        expect([text, found]).toEqual([text, at === 'last' ? last : at]);
      }
      expect(await broken()).toBeNull();
    });

    it('of reading what is not open to everybody, counted by account, layer and kind', async () => {
      await newDataset(database, 'wetland_parks');
      await newDataset(database, 'mine_sites');
      const reader = await service.signedIn('viewer', { username: 'a-reader' });
      const items = '/ogc/collections/wetland_parks/items';
      for (const path of [items, items, `${items}/none`, '/ogc/collections/wetland_parks', '/api/search?q=x'])
        await service.get(path, reader);
      await service.get('/ogc/collections/rivers/items', reader);
      await service.get('/api/work-list', reader);
      await service.get(items);
      await call('GET', '/audit?f=csv', admin);
      const { entries } = await audit('?actor=a-reader&action=read');
      const told = entries.filter(({ subject }) =>
        ['wetland_parks', 'mine_sites', 'rivers'].includes(subject),
      );
      expect(told.map(({ action, subject, detail }) => [action, subject, detail.requests]).sort()).toEqual([
        ['read.items', 'mine_sites', 1],
        ['read.items', 'wetland_parks', 2],
        ['read.search', 'mine_sites', 1],
        ['read.search', 'wetland_parks', 1],
      ]);
    });

    it('of what was read, kept until it can be written', async () => {
      const written: unknown[][] = [];
      let isAway = true;
      const away = {
        async query(_text: string, params: readonly unknown[]) {
          if (isAway) throw new Error('away');
          written.push([...params]);
          return [];
        },
      };
      const recorder = createReadingRecorder(away as unknown as Database, { warn: () => undefined });
      recorder.count({ actor: 'a', layerId: 'l', kind: 'tiles' });
      await recorder.flush();
      recorder.count({ actor: 'a', layerId: 'l', kind: 'tiles' });
      isAway = false;
      await recorder.close();
      expect(written).toHaveLength(1);
      expect(written[0]?.slice(0, 3)).toEqual([['a'], ['read.tiles'], ['l']]);
      expect(String(written[0]?.[3])).toContain('"requests":2');
    });
  });
});
