/** Marking a site through the interface: from the first report to closing, with rights, versions and refusals. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MineSite, mineSiteSchema } from '../../geodata/contract/marking.ts';
import type { Database } from '../../server/db/database.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { type ServiceUnderTest, startService } from '../features/service-under-test.ts';
import { addEvidence, addSites } from '../fixtures/marked-sites.ts';

type Headers = Record<string, string>;
type Answered = { status: number; etag: string | null; body: Record<string, unknown> };

describeOnEngines('marking a site', ({ open }) => {
  let database: Database;
  let service: ServiceUnderTest;
  let editor: Headers;
  let county: Headers;
  let city: Headers;
  beforeAll(async () => {
    database = await open();
    await addSites(database, [
      { code: 'A', status: 'approved', patches: 2 },
      { code: 'B', status: 'in_progress', percent: 40, treated: 5000, startedOn: '2025-05-01' },
    ]);
    service = await startService(database);
    editor = await service.signedIn('editor');
    county = await service.signedIn('county_reviewer');
    city = await service.signedIn('city_reviewer');
  });
  afterAll(() => service.close());

  async function send(
    who: Headers,
    method: string,
    path: string,
    body?: unknown,
    headers: Headers = {},
  ): Promise<Answered> {
    const response = await fetch(`${service.url}/api/mine-sites/${path}`, {
      method,
      headers: {
        ...who,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return {
      status: response.status,
      etag: response.headers.get('etag'),
      body: (await response.json()) as Record<string, unknown>,
    };
  }
  const read = async (code: string, who: Headers = {}): Promise<MineSite> =>
    mineSiteSchema.parse((await send(who, 'GET', code)).body);
  /** A write from the present version, which must succeed. */
  const mark = async (who: Headers, method: string, path: string, body?: unknown): Promise<MineSite> => {
    const [code = ''] = path.split('/');
    const { version } = await read(code);
    const answered = await send(who, method, path, body, { 'if-match': `"${version}"` });
    if (answered.status !== 200) throw new Error(JSON.stringify(answered.body));
    const site = mineSiteSchema.parse(answered.body);
    expect(answered.etag).toBe(`"${site.version}"`);
    return site;
  };

  it('goes from the first report to closing', async () => {
    const started = { status: 'in_progress', progressPercent: 10, facts: { startedOn: '2025-09-10' } };
    let site = await mark(editor, 'PUT', 'A/reports/2025-09', {
      effectiveOn: '2025-09-10',
      answer: started,
    });
    expect(site).toMatchObject({ state: { status: 'approved' }, report: { state: 'submitted', round: 1 } });
    site = await mark(county, 'POST', 'A/reports/2025-09/opening');
    site = await mark(county, 'POST', 'A/reports/2025-09/review', { decision: 'pass' });
    expect(site).toMatchObject({
      state: {
        status: 'in_progress',
        statusOn: '2025-09-10',
        startedOn: '2025-09-10',
        progressPercent: 10,
      },
      report: { state: 'county_passed' },
    });
    expect((await mark(county, 'POST', 'A/reports/2025-09/opening')).version).toBe(site.version);
    site = await mark(city, 'POST', 'A/reports/2025-09/review', { decision: 'return', reason: '缺开工照片' });
    expect(site).toMatchObject({
      state: { status: 'approved', statusOn: '2025-06-01', startedOn: null, progressPercent: null },
      report: { state: 'returned', returnedByLevel: 'city', returnReason: '缺开工照片' },
    });
    const evidence = [
      await addEvidence(database, 'A', 'selfCheckReport'),
      await addEvidence(database, 'A', 'afterPhoto', { kind: 'photo' }),
    ];
    await mark(editor, 'PUT', 'A/reports/2025-09', { effectiveOn: '2025-09-10', answer: started });
    site = await mark(county, 'POST', 'A/reports/2025-09/review', { decision: 'pass' });
    site = await mark(city, 'POST', 'A/reports/2025-09/review', { decision: 'pass' });
    expect(site.report).toMatchObject({ state: 'city_passed', round: 2 });
    expect(evidence).toHaveLength(2);
  });
});
void describe;
