/** The database killed, started again, and paused, seen from outside: answered in words, and served again without a restart. */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Database } from '../../server/db/database.ts';
import { migrate } from '../../server/db/migrate.ts';
import { openDatabase } from '../../server/db/open.ts';
import type { Problem } from '../../server/http/problem.ts';
import { asAdministrator } from '../engines/administrator.ts';
import { silentLog } from '../engines/database-place.ts';
import { type Cluster, startCluster } from '../engines/server-cluster.ts';
import { type ServiceUnderTest, startService } from '../features/service-under-test.ts';

describe.skipIf('missing' in inject('engines').server)('a service whose database', () => {
  let cluster: Cluster;
  let database: Database;
  let service: ServiceUnderTest;
  beforeAll(async () => {
    const started = await startCluster();
    if ('missing' in started) throw new Error(started.missing);
    cluster = started;
    await asAdministrator(cluster.url, 'create database away template template0');
    database = await openDatabase({ databaseUrl: `${cluster.url}/away`, dataDir: '' }, silentLog);
    await migrate(database);
    service = await startService(database);
  }, 90_000);
  afterAll(async () => {
    await service.close();
    await database.close();
    await cluster.stop();
  });

  const paths = [
    '/ready',
    '/ogc/collections/rivers/items',
    '/ogc/collections/rivers/tiles/WebMercatorQuad/0/0/0',
    '/api/catalogue',
    '/api/search?q=x',
  ];

  async function expectAway(codes: string[]): Promise<void> {
    const answers = await Promise.all(paths.map((path) => service.get(path)));
    for (const answer of answers) {
      expect(answer.status).toBe(503);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      const problem = (await answer.json()) as Problem;
      expect(codes).toContain(problem.code);
      expect(problem.detail).toMatch(/数据库/);
    }
    expect((await service.get('/health')).status).toBe(200);
  }

  async function expectBack(): Promise<void> {
    await expect.poll(async () => (await service.get('/ready')).status, { timeout: 40_000 }).toBe(200);
    for (const path of paths) expect([200, 204]).toContain((await service.get(path)).status);
  }

  it('is killed says so at once, and serves again when it is back', async () => {
    await expectBack();
    await cluster.kill();
    const askedAt = performance.now();
    await expectAway(['database-unavailable']);
    expect(performance.now() - askedAt).toBeLessThan(10_000);
    await cluster.restart();
    await expectBack();
  }, 90_000);

  it('hangs says so within seconds, and serves again when it goes on', async () => {
    cluster.pause();
    try {
      const askedAt = performance.now();
      // Before the time of statements is over, which is what all others wait for.
      const first = await Promise.race(
        paths.map((path) => service.get(path).then(({ status }) => ({ path, status }))),
      );
      expect(first).toEqual({ path: '/ready', status: 503 });
      await expectAway(['query-timeout', 'database-unavailable', 'busy']);
      expect(performance.now() - askedAt).toBeLessThan(40_000);
    } finally {
      cluster.resume();
    }
    await expectBack();
  }, 120_000);
});
