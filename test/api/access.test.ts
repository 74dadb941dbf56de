/**
 * Every route that tells something of a layer, asked by everyone who can ask, over every state a layer can be in,
 * held against what the table says. The answers of somebody who signed in come first, so that a kept one would show.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { catalogue } from '../../geodata/catalogue/index.ts';
import { catalogueResponseSchema } from '../../geodata/contract/catalogue.ts';
import type { SearchResponse } from '../../geodata/contract/search.ts';
import type { RoleId } from '../../geodata/contract/session.ts';
import { access } from '../../server/cli/access.ts';
import type { Context } from '../../server/context.ts';
import type { Database } from '../../server/db/database.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { insertOddRows } from '../features/odd-rows.ts';
import { type ServiceUnderTest, startService } from '../features/service-under-test.ts';
import { newDataset } from '../fixtures/datasets.ts';
import { addSites } from '../fixtures/marked-sites.ts';
import { accessTable, everyone, type Who } from './access-table.ts';

/** Every address that tells of one layer, below its collection. */
const layerPaths = Object.values(accessTable).flatMap(({ isAboutLayer, path = '' }) =>
  isAboutLayer === true ? [path.replace('/ogc/collections/permanent_basic_farmland', '')] : [],
);

const layers = ['wetland_parks', 'mine_sites', 'permanent_basic_farmland'] as const;
type Data = 'sample' | 'official';

/** Without an account, by data and setting: the definitions say sample-only, sample-only and never. */
const mayAnyoneRead: Record<Data, Record<'default' | 'on' | 'off', readonly boolean[]>> = {
  sample: { default: [true, true, false], on: [true, true, true], off: [false, false, false] },
  official: { default: [false, false, false], on: [true, true, true], off: [false, false, false] },
};

describeOnEngines('who may read a layer', ({ open }) => {
  let database: Database;
  let service: ServiceUnderTest;
  let asViewer: Record<string, string>;
  const run = async (words: string[]): Promise<string[]> => {
    const lines: string[] = [];
    const context = { database, catalogue } as unknown as Context;
    const reporter = {
      report: ({ zh }: { zh: string }) => lines.push(zh),
      signal: AbortSignal.timeout(60_000),
    };
    await access.parse(words, '/').run(context, reporter);
    return lines;
  };
  beforeAll(async () => {
    database = await open();
    await insertOddRows(database, catalogue);
    service = await startService(database);
    asViewer = await service.signedIn('viewer');
  });
  afterAll(() => service.close());

  for (const data of ['sample', 'official'] as const) {
    for (const setting of ['default', 'on', 'off'] as const) {
      it(`follows the table for ${data} data, setting ${setting}`, async () => {
        if (data === 'official' && setting === 'default') {
          for (const layer of layers) await newDataset(database, layer);
        }
        for (const layer of layers) await run(['--layer', layer, '--anonymous-read', setting]);
        for (const [index, layer] of layers.entries()) {
          await checkLayer(layer, mayAnyoneRead[data][setting][index] ?? false);
        }
      });
    }
  }

  async function checkLayer(layer: string, isOpen: boolean): Promise<void> {
    for (const path of layerPaths) {
      const address = `/ogc/collections/${layer}${path}`;
      const told = await service.get(address, asViewer);
      expect(told.status, address).toBe(200);
      expect(told.headers.get('cache-control')).toBe('private, no-cache');
      expect(told.headers.get('vary')).toContain('Authorization');
      const etag = told.headers.get('etag') ?? '';
      for (const headers of [{}, { 'if-none-match': etag }] as Record<string, string>[]) {
        const { status } = await service.get(address, headers);
        expect([address, headers['if-none-match'] !== undefined, status]).toEqual([
          address,
          headers['if-none-match'] !== undefined,
          isOpen ? (headers['if-none-match'] === undefined ? 200 : 304) : 401,
        ]);
      }
    }
    for (const [headers, mayRead] of [
      [asViewer, true],
      [{}, isOpen],
    ] as [Record<string, string>, boolean][]) {
      const { collections } = await service.getJson<{ collections: { id: string }[] }>(
        '/ogc/collections',
        headers,
      );
      expect(collections.some(({ id }) => id === layer)).toBe(mayRead);
      const api = JSON.stringify(await service.getJson('/ogc/api', headers));
      expect(api.includes(`/collections/${layer}/items`)).toBe(mayRead);
      const { hits } = await service.getJson<SearchResponse>('/api/search?q=plain&limit=100', headers);
      expect(hits.some(({ layerId }) => layerId === layer)).toBe(mayRead);
      const { layers: told } = catalogueResponseSchema.parse(
        await service.getJson('/api/catalogue', headers),
      );
      const line = told.find(({ definition }) => definition.id === layer);
      expect([line?.mayRead, line?.state]).toEqual([mayRead, 'loaded']);
      expect((line?.featureCount ?? 0) > 0).toBe(mayRead);
      expect(line?.extent !== null).toBe(mayRead);
      expect((line?.datasets.length ?? 0) > 0).toBe(mayRead);
      expect(Object.keys(line?.categoryCounts ?? {}).length > 0).toBe(
        mayRead && line?.definition.style.categories !== undefined,
      );
      if (layer === 'mine_sites') {
        expect((await service.get('/api/progress', headers)).status).toBe(mayRead ? 200 : 401);
        expect((await service.get('/api/progress?as_of=2025-01-31', headers)).status).toBe(
          mayRead ? 200 : 401,
        );
      }
    }
  }

  it('is said in words that tell what to do', async () => {
    const refused = await service.get('/ogc/collections/mine_sites/items?lang=zh');
    const problem = (await refused.json()) as { code: string; detail: string };
    expect(problem.code).toBe('unauthorized');
    expect(problem.detail).toContain('npm run access -- --layer mine_sites --anonymous-read on');
    expect(refused.headers.get('www-authenticate')).toContain('realm="Lantu"');
  });

  it('is listed and set by a command, with a line in the audit and a warning for what is not public', async () => {
    const lines = await run(['--layer', 'mine_sites', '--anonymous-read', 'on']);
    expect(lines[0]).toContain('无需登录可看,按设置,正式数据');
    expect(lines[1]).toContain('不是公开资料');
    expect(await run([])).toHaveLength(catalogue.length);
    const audit = await database.query<{ subject: string; detail: { anonymousRead: boolean } }>(
      `select subject, detail from app.audit where action = 'set-anonymous-read' order by id desc limit 1`,
      [],
      { class: 'lookup' },
    );
    expect(audit).toEqual([{ subject: 'mine_sites', detail: { anonymousRead: true } }]);
    await expect(run(['--layer', 'nothing', '--anonymous-read', 'on'])).rejects.toThrow('There is no layer');
    expect(() => access.parse(['--layer', 'mine_sites'], '/')).toThrow('go together');
  });
});

