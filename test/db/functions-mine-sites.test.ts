/** A site follows its patches; events are append-only and chained; clearing the sample takes exactly the sample. */
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../server/db/database.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { newDataset } from '../fixtures/datasets.ts';

const write = { class: 'bulk' } as const;
/** Takes 0.5 s on two idle cores; one union or one walk of the chain per row would take minutes. */
const quadraticMs = 20_000;

function square(lng: number, lat: number, size = 0.001): string {
  const [east, north] = [lng + size, lat + size];
  return `MULTIPOLYGON(((${lng} ${lat},${east} ${lat},${east} ${north},${lng} ${north},${lng} ${lat})))`;
}

describeOnEngines('mine sites', ({ open }) => {
  let database: Database;
  const run = (text: string, params: unknown[] = []) => database.query(text, params, write);
  const one = async (text: string, params: unknown[] = []) => (await run(text, params))[0];
  const dataset: Record<string, string> = {};
  beforeAll(async () => {
    database = await open();
    for (const kind of ['sample', 'official'] as const) {
      dataset[`${kind}Sites`] = await newDataset(database, 'mine_sites', kind);
      dataset[`${kind}Patches`] = await newDataset(database, 'mine_patches', kind);
    }
  });

  const addSite = (code: string) =>
    run('insert into geo.mine_site (code, dataset_id) values ($1, $2)', [code, dataset.sampleSites]);
  const addPatch = (code: string, site: string, wkt: string | null) =>
    run(
      'insert into geo.mine_patch (code, site_code, dataset_id, geom) values ($1, $2, $3, ST_GeomFromText($4, 4490))',
      [code, site, dataset.samplePatches, wkt],
    );
  const site = (code: string) =>
    one(
      `select patch_count, ST_NumGeometries(geom) as parts, ST_IsValid(geom) as valid, area_m2, version
       from geo.mine_site where code = $1`,
      [code],
    );

  describe('geometry', () => {
    it('is the union of the patches: neighbours merge, others stay apart', async () => {
      await addSite('A');
      await addPatch('A1', 'A', square(115, 25));
      await addPatch('A2', 'A', square(115.001, 25));
      await addPatch('A3', 'A', square(115.1, 25));
      expect(await site('A')).toMatchObject({ patch_count: 3, parts: 2, valid: true });
    });

    it('follows a patch that changes, moves to another site, or goes', async () => {
      await addSite('B');
      await addSite('C');
      await addPatch('B1', 'B', square(115, 25));
      const before = await site('B');
      await run(`update geo.mine_patch set name = '改名' where code = 'B1'`);
      expect(await site('B')).toEqual(before);
      await run(`update geo.mine_patch set geom = ST_GeomFromText($1, 4490) where code = 'B1'`, [
        square(115, 25, 0.002),
      ]);
      expect((await site('B'))?.area_m2).toBeGreaterThan(3.9 * before?.area_m2);
      await run(`update geo.mine_patch set site_code = 'C' where code = 'B1'`);
      expect(await site('B')).toMatchObject({ patch_count: 0, parts: null, area_m2: null });
      expect(await site('C')).toMatchObject({ patch_count: 1, parts: 1 });
      await run(`delete from geo.mine_patch where code = 'B1'`);
      expect(await site('C')).toMatchObject({ patch_count: 0, parts: null });
    });

    it('stays visible, without an area, while a patch is invalid or has no place', async () => {
      await addSite('D');
      await addPatch('D1', 'D', square(115, 25));
      await addPatch('D2', 'D', null);
      expect(await site('D')).toMatchObject({ patch_count: 2, parts: 1, valid: true });
      await addPatch('D3', 'D', 'MULTIPOLYGON(((116 25,116.02 25.02,116.02 25,116 25.02,116 25)))');
      expect(await site('D')).toMatchObject({ patch_count: 3, parts: 2, valid: false, area_m2: null });
    });

    it('is kept for sites delivered without patches', async () => {
      await run(
        `insert into geo.mine_site (code, dataset_id, geom) values ('E', $1, ST_GeomFromText($2, 4490))`,
        [dataset.sampleSites, square(115, 25)],
      );
      await run('select app.refresh_mine_site_geometry(null)');
      await run(`delete from geo.mine_patch where code = 'no such patch'`);
      expect(await site('E')).toMatchObject({ patch_count: 0, parts: 1 });
    });

    it('is refreshed for 535 sites and 1 300 patches in one statement, not in quadratic time', async () => {
      await run(
        `insert into geo.mine_site (code, dataset_id) select 'M' || i, $1 from generate_series(1, 535) as i`,
        [dataset.sampleSites],
      );
      const started = performance.now();
      await run(
        `insert into geo.mine_patch (code, site_code, dataset_id, geom)
         select 'M' || i, 'M' || (1 + i % 535), $1,
           ST_Multi(ST_SetSRID(ST_MakeEnvelope(114 + (i % 535) * 0.002 + i * 1e-7, 25, 114.001 + (i % 535) * 0.002 + i * 1e-7, 25.001), 4490))
         from generate_series(1, 1300) as i`,
        [dataset.samplePatches],
      );
      expect(performance.now() - started).toBeLessThan(quadraticMs);
      expect(
        await one(
          `select count(*)::int as n from geo.mine_site where code like 'M%' and geom is not null and patch_count > 1`,
        ),
      ).toEqual({ n: 535 });
    });
  });

  describe('events', () => {
    const append = (datasetId: string | undefined, from: number, to: number) =>
      run(
        `insert into app.mine_site_event (dataset_id, site_code, status, effective_on, period, recorded_at, recorded_by,
           progress_percent, treated_area_m2, note)
         select $1, 'A', 'in_progress', date '2024-01-01' + i, '2024-01', timestamptz '2024-01-01 08:00:00.25+08', '测试员',
           i / 3.0, null, case when i = 2 then E'引号 " 换行\\n第二行' end
         from generate_series($2::int, $3::int) as i`,
        [datasetId, from, to],
      );
    const broken = async (datasetId: string | undefined) =>
      (await one('select app.verify_event_chain($1)::int as seq', [datasetId]))?.seq;

    it('are numbered and chained per dataset by hashes anyone can recompute', async () => {
      await append(dataset.sampleSites, 1, 3);
      await append(dataset.officialSites, 1, 1);
      await append(dataset.sampleSites, 4, 4);
      const rows = await database.query<{ seq: string; hashed_text: string; hash: string }>(
        'select seq, hashed_text, hash from app.mine_site_event where dataset_id = $1 order by seq',
        [dataset.sampleSites],
        write,
      );
      expect(rows.map(({ seq }) => seq)).toEqual(['1', '2', '3', '4']);
      let before = '';
      for (const { hashed_text, hash } of rows) {
        before = createHash('sha256')
          .update(before + hashed_text)
          .digest('hex');
        expect(hash).toBe(before);
      }
      expect(rows[1]?.hashed_text).toBe(
        `["lantu-event-1", "${dataset.sampleSites}", "2", "A", "in_progress", "2024-01-03", "2024-01", ` +
          `"2024-01-01T00:00:00.250000Z", "测试员", "0.666667", null, "引号 \\" 换行\\n第二行"]`,
      );
      expect(
        await one('select last_seq, last_hash from app.event_chain where dataset_id = $1', [
          dataset.sampleSites,
        ]),
      ).toEqual({
        last_seq: '4',
        last_hash: before,
      });
      expect(await broken(dataset.sampleSites)).toBeNull();
      expect(await broken(dataset.officialSites)).toBeNull();
    });

    it('hash to the same text whatever date style, time zone and float format the session uses', async () => {
      const text = await database.transaction(async (client) => {
        await client.query(
          `select set_config('DateStyle', 'German', true), set_config('TimeZone', 'America/New_York', true),
             set_config('extra_float_digits', '-10', true)`,
          [],
          write,
        );
        return client.query(
          'select bool_and(app.event_text(e) = e.hashed_text) as same from app.mine_site_event as e',
          [],
          write,
        );
      }, write);
      expect(text).toEqual([{ same: true }]);
    });

    it.each([
      'update app.mine_site_event set note = null',
      'update app.mine_site_event set note = null where false',
      'delete from app.mine_site_event',
      'truncate app.mine_site_event',
      'truncate app.event_chain cascade',
      'truncate app.dataset cascade',
      'delete from app.event_chain',
    ])('refuse: %s', async (statement) => {
      await expect(run(statement)).rejects.toMatchObject({ cause: { code: 'LT002' } });
    });

    it('refuse to be deleted where only the flag of the clearing function is set', async () => {
      await expect(
        database.transaction(async (client) => {
          await client.query(`select set_config('lantu.clearing_sample', 'on', true)`, [], write);
          await client.query(
            'delete from app.mine_site_event where dataset_id = $1',
            [dataset.officialSites],
            write,
          );
        }, write),
      ).rejects.toMatchObject({ cause: { code: 'LT002' } });
    });

    it.each([
      ['a changed column', `update app.mine_site_event set effective_on = '2020-01-01' where seq = 2`, 2],
      ['a changed text', `update app.mine_site_event set hashed_text = hashed_text || ' ' where seq = 3`, 3],
      ['a missing event', 'delete from app.mine_site_event where seq = 2', 2],
      ['an end cut off', 'delete from app.mine_site_event where seq = 4', 4],
    ])('show %s made behind the triggers', async (_, tampering, seq) => {
      const found = await database.transaction(async (client) => {
        const query = (text: string, params: unknown[] = []) => client.query(text, params, write);
        await query('savepoint intact');
        await query('alter table app.mine_site_event disable trigger user');
        await query(`${tampering} and dataset_id = $1`, [dataset.sampleSites]);
        const rows = await query('select app.verify_event_chain($1)::int as seq', [dataset.sampleSites]);
        await query('rollback to savepoint intact');
        return rows;
      }, write);
      expect(found).toEqual([{ seq }]);
    });

    it('take 5 000 in one statement, not in quadratic time', async () => {
      const started = performance.now();
      await append(dataset.sampleSites, 5, 504);
      await run(
        `insert into app.mine_site_event (dataset_id, site_code, status, effective_on, period, recorded_at, recorded_by)
         select $1, 'A', 'closed', '2025-01-01', '2025-01', now(), 'x' from generate_series(1, 4500)`,
        [dataset.sampleSites],
      );
      expect(performance.now() - started).toBeLessThan(quadraticMs);
      expect(await broken(dataset.sampleSites)).toBeNull();
    });
  });

  describe('clearing the sample', () => {
    it('refuses while official patches hang on a sample site, and then changes nothing', async () => {
      await run(`insert into geo.mine_patch (code, site_code, dataset_id) values ('official', 'A', $1)`, [
        dataset.officialPatches,
      ]);
      await expect(run('select app.clear_sample()')).rejects.toMatchObject({ cause: { code: 'LT005' } });
      expect(await lastSeq(dataset.sampleSites)).toBe('5004');
      await run(`delete from geo.mine_patch where code = 'official'`);
    });

    it('takes sample features, events, chain and campaign, leaves the official ones, and is audited', async () => {
      await run('insert into geo.mine_site (code, dataset_id) values ($1, $2)', [
        '官',
        dataset.officialSites,
      ]);
      await run(
        `insert into app.campaign (code, name, name_en, document, base_count, base_area_m2, from_on, to_on, dataset_id)
         values ('c', '任务', 'c', 'd', 1, 1, '2024-01-01', '2025-12-31', $1)`,
        [dataset.sampleSites],
      );
      const result = await one('select app.clear_sample($1) as counts', ['测试员']);
      expect(result?.counts).toMatchObject({
        'app.mine_site_event': 5004,
        'app.campaign': 1,
        'geo.mine_patch': 1306,
      });
      expect(
        await one(
          `select (select count(*)::int from geo.mine_site) as sites, (select count(*)::int from geo.mine_patch) as patches,
             (select count(*)::int from app.mine_site_event) as events, (select count(*)::int from app.event_chain) as chains,
             (select count(*)::int from app.campaign) as campaigns,
             (select count(*)::int from app.dataset where removed_at is not null) as removed`,
        ),
      ).toEqual({ sites: 1, patches: 0, events: 1, chains: 1, campaigns: 0, removed: 2 });
      expect(await one('select actor, action, detail from app.audit')).toEqual({
        actor: '测试员',
        action: 'clear-sample',
        detail: result?.counts,
      });
      expect(await run('select app.clear_sample()')).toHaveLength(1);
    });
  });

  const lastSeq = async (datasetId: string | undefined) =>
    (await one('select last_seq from app.event_chain where dataset_id = $1', [datasetId]))?.last_seq;
});
