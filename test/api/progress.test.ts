import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type FigureSites,
  figureIds,
  figureSitesSchema,
  type ProgressResponse,
  progressGroupings,
  progressResponseSchema,
} from '../../geodata/contract/progress.ts';
import type { Database } from '../../server/db/database.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { type ServiceUnderTest, startService } from '../features/service-under-test.ts';

/** Three sites of 1000, 200 and 30 m²: the first walks the workflow, the second is excluded, the third has no events. */
const setUp = `
with d as (
  insert into app.dataset (layer_id, kind, title, source, as_of)
  values ('mine_sites', 'sample', '示意矿山', 'by hand', '2025-09-30') returning id),
unit as (
  insert into app.reporting_unit (code, name, name_en, kind, county_adcode, sort_order) values
    ('360702', '章贡区', 'Zhanggong', 'county', '360702', 1),
    ('zone', '经开区', 'Zone', 'zone', null, 2)),
site as (
  insert into geo.mine_site (code, name, county_adcode, reporting_unit, status, status_on, plan_year, declared_area_m2, dataset_id)
  select s.* , d.id from d, (values
    ('A', '甲', '360702', null, 'closed', date '2025-07-01', 2024, 1000::float8),
    ('B', '乙', '360702', 'zone', 'excluded', date '2025-09-15', 2023, 200),
    ('C', '丙', '360702', null, 'in_progress', date '2025-08-15', 2024, 30)) as s),
chain as (insert into app.event_chain (dataset_id) select id from d)
insert into app.campaign (code, name, name_en, document, base_count, base_area_m2, from_on, to_on, dataset_id)
select 'K', '任务', 'Campaign', '文号', 4, 5000, '2022-12-28', '2025-12-31', id from d`;

const events = `
insert into app.mine_site_event (dataset_id, site_code, status, effective_on, period, recorded_at, recorded_by)
select d.id, e.site, e.status, e.day, to_char(e.day, 'YYYY-MM'), now(), 'test'
from app.dataset as d, (values
  (1, 'A', 'in_progress', date '2025-03-01'),
  (2, 'A', 'closed', date '2025-07-01'),
  (3, 'A', 'completed', date '2025-05-01'),
  (4, 'B', 'approved', date '2025-01-01'),
  (5, 'B', 'excluded', date '2025-09-15')) as e (n, site, status, day)
order by e.n`;

