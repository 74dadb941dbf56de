import { beforeAll, expect, it } from 'vitest';
import { catalogue } from '../../geodata/catalogue/index.ts';
import { ganzhou } from '../../geodata/reference/ganzhou/region.ts';
import { sample as sampleCommand } from '../../server/cli/sample.ts';
import { readConfig } from '../../server/config.ts';
import type { Context } from '../../server/context.ts';
import type { Database } from '../../server/db/database.ts';
import { clearSample, loadSample, loadSampleIfEmpty } from '../../server/imports/load-sample.ts';
import { silentLog } from '../engines/database-place.ts';
import { describeOnEngines } from '../engines/on-engines.ts';

const silent = { report: () => {} };
const read = { class: 'read' } as const;

const tables = {
  'geo.county': 18,
  'geo.river': 12,
  'geo.ecological_red_line': 412,
  'geo.protected_area': 22,
  'geo.wetland_park': 12,
  'geo.biodiversity_corridor': 11,
  'geo.mine_site': 535,
  'geo.mine_patch': 1155,
  'app.campaign': 1,
  'app.campaign_site': 535,
} as const;

describeOnEngines('the sample in the database', ({ open }) => {
  let database: Database;
  const count = async (table: string): Promise<number> =>
    Number((await database.query<{ n: string }>(`select count(*) as n from ${table}`, [], read))[0]?.n);
  const runCommand = async (...words: string[]): Promise<string[]> => {
    const lines: string[] = [];
    const { config } = readConfig({});
    const context: Context = { config, region: ganzhou, catalogue, database, log: silentLog };
    const reporter = {
      report: ({ zh }: { zh: string }) => lines.push(zh),
      signal: new AbortController().signal,
    };
    await sampleCommand.parse(words, '/').run(context, reporter);
    return lines;
  };

  beforeAll(async () => {
    database = await open();
    await loadSampleIfEmpty(database, ganzhou, () => {});
  });

  it('has every layer, unit, campaign and event', async () => {
    for (const [table, rows] of Object.entries(tables)) expect(await count(table), table).toBe(rows);
    expect(await count('app.reporting_unit')).toBe(21);
    expect(await count('app.mine_site_event')).toBeGreaterThan(5000);
    expect(
      await count("app.dataset where kind = 'sample' and as_of = '2025-09-30' and removed_at is null"),
    ).toBe(8);
    const [sum] = await database.query<{ n: string }>(
      'select sum(feature_count) as n from app.dataset',
      [],
      read,
    );
    expect(Number(sum?.n)).toBe(18 + 12 + 412 + 22 + 12 + 11 + 535 + 1155);
  });

  it('covers 12 620 000 m² within 1 by the union of all patches, and by the sum of the sites', async () => {
    const [union] = await database.query<{ area: number; sum: number; patches: string; valid: boolean }>(
      `select
         (select ST_Area(app.overlay_union(array_agg(p.geom))::geography) from geo.mine_patch as p) as area,
         (select sum(s.area_m2) from geo.mine_site as s) as sum,
         (select sum(s.patch_count) from geo.mine_site as s) as patches,
         (select bool_and(ST_IsValid(p.geom)) from geo.mine_patch as p) as valid`,
      [],
      { class: 'bulk' },
    );
    expect(Math.abs((union?.area ?? 0) - 12_620_000)).toBeLessThan(1);
    expect(Math.abs((union?.sum ?? 0) - 12_620_000)).toBeLessThan(1);
    expect(Number(union?.patches)).toBe(1155);
    expect(union?.valid).toBe(true);
  });

  it('has red lines that are valid and of which no two intersect', async () => {
    const pairs = await database.query(
      `select a.code from geo.ecological_red_line as a
       join geo.ecological_red_line as b on a.id < b.id and a.geom && b.geom and ST_Intersects(a.geom, b.geom)`,
      [],
      { class: 'bulk' },
    );
    expect(pairs).toEqual([]);
    expect(await count('geo.ecological_red_line as r where not ST_IsValid(r.geom)')).toBe(0);
  });

  it('has a chain of events that holds, each site standing where its last event says', async () => {
    const broken = await database.query(
      `select d.id from app.dataset as d
       where d.layer_id = 'mine_sites' and app.verify_event_chain(d.id) is not null`,
      [],
      { class: 'bulk' },
    );
    expect(broken).toEqual([]);
    const differing = await database.query(
      `select s.code from geo.mine_site as s
       cross join lateral (
         select e.status from app.mine_site_event as e
         where e.site_code = s.code order by e.effective_on desc, e.seq desc limit 1
       ) as last
       where last.status <> s.status`,
      [],
      read,
    );
    expect(differing).toEqual([]);
  });

  it('is marked as sample on every feature', async () => {
    for (const table of Object.keys(tables).filter((name) => name.startsWith('geo.'))) {
      expect(await count(`${table} as t where t.data_kind <> 'sample'`), table).toBe(0);
    }
  });

  it('is not loaded a second time', async () => {
    await expect(loadSample(database, ganzhou, silent)).rejects.toMatchObject({ code: 'unprocessable' });
    await loadSampleIfEmpty(database, ganzhou, () => {});
    expect(await count('geo.mine_site')).toBe(535);
  });

  it('is listed by the command', async () => {
    const lines = await runCommand('--status');
    expect(lines.length).toBe(8);
    expect(lines.join('\n')).toContain('赣州市废弃矿山(示意数据):535 个要素,截至 2025-09-30');
  });

  it('needs exactly one thing to do', () => {
    expect(() => sampleCommand.parse([], '/')).toThrow();
    expect(() => sampleCommand.parse(['--load', '--clear'], '/')).toThrow();
  });

  it('goes wholly by the command, audited, stays away at the next start, and comes back when asked', async () => {
    expect((await runCommand('--clear')).join()).toMatch(/已清除示意数据 \d+ 行/);
    for (const table of [...Object.keys(tables), 'app.mine_site_event', 'app.event_chain']) {
      expect(await count(table), table).toBe(0);
    }
    expect(await count('app.dataset where removed_at is null')).toBe(0);
    expect(await count("app.audit where action = 'clear-sample' and actor = 'npm run sample'")).toBe(1);
    expect(await runCommand('--status')).toEqual(['没有示意数据']);
    expect(await clearSample(database, 'test')).toMatchObject({ 'app.mine_site_event': 0 });

    await loadSampleIfEmpty(database, ganzhou, () => {});
    expect(await count('geo.mine_site')).toBe(0);

    const stopped = new AbortController();
    stopped.abort(new Error('stopped'));
    await expect(loadSample(database, ganzhou, { ...silent, signal: stopped.signal })).rejects.toThrow(
      'stopped',
    );
    expect(await count('geo.county')).toBe(0);

    await runCommand('--load');
    expect(await count('geo.mine_patch')).toBe(1155);
  });
});
