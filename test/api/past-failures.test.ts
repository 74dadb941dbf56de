/** A short run of the fuzzer, and every request that found a fault in an earlier one. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeOnEngines } from '../engines/on-engines.ts';
import { checkOutcome } from '../fuzz/check-outcome.ts';
import { type FuzzedApp, startFuzzedApp } from '../fuzz/fuzzed-app.ts';
import { generateRequest } from '../fuzz/generate-request.ts';
import { pastFailures } from '../fuzz/past-failures.ts';
import { explore, fuzz } from '../fuzz/run-fuzz.ts';
import { createSender } from '../fuzz/send-request.ts';

describeOnEngines('hostile requests', ({ place, engine }) => {
  let app: FuzzedApp;
  beforeAll(async () => {
    app = await startFuzzedApp(await place());
  }, 120_000);
  afterAll(() => app.stop());

  it.each(pastFailures)('no more show that $fault', { timeout: 60_000 }, async ({ requests }) => {
    const sender = createSender(app.url, 20_000);
    for (const each of requests) {
      const headers = each.headers.map(([name, value]): [string, string] => [
        name,
        value === 'HOST' ? new URL(app.url).host : value,
      ]);
      const session = each.as === 'administrator' ? app.administratorHeaders : [];
      const request = { ...each, headers: [...headers, ...session] };
      let outcome = await sender.send(request);
      expect(checkOutcome(request, outcome)).toEqual([]);
      // The one before may still be at work when its connection is closed, but not for ever.
      for (let retry = 0; retry < 20 && outcome.kind === 'answer' && outcome.status === 503; retry += 1) {
        await new Promise((resolve) => setTimeout(resolve, 250));
        outcome = await sender.send(request);
      }
      expect(outcome).not.toMatchObject({ status: 503 });
    }
    sender.close();
  });

  it(`find nothing in a short run`, async () => {
    const report = await fuzz(app, { seed: 20260101, requests: 1_500 });
    expect(report.failures).toEqual([]);
    expect(report.changedTables).toEqual([]);
    expect(report.death).toBeUndefined();
    expect(report.takesFiles).toBe(true);
    expect(report.successes).toBeGreaterThan(200);
    expect(Object.keys(report.byStatus)).toEqual(expect.arrayContaining(['200', '400', '404', '405', '431']));
  }, 120_000);

  if (engine === 'server') {
    it('reach every address of the service by its own method', async () => {
      const territory = await explore(app);
      const targets = new Set(app.routes.map(({ method, path }) => `${method} ${path}`));
      expect(targets.size).toBeGreaterThan(15);
      for (const expected of [
        'GET /ogc/collections/:collectionId/items',
        'GET /api/search',
        'POST /api/session',
        'GET /metrics',
      ])
        expect(targets).toContain(expected);
      const reached = new Set<string>();
      for (let index = 0; index < 5_000; index += 1) {
        const { method, target } = generateRequest(1, index, territory);
        const path = target.split('?', 1)[0] ?? '';
        for (const route of territory.routes) {
          const pattern = new RegExp(`^${route.path.replace(/:\w+/g, '[^/]+').replace(/\*\w*/g, '.*')}$`);
          if (method === route.method && pattern.test(path)) reached.add(`${method} ${route.path}`);
        }
      }
      expect(
        territory.routes.map(({ method, path }) => `${method} ${path}`).filter((each) => !reached.has(each)),
      ).toEqual([]);
    });
  }
});
