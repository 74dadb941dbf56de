import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ProgressResponse, progressResponseSchema } from '../../geodata/contract/progress.ts';
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
      overdue: { count: 1, areaSquareMeters: 30 },
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

  it('counts only the sites of the campaign', async () => {
    await database.query("delete from app.campaign_site where site_code = 'C'", [], { class: 'bulk' });
    await database.query("update geo.mine_site set plan_year = 2025 where code = 'C'", [], { class: 'bulk' });
    expect((await read()).total.listed.count).toBe(1);
  });
});