describeOnEngines('every route', ({ open }) => {
  let database: Database;
  let service: ServiceUnderTest;
  const headersOf = new Map<Who, Record<string, string>>();
  beforeAll(async () => {
    database = await open();
    await insertOddRows(database, catalogue);
    await addSites(database, [{ code: 'marked', status: 'in_progress' }], 'official');
    service = await startService(database, { clientDir: 'client' });
  });
  afterAll(() => service.close());

  /** `isFresh`: a session for this request alone, which ends it. */
  async function headersFor(who: Who, isFresh: boolean): Promise<Record<string, string>> {
    if (who === 'anonymous') return {};
    const kept = headersOf.get(who);
    if (kept !== undefined && !isFresh) return kept;
    const [role = 'viewer', isOther] = who.split(' of ') as [RoleId, string?];
    const made = await service.signedIn(role, { units: [isOther === undefined ? '360732' : '360730'] });
    if (!isFresh) headersOf.set(who, made);
    return made;
  }

  it('stands in the table, and the table has no other', () => {
    const asked = service.routes.filter(({ method }) => method !== 'HEAD' && method !== '*');
    expect(asked.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(
      Object.keys(accessTable).sort(),
    );
  });

  it('lets in those whom the table names, and nobody else', async () => {
    for (const [address, { mayAsk, path, body, headers }] of Object.entries(accessTable)) {
      const [method = '', pattern = ''] = address.split(' ');
      for (const who of everyone) {
        const isFresh = address === 'DELETE /api/session';
        const { status } = await fetch(service.url + (path ?? pattern.replaceAll(/:\w+/g, '1')), {
          method,
          headers: {
            ...(await headersFor(who, isFresh)),
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...headers,
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        const expected = mayAsk.includes(who) ? 'let in' : who === 'anonymous' ? 401 : 403;
        const answered = [401, 403].includes(status) ? status : status >= 500 ? `fault ${status}` : 'let in';
        expect([address, who, answered]).toEqual([address, who, expected]);
      }
    }
  });

  it('is closed to whoever must change a password first, but for the session itself', async () => {
    const waiting = await service.signedIn('administrator', { mustChangePassword: true });
    const open = new Set([
      ...['GET /api/session', 'POST /api/session', 'DELETE /api/session', 'PUT /api/session/password'],
    ]);
    for (const [address, { path, body, headers, mayAsk }] of Object.entries(accessTable)) {
      if (open.has(address) || mayAsk.includes('anonymous')) continue;
      const [method = '', pattern = ''] = address.split(' ');
      const answer = await fetch(service.url + (path ?? pattern.replaceAll(/:\w+/g, '1')), {
        method,
        headers: {
          ...waiting,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const { code } = (await answer.json()) as { code: string };
      expect([address, answer.status, code]).toEqual([address, 403, 'password-change-required']);
    }
  });
});
