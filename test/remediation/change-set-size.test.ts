/** The largest change set there can be: made, reviewed and taken back within the time a request has. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mostTargets } from '../../geodata/contract/change-sets.ts';
import type { Database } from '../../server/db/database.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { type ServiceUnderTest, startService } from '../features/service-under-test.ts';
import {
  brokenChains,
  type Headers,
  makeSet,
  post,
  targets,
  undoSet,
} from '../fixtures/change-set-client.ts';
import { newDataset } from '../fixtures/datasets.ts';

describeOnEngines('the largest change set', ({ open }) => {
  let database: Database;
  let service: ServiceUnderTest;
  let editor: Headers;
  let county: Headers;
  beforeAll(async () => {
    database = await open();
    await database.query(
      `insert into app.reporting_unit (code, name, name_en, kind, county_adcode, sort_order)
       values ('360732', '兴国县', 'Xingguo', 'county', '360732', 1)`,
      [],
      { class: 'bulk' },
    );
    const dataset = await newDataset(database, 'mine_sites', 'sample');
    await database.query(
      `insert into geo.mine_site (code, name, county_adcode, status, status_on, declared_area_m2, dataset_id)
       select 'S' || lpad(n::text, 5, '0'), '矿山' || n, '360732', 'in_progress', '2025-06-01', 10000, $1
       from generate_series(1, $2::int) as n`,
      [dataset, mostTargets + 1],
      { class: 'bulk' },
    );
    service = await startService(database);
    editor = await service.signedIn('editor');
    county = await service.signedIn('county_reviewer');
  });
  afterAll(() => service.close());

  it('takes no more sites than it says, and those in time', { timeout: 180_000 }, async () => {
    const codes = Array.from({ length: mostTargets }, (_, index) => `S${String(index + 1).padStart(5, '0')}`);
    const order = { kind: 'no_progress', period: '2025-09', effectiveOn: '2025-09-20', reason: '雨季停工' };
    const tooMany = await targets(database, [...codes, 'S02001']);
    expect((await post(service, editor, 'change-sets', { ...order, sites: tooMany })).status).toBe(422);
    const sites = await targets(database, codes);
    const reported = await makeSet(service, editor, { ...order, sites });
    expect(reported.siteCount).toBe(mostTargets);
    const list = await service.getJson<{ counts: object }>('/api/work-list', county);
    expect(list.counts).toEqual({ owed: mostTargets + 1, reported: mostTargets, returned: 0, left: 1 });
    const review = { kind: 'review', period: '2025-09', review: { decision: 'pass' } };
    const passed = await makeSet(service, county, { ...review, sites: await targets(database, codes) });
    await undoSet(service, county, passed.id);
    await service.getJson('/api/change-sets', county);
    expect(await brokenChains(database)).toEqual([]);
  });
});
