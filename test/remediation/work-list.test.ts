/** 待办: what an editor owes, and what waits for each level of review, seen through the interface. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type WorkList, workListSchema } from '../../geodata/contract/work-list.ts';
import type { Database } from '../../server/db/database.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { type ServiceUnderTest, startService } from '../features/service-under-test.ts';
import { addSites } from '../fixtures/marked-sites.ts';

type Headers = Record<string, string>;
type GivenReport = {
  site: string;
  period: string;
  state: string;
  flags?: readonly object[];
  reason?: string;
  answer?: object;
};

const flag = {
  id: 'percent_falls',
  field: 'answer.progressPercent',
  values: { now: 1, before: 2 },
  reason: '塌方',
};

describeOnEngines('the work list', ({ open }) => {
  let database: Database;
  let service: ServiceUnderTest;
  beforeAll(async () => {
    database = await open();
    const dataset = await addSites(database, [
      { code: 'A-returned', status: 'in_progress' },
      { code: 'B-owing', status: 'in_progress' },
      { code: 'C-submitted', status: 'in_progress', percent: 40 },
      { code: 'D-flagged', status: 'in_progress' },
      { code: 'E-passed', status: 'in_progress' },
      { code: 'F-done', status: 'natural_recovery' },
      { code: 'G-completed', status: 'completed' },
      { code: 'H-accepted', status: 'county_accepted' },
      { code: 'I-noticed', status: 'public_notice' },
      { code: 'J-closed', status: 'closed' },
      { code: 'K-excluded', status: 'excluded' },
      { code: 'L-recorded', status: 'in_progress' },
      { code: 'M-overtaken', status: 'in_progress' },
      { code: 'N-zone', status: 'in_progress', unit: 'zone' },
    ]);
    const reports: GivenReport[] = [
      { site: 'A-returned', period: '2025-08', state: 'returned', reason: '照片不符' },
      { site: 'A-returned', period: '2025-09', state: 'submitted' },
      { site: 'B-owing', period: '2025-06', state: 'city_passed' },
      { site: 'C-submitted', period: '2025-09', state: 'submitted', answer: { status: 'completed' } },
      { site: 'D-flagged', period: '2025-08', state: 'submitted', flags: [flag] },
      { site: 'E-passed', period: '2025-09', state: 'county_passed' },
      { site: 'F-done', period: '2025-09', state: 'city_passed' },
      { site: 'M-overtaken', period: '2025-07', state: 'returned', reason: 'x' },
      { site: 'M-overtaken', period: '2025-08', state: 'city_passed' },
      { site: 'N-zone', period: '2025-09', state: 'withdrawn' },
    ];
    for (const { site, period, state, flags = [], reason = null, answer = {} } of reports) {
      await database.query(
        `insert into app.mine_site_report (site_code, period, state, effective_on, answer, flags, submitted_by, submitted_at,
           return_reason) values ($1, $2, $3, ($2 || '-15')::date, $4, $5, 'hand', now(), $6)`,
        [site, period, state, JSON.stringify(answer), JSON.stringify(flags), reason],
        { class: 'bulk' },
      );
    }
    await database.query(
      `insert into app.mine_site_event (dataset_id, site_code, kind, status, effective_on, period, recorded_at, recorded_by)
       values ($1, 'L-recorded', 'record', 'in_progress', '2025-09-01', '2025-09', now(), 'hand')`,
      [dataset],
      { class: 'bulk' },
    );
    service = await startService(database);
  });
  afterAll(() => service.close());

  const read = async (who: Headers, query = ''): Promise<WorkList> =>
    workListSchema.parse(await service.getJson(`/api/work-list${query}`, who));
  const lines = ({ items }: WorkList) =>
    items.map(({ code, period, waitsFor, silentMonths }) => [code, period, waitsFor, silentMonths]);

  it('tells an editor what the month owes, returned first, then the longest silent', async () => {
    const list = await read(await service.signedIn('editor'));
    expect(list).toMatchObject({
      level: 'unit',
      period: '2025-09',
      workDay: '2025-09-30',
      dueOn: '2025-09-30',
      hasSampleData: true,
      counts: { owed: 12, reported: 5, returned: 0, left: 7 },
    });
    expect(lines(list)).toEqual([
      ['A-returned', '2025-08', 'resubmit', 0],
      // Asked since the first month anybody reported for.
      ['G-completed', '2025-09', 'report', 3],
      ['H-accepted', '2025-09', 'report', 3],
      ['I-noticed', '2025-09', 'report', 3],
      ['B-owing', '2025-09', 'report', 2],
      ['J-closed', '2025-09', 'report', 1],
      ['D-flagged', '2025-09', 'report', 0],
      ['M-overtaken', '2025-09', 'report', 0],
      ['C-submitted', '2025-09', 'county_review', 3],
      ['E-passed', '2025-09', 'city_review', 3],
      ['F-done', '2025-09', 'nothing', 3],
      ['L-recorded', '2025-09', 'nothing', 3],
    ]);
    expect(list.items[0]).toMatchObject({ reportState: 'returned', returnReason: '照片不符' });
  });

  it('tells a county reviewer what was submitted, flagged first, then what waits for acceptance', async () => {
    const list = await read(await service.signedIn('county_reviewer'));
    expect(list.items.map(({ code, period, waitsFor, steps }) => [code, period, waitsFor, steps])).toEqual([
      ['D-flagged', '2025-08', 'county_review', []],
      ['A-returned', '2025-09', 'county_review', []],
      ['C-submitted', '2025-09', 'county_review', []],
      ['G-completed', '2025-09', 'decision', ['county_accepted']],
      ['J-closed', '2025-09', 'decision', ['handed_over']],
    ]);
    expect(list.items[0]?.flags).toEqual([flag]);
    expect(list.counts.owed).toBe(12);
  });

  it('tells the city reviewer what the counties passed, and the acceptances, notices and closings', async () => {
    const list = await read(await service.signedIn('city_reviewer'));
    expect(list.items.map(({ code, waitsFor, steps }) => [code, waitsFor, steps])).toEqual([
      ['E-passed', 'city_review', []],
      ['H-accepted', 'decision', ['city_accepted']],
      ['I-noticed', 'decision', ['closed']],
    ]);
    expect(list.counts.owed).toBe(13);
  });

  it('is read by onlookers, of all units or one', async () => {
    const viewer = await service.signedIn('viewer');
    expect((await read(viewer)).counts.owed).toBe(13);
    const zone = await read(viewer, '?unit=zone');
    expect(zone.items).toMatchObject([{ code: 'N-zone', waitsFor: 'report', reportState: 'withdrawn' }]);
    expect(zone.counts).toEqual({ owed: 1, reported: 0, returned: 0, left: 1 });
    expect((await read(viewer, '?unit=360730')).items).toEqual([]);
  });

  it('of another month tells that month', async () => {
    const august = await read(await service.signedIn('editor'), '?period=2025-08');
    // 管护 is by quarters: a closed site owes nothing in August.
    expect(august.items.map(({ code }) => code)).not.toContain('J-closed');
    expect(august).toMatchObject({ dueOn: '2025-08-31', counts: { owed: 11, reported: 2, returned: 1 } });
    // What a later month has overtaken is told, and not offered.
    expect(august.items.find(({ code }) => code === 'B-owing')).toMatchObject({
      waitsFor: 'report',
      isOvertaken: false,
    });
    expect(august.items.find(({ code }) => code === 'F-done')).toMatchObject({
      waitsFor: 'nothing',
      reportState: null,
      isOvertaken: true,
    });
  });

  it('keeps scoped accounts in their units, and says what is wrong with a question', async () => {
    for (const role of ['editor', 'county_reviewer'] as const) {
      const who = await service.signedIn(role, { units: ['360730'] });
      expect((await read(who)).items).toEqual([]);
      expect((await service.get('/api/work-list?unit=360732', who)).status).toBe(403);
      const ofPatches = await service.signedIn(role, { layers: ['mine_patches'] });
      expect((await service.get('/api/work-list?unit=360732', ofPatches)).status).toBe(403);
    }
    const viewer = await service.signedIn('viewer');
    expect((await service.get('/api/work-list')).status).toBe(401);
    expect((await service.get('/api/work-list?unit=nowhere', viewer)).status).toBe(404);
    expect((await service.get('/api/work-list?period=2025-13', viewer)).status).toBe(400);
    expect((await service.get('/api/work-list?month=2025-09', viewer)).status).toBe(400);
  });
});
