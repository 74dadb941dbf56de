/** Everything round the answers: page, headers, logs, health, metrics. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../server/db/database.ts';
import { DatabaseUnavailableError } from '../../server/errors.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { type ServiceUnderTest, startService } from '../features/service-under-test.ts';

describeOnEngines('the service', ({ open }) => {
  let database: Database;
  let service: ServiceUnderTest;
  const lines: string[] = [];
  const clientDir = mkdtempSync(join(tmpdir(), 'lantu-client-'));
  beforeAll(async () => {
    mkdirSync(join(clientDir, 'assets'));
    writeFileSync(join(clientDir, 'index.html'), '<!doctype html><title>览图</title>');
    writeFileSync(join(clientDir, 'assets', 'main-B7xQ2k9a.js'), 'export {};');
    writeFileSync(join(clientDir, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    database = await open();
    const log = pino({ level: 'info' }, { write: (line: string) => lines.push(line) });
    service = await startService(database, { clientDir, log });
  });
  afterAll(async () => {
    await service.close();
    rmSync(clientDir, { recursive: true });
  });

  it('gives the page anew each time and hashed files for ever', async () => {
    const page = await service.get('/?lang=en&layers=x');
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('览图');
    expect(page.headers.get('cache-control')).toBe('no-cache');
    const script = await service.get('/assets/main-B7xQ2k9a.js');
    expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(script.headers.get('content-type')).toContain('javascript');
    expect((await service.get('/icon.svg')).headers.get('cache-control')).toBe('no-cache');
    expect((await service.get('/map')).status).toBe(404);
    expect((await service.get('/assets/gone-B7xQ2k9a.js')).status).toBe(404);
  });

  it('gives a file whole whatever part is asked for, and says when it is not the one that is meant', async () => {
    const paths = ['/', '/assets/main-B7xQ2k9a.js'];
    for (const path of paths) {
      const part = await service.get(path, { range: 'bytes=99999999-' });
      expect(part.status).toBe(200);
      const other = await service.get(path, { 'if-match': '"another"' });
      expect(other.status).toBe(412);
      expect(other.headers.get('content-type')).toContain('application/problem+json');
      expect(((await other.json()) as { detail: string }).detail).toContain('If-Match');
    }
  });

  it('has exactly the agreed content security policy and says nothing of its make', async () => {
    for (const path of ['/', '/ogc', '/nothing']) {
      const { headers } = await service.get(path);
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'self';script-src 'self';worker-src 'self';style-src 'self' 'unsafe-inline';img-src 'self' data: blob:;object-src 'none';base-uri 'none'",
      );
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      for (const absent of ['x-powered-by', 'server', 'strict-transport-security'])
        expect(headers.get(absent)).toBeNull();
    }
  });

  it('logs one JSON line a request with the id the answer carries, and no header or secret', async () => {
    const hostile = '/nothing/%0A%22injected%22';
    const response = await service.get(hostile, {
      authorization: 'Bearer secret-token',
      cookie: 'session=secret-cookie',
    });
    const id = response.headers.get('x-request-id') ?? '';
    await expect.poll(() => lines.filter((line) => line.includes(id)).length).toBe(1);
    const line = lines.find((each) => each.includes(id)) ?? '';
    expect(JSON.parse(line)).toMatchObject({
      req: { id, method: 'GET', url: hostile },
      res: { statusCode: 404 },
    });
    expect(line).not.toContain('secret');
    const named = await service.get('/ogc', { 'x-request-id': 'from-the-proxy-1' });
    expect(named.headers.get('x-request-id')).toBe('from-the-proxy-1');
    const refused = await service.get('/ogc', { 'x-request-id': 'bad id "' });
    expect(refused.headers.get('x-request-id')).not.toBe('bad id "');
  });

  it('is healthy without a database but ready only with one', async () => {
    expect(await service.getJson('/health')).toEqual({ status: 'ok' });
    expect(await service.getJson('/ready')).toEqual({ status: 'ready' });
    const away = await startService({
      ...database,
      query: () => Promise.reject(new DatabaseUnavailableError({ zh: '不在', en: 'away' })),
    });
    expect((await away.get('/health')).status).toBe(200);
    expect((await away.get('/ready')).status).toBe(503);
    await away.close();
  });

  it('counts requests by class of route and what the cache did', async () => {
    await service.get('/ogc/collections/mine_sites/items');
    await service.get('/ogc/collections/mine_sites/items');
    await service.get('/ogc/collections/mine_sites/tiles/WebMercatorQuad/0/0/0');
    const metrics = async (): Promise<string> => (await service.get('/metrics')).text();
    await expect
      .poll(metrics)
      .toMatch(/lantu_http_request_duration_seconds_count\{route="items",status="200"\} 2/);
    expect(await metrics()).toMatch(/duration_seconds_count\{route="tile",status="204"\} 1/);
    expect(await metrics()).toMatch(/lantu_answer_cache_lookups_total\{outcome="hit"\} [1-9]/);
    expect(await metrics()).toMatch(/lantu_database_connections\{state="idle"\} \d/);
  });

  describe('under a base path', () => {
    it('answers there only, and sends to the page with a slash, which its relative addresses need', async () => {
      const below = await startService(database, { clientDir, config: { basePath: '/lantu' } });
      const origin = below.url.replace(/\/lantu$/, '');
      const bare = await fetch(`${origin}/lantu?layers=x`, { redirect: 'manual' });
      expect([bare.status, bare.headers.get('location')]).toEqual([308, '/lantu/?layers=x']);
      expect((await below.get('/')).status).toBe(200);
      expect((await below.get('/health')).status).toBe(200);
      for (const path of ['/', '/ogc', '/health', '/lantuu/ogc']) {
        expect((await fetch(origin + path)).status).toBe(404);
      }
      await below.close();
    });
  });
});
