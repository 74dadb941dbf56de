/** Any day can be read: items, features and tiles of mine sites as of a day. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../server/db/database.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { decodeTile } from './decode-tile.ts';
import { type ServiceUnderTest, startService } from './service-under-test.ts';

/** A walks back and forth, B is known from one late event with facts, C has no events, D begins before its first. */
const setUp = `
with d as (
  insert into app.dataset (layer_id, kind, title, source, as_of)
  values ('mine_sites', 'sample', '示意矿山', 'by hand', '2025-09-30') returning id),
site as (
  insert into geo.mine_site (code, name, county_adcode, status, status_on, progress_percent, treated_area_m2, started_on,
    completed_on, declared_area_m2, geom, dataset_id)
  select s.code, s.name, '360702', s.status, s.status_on, s.percent, s.treated, s.started, s.completed, 1000,
    ST_Multi(ST_MakeEnvelope(s.x, 25.5, s.x + 0.01, 25.51, 4490)), d.id
  from d, (values
    ('A', '甲', 'completed', date '2025-07-01', 100::float8, 900::float8, date '2024-02-01', date '2025-07-01', 115.0),
    ('B', '乙', 'city_accepted', date '2025-08-20', 100, 1000, date '2024-03-01', date '2025-02-01', 115.1),
    ('C', '丙', 'in_progress', date '2025-08-15', 40, 300, date '2025-08-15', null, 115.2),
    ('D', '丁', 'verified', date '2025-09-01', 0, 0, null, null, 115.3))
    as s (code, name, status, status_on, percent, treated, started, completed, x))
insert into app.event_chain (dataset_id) select id from d`;

const events = `
insert into app.mine_site_event (dataset_id, site_code, status, effective_on, period, recorded_at, recorded_by,
  progress_percent, treated_area_m2, facts, sets_state)
select d.id, e.site, e.status, e.day, to_char(e.day, 'YYYY-MM'), now(), 'test', e.percent, e.treated, e.facts::jsonb, e.decides
from app.dataset as d, (values
  (1, 'A', 'in_progress', date '2024-02-01', 5::float8, 10::float8, null, true),
  (2, 'A', 'in_progress', date '2024-05-01', 60, 500, null, true),
  (3, 'A', 'completed', date '2024-08-01', 100, 800, null, true),
  (4, 'A', 'rectifying', date '2024-10-01', 100, 800, null, true),
  (5, 'A', 'completed', date '2025-07-01', 100, 900, null, true),
  (6, 'A', 'closed', date '2024-05-15', 100, 900, null, false),
  (7, 'B', 'city_accepted', date '2025-08-20', 100, 1000,
    '{"startedOn":"2024-03-01","acceptedOn":"2025-08-20","acceptanceDocument":"赣市验〔2025〕3号","acceptedAreaSquareMeters":990.5}', true),
  (8, 'D', 'verified', date '2025-09-01', 0, 0, null, true))
  as e (n, site, status, day, percent, treated, facts, decides)
order by e.n`;

type Feature = { id: string; properties: Record<string, unknown>; links: { rel: string; href: string }[] };
type Collection = Feature & { numberMatched: number; features: Feature[] };
type Problem = { status: number; field?: string; detail: string };