describeOnEngines('progress', ({ open }) => {
  let database: Database;
  let service: ServiceUnderTest;
  const read = async (query = ''): Promise<ProgressResponse> =>
    progressResponseSchema.parse(await service.getJson(`/api/progress${query}`));
  const sites = async (query: string): Promise<FigureSites> =>
    figureSitesSchema.parse(await service.getJson(`/api/progress/sites?${query}`));
  beforeAll(async () => {
    database = await open();
    service = await startService(database);
  });
  afterAll(() => service.close());

  it('of an empty database is nothing of no campaign', async () => {
    const progress = await read('?as_of=2025-09-30');
    expect(progress).toMatchObject({
      campaign: null,
      total: { listed: { count: 0, areaSquareMeters: 0 } },
      byUnit: [],
    });
  });

  it('is told for the day the data is known to, by sites and by declared area', async () => {
    await database.query(setUp, [], { class: 'bulk' });
    await database.query(events, [], { class: 'bulk' });
    await database.query(
      'insert into app.campaign_site select c.id, s.code from app.campaign as c, geo.mine_site as s',
      [],
      { class: 'bulk' },
    );
    const progress = await read();
    expect(progress).toMatchObject({
      asOf: '2025-09-30',
      comparedWith: '2025-08-31',
      hasSampleData: true,
      campaign: { code: 'K', base: { count: 4, areaSquareMeters: 5000 }, areaBasis: 'declared' },
      total: {
        listed: { count: 2, areaSquareMeters: 1030 },
        started: { count: 2, areaSquareMeters: 1030 },
        completed: { count: 1, areaSquareMeters: 1000 },
        closed: { count: 1, areaSquareMeters: 1000 },
        excluded: { count: 1, areaSquareMeters: 200 },
      },
      previousTotal: { listed: { count: 3, areaSquareMeters: 1230 }, excluded: { count: 0 } },
      attention: { overdue: { count: 1, areaSquareMeters: 30, steps: [{ months: 9, count: 1 }] } },
      difference: { count: 2, areaSquareMeters: 3970 },
      firstDay: '2025-01-01',
      knownUntil: '2025-09-30',
    });
    expect(progress.byStatus.closed).toEqual({ count: 1, areaSquareMeters: 1000 });
  });

  it('goes by the day of the fact, whatever the order of recording', async () => {
    const statusOfA = async (day: string): Promise<string[]> => {
      const { byStatus } = await read(`?as_of=${day}`);
      return Object.entries(byStatus).flatMap(([id, { areaSquareMeters }]) =>
        areaSquareMeters >= 1000 ? [id] : [],
      );
    };
    expect(await statusOfA('2025-02-28')).toEqual(['to_verify']);
    expect(await statusOfA('2025-03-01')).toEqual(['in_progress']);
    expect(await statusOfA('2025-06-30')).toEqual(['completed']);
    expect(await statusOfA('2025-07-01')).toEqual(['closed']);
  });

  it('takes a site without events at its own status from its day on', async () => {
    expect((await read('?as_of=2025-08-14')).byStatus.in_progress?.count).toBe(0);
    expect((await read('?as_of=2025-08-15')).byStatus.in_progress).toEqual({
      count: 1,
      areaSquareMeters: 30,
    });
  });

  it('is divided among the units, a county taking what names no zone', async () => {
    const { byUnit } = await read();
    expect(
      byUnit.map((unit) => [unit.code, unit.standing.listed.count, unit.standing.excluded.count]),
    ).toEqual([
      ['360702', 2, 0],
      ['zone', 0, 1],
    ]);
    expect(byUnit[1]?.previous.listed.count).toBe(1);
  });

  it('follows an event at once', async () => {
    const { total } = await read();
    await database.query(
      `insert into app.mine_site_event (dataset_id, site_code, status, effective_on, period, recorded_at, recorded_by)
       select id, 'A', 'rectifying', '2025-09-20', '2025-09', now(), 'test' from app.dataset`,
      [],
      { class: 'bulk' },
    );
    expect(total.rectifying.count).toBe(0);
    expect((await read()).total).toMatchObject({
      rectifying: { count: 1 },
      completed: { count: 0 },
      started: { count: 2 },
    });
  });

  it('sums the treated area apart, with what was treated before', async () => {
    await database.query(
      `insert into app.mine_site_event (dataset_id, site_code, status, effective_on, period, recorded_at, recorded_by, treated_area_m2)
       select id, 'A', 'rectifying', e.day, to_char(e.day, 'YYYY-MM'), now(), 'test', e.treated
       from app.dataset, (values (date '2025-08-30', 700.5), (date '2025-09-25', 900.25)) as e (day, treated)`,
      [],
      { class: 'bulk' },
    );
    const { total, previousTotal } = await read();
    expect(total.treated).toEqual({ count: 1, areaSquareMeters: 900.25 });
    expect(previousTotal.treated).toEqual({ count: 1, areaSquareMeters: 700.5 });
  });

  it('takes history as the answer of its month, and asks for none before anybody reported', async () => {
    const { silent } = (await read()).attention;
    expect(silent).toMatchObject({ count: 1, areaSquareMeters: 30, steps: [{ months: 1 }] });
    expect((await read('?as_of=2025-08-31')).attention.silent.count).toBe(0);
  });

  describe('of reports', () => {
    // A step of a report is an event too: that is what raises the revision.
    beforeAll(() =>
      database.query(
        `with report as (
          insert into app.mine_site_report (site_code, period, state, effective_on, answer, submitted_by, submitted_at)
          values ('A', '2025-07', 'city_passed', '2025-07-31', '{}', 'test', now()),
            ('A', '2025-09', 'returned', '2025-09-20', '{}', 'test', now()),
            ('C', '2025-06', 'county_passed', '2025-06-20', '{}', 'test', now()),
            ('C', '2025-09', 'withdrawn', '2025-09-20', '{}', 'test', now()))
        insert into app.mine_site_event
          (dataset_id, site_code, status, effective_on, period, recorded_at, recorded_by, sets_state)
        select id, 'C', 'in_progress', '2025-09-20', '2025-09', now(), 'test', false from app.dataset`,
        [],
        { class: 'bulk' },
      ),
    );

    it('tells what was returned, what waits and who is silent for how long', async () => {
      const { attention, reportingPeriod } = await read();
      expect(reportingPeriod).toBe('2025-09');
      expect(attention).toMatchObject({
        returned: { count: 1, areaSquareMeters: 1000 },
        waits_county: { count: 0 },
        waits_city: { count: 1 },
        silent: { count: 1, steps: [{ months: 3, count: 1, areaSquareMeters: 30 }] },
      });
    });

    it('asks for no answer before it was due, nor for reports of later months', async () => {
      const { attention, reportingPeriod } = await read('?as_of=2025-08-30');
      expect(reportingPeriod).toBe('2025-07');
      expect(attention.returned.count).toBe(0);
      expect(attention.silent).toMatchObject({
        count: 2,
        steps: [
          { months: 2, count: 1 },
          { months: 1, count: 1 },
        ],
      });
    });
  });

  describe.each(progressGroupings)('by %s', (by) => {
    it('has groups whose figures add up to the whole', async () => {
      const { groups, total, attention } = await read(`?by=${by}`);
      expect(groups?.by).toBe(by);
      const sum = (of: (group: NonNullable<typeof groups>['entries'][number]) => number): number =>
        (groups?.entries ?? []).reduce((all, group) => all + of(group), 0);
      expect(sum(({ standing }) => standing.listed.count)).toBe(total.listed.count);
      expect(sum(({ standing }) => standing.treated.areaSquareMeters)).toBe(total.treated.areaSquareMeters);
      expect(sum(({ attention: own }) => own.overdue.count)).toBe(attention.overdue.count);
    });

    it('has lists as long as its figures, in every group', async () => {
      for (const day of ['2025-08-30', '2025-09-30']) {
        const { groups } = await read(`?by=${by}&as_of=${day}`);
        for (const group of groups?.entries ?? []) {
          for (const figure of figureIds) {
            const measure = { ...group.standing, ...group.attention }[figure];
            const list = await sites(`figure=${figure}&as_of=${day}&${by}=${encodeURIComponent(group.key)}`);
            expect([figure, list.count, list.areaSquareMeters]).toEqual([
              figure,
              measure.count,
              measure.areaSquareMeters,
            ]);
            expect(list.sites).toHaveLength(measure.count);
          }
        }
      }
    });
  });

  it('lists the sites of one step of being late', async () => {
    const silent = await sites('figure=silent&months=3');
    expect(silent.sites).toEqual([
      { code: 'C', name: '丙', unit: '360702', status: 'in_progress', areaSquareMeters: 30, months: 3 },
    ]);
    expect((await sites('figure=silent&months=2')).count).toBe(0);
  });

  it.each([
    ['/api/progress?as_of=2025-02-30', 'as_of'],
    ['/api/progress?as_of=2999-01-01', 'as_of'],
    ['/api/progress?by=colour', 'by'],
    ['/api/progress/sites', 'figure'],
    ['/api/progress/sites?figure=rich', 'figure'],
    ['/api/progress/sites?figure=silent&months=0', 'months'],
    ['/api/progress/sites?figure=silent&colour=red', 'colour'],
  ])('refuses %s', async (path, field) => {
    const response = await service.get(path);
    expect([response.status, ((await response.json()) as { field: string }).field]).toEqual([400, field]);
  });

  it('counts only the sites of the campaign', async () => {
    await database.query("delete from app.campaign_site where site_code = 'C'", [], { class: 'bulk' });
    await database.query("update geo.mine_site set plan_year = 2025 where code = 'C'", [], { class: 'bulk' });
    expect((await read()).total.listed.count).toBe(1);
  });
});