describeOnEngines('a past day', ({ open }) => {
  let database: Database;
  let service: ServiceUnderTest;
  const path = '/ogc/collections/mine_sites';
  const run = (text: string) => database.query(text, [], { class: 'bulk' });
  const site = async (code: string, day: string) =>
    (await service.getJson<Feature>(`${path}/items/${code}?as_of=${day}`)).properties;
  const items = (query: string) => service.getJson<Collection>(`${path}/items?${query}`);
  const phasesOn = async (query: string) =>
    Object.fromEntries((await items(query)).features.map(({ id, properties }) => [id, properties.phase]));
  const problem = async (address: string): Promise<Problem> => {
    const response = await service.get(address);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    return (await response.json()) as Problem;
  };

  beforeAll(async () => {
    database = await open();
    await run(setUp);
    await run(events);
    service = await startService(database);
  });
  afterAll(() => service.close());

  it('has the state of the event effective last, and since when it has it', async () => {
    expect(await site('A', '2024-06-30')).toMatchObject({
      status: 'in_progress',
      phase: 'in_works',
      status_on: '2024-02-01',
      progress_percent: 60,
      treated_area_m2: 500,
      started_on: '2024-02-01',
      completed_on: null,
    });
    expect(await site('A', '2025-06-30')).toMatchObject({ status: 'rectifying', status_on: '2024-10-01' });
    expect(await site('A', '2025-09-30')).toMatchObject({
      status: 'completed',
      status_on: '2025-07-01',
      completed_on: '2025-07-01',
    });
  });

  it('counts the day itself, and not the day before', async () => {
    expect((await site('A', '2024-07-31')).status).toBe('in_progress');
    expect((await site('A', '2024-08-01')).status).toBe('completed');
  });

  it('before any event is to be verified, with nothing done', async () => {
    expect(await site('A', '2024-01-31')).toMatchObject({
      status: 'to_verify',
      phase: 'not_started',
      status_on: null,
      progress_percent: null,
      treated_area_m2: null,
      started_on: null,
    });
  });

  it('has the facts of the event where it has any', async () => {
    expect(await site('B', '2025-08-20')).toMatchObject({
      started_on: '2024-03-01',
      completed_on: null,
      accepted_on: '2025-08-20',
      accepted_area_m2: 990.5,
      acceptance_document: '赣市验〔2025〕3号',
    });
    expect(await site('B', '2025-08-19')).toMatchObject({ status: 'to_verify', acceptance_document: null });
  });

  it('takes a site without events as it is, from its own day on', async () => {
    expect(await site('C', '2025-08-15')).toMatchObject({ status: 'in_progress', progress_percent: 40 });
    expect(await site('C', '2025-08-14')).toMatchObject({ status: 'to_verify', progress_percent: null });
  });

  it('of the last day is what the layer is now', async () => {
    const plain = (await items('limit=10')).features.map(({ id, properties }) => [id, properties.status]);
    const past = (await items('limit=10&as_of=2025-09-30')).features;
    expect(past.map(({ id, properties }) => [id, properties.status])).toEqual(plain);
  });

  it('is what filters and counts go by', async () => {
    expect(await phasesOn('as_of=2024-09-30')).toEqual({
      A: 'awaiting_acceptance',
      B: 'not_started',
      C: 'not_started',
      D: 'not_started',
    });
    const unstarted = await items('as_of=2024-09-30&phase=not_started&limit=2');
    expect(unstarted.numberMatched).toBe(3);
    expect((await items('phase=not_started&limit=2')).numberMatched).toBe(1);
    expect((await items('as_of=2024-12-31&datetime=2024-10-01')).features.map(({ id }) => id)).toEqual(['A']);
  });

  it('is kept from page to page', async () => {
    const first = await items('as_of=2024-09-30&phase=not_started&limit=2');
    const next = first.links.find(({ rel }) => rel === 'next')?.href ?? '';
    expect(new URL(next).searchParams.get('as_of')).toBe('2024-09-30');
    const second = await service.getJson<Collection>(next.slice(service.url.length));
    expect([...first.features, ...second.features].map(({ id }) => id)).toEqual(['B', 'C', 'D']);
    expect(second.numberMatched).toBe(3);
  });

  it('is drawn in tiles, and named by TileJSON', async () => {
    const phasesInTile = async (query: string) => {
      const response = await service.get(`${path}/tiles/WebMercatorQuad/7/54/104${query}`);
      const layers = decodeTile(Buffer.from(await response.arrayBuffer()));
      return Object.fromEntries(
        (layers.mine_sites_anchor ?? []).map(({ properties }) => [properties.code, properties.phase]),
      );
    };
    expect(await phasesInTile('?as_of=2024-06-30')).toMatchObject({ A: 'in_works', C: 'not_started' });
    expect(await phasesInTile('')).toMatchObject({ A: 'awaiting_acceptance', C: 'in_works' });
    const { tiles } = await service.getJson<{ tiles: string[] }>(
      `${path}/tiles/WebMercatorQuad?as_of=2024-06-30`,
    );
    expect(tiles[0]).toMatch(/\/\{z\}\/\{y\}\/\{x\}\?as_of=2024-06-30$/);
  });

  it('changes at once by an event dated then, and by no other', async () => {
    const before = await site('D', '2025-09-15');
    await run(`insert into app.mine_site_event (dataset_id, site_code, status, effective_on, period, recorded_at, recorded_by)
      select id, 'D', 'designing', '2025-09-20', '2025-09', now(), 'test' from app.dataset`);
    expect(await site('D', '2025-09-15')).toEqual(before);
    expect((await site('D', '2025-09-20')).status).toBe('designing');
  });

  it('is told by the OpenAPI document and the queryables', async () => {
    type OpenApi = { paths: Record<string, { get: { parameters: { $ref?: string }[] } }> };
    const { paths } = await service.getJson<OpenApi>('/ogc/api');
    const takes = (layerId: string) =>
      paths[`/collections/${layerId}/items`]?.get.parameters.some(
        ({ $ref }) => $ref === '#/components/parameters/as_of',
      );
    expect([takes('mine_sites'), takes('rivers')]).toEqual([true, false]);
    const queryables = await service.getJson<{ 'x-lantu-as-of': { fields: string[] } }>(`${path}/queryables`);
    expect(queryables['x-lantu-as-of'].fields).toContain('phase');
  });

  describe('is refused', () => {
    it.each(['2025-13-01', '2025-02-30', 'gestern', '', '2025-06-30T00:00:00Z'])('as %j', async (day) => {
      for (const address of ['items', 'items/A', 'tiles/WebMercatorQuad/7/54/104', 'tiles/WebMercatorQuad']) {
        expect(await problem(`${path}/${address}?as_of=${encodeURIComponent(day)}`)).toMatchObject({
          status: 400,
          field: 'as_of',
        });
      }
    });

    it('when it is still to come', async () => {
      expect(await problem(`${path}/items?as_of=2999-01-01`)).toMatchObject({ status: 400, field: 'as_of' });
    });

    it('for layers without a history, naming those that have one', async () => {
      const refusal = await problem('/ogc/collections/rivers/items?as_of=2025-01-01');
      expect(refusal).toMatchObject({ status: 400, field: 'as_of' });
      expect(refusal.detail).toContain('mine_sites');
    });
  });
});
