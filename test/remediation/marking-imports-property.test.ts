/** Marks, returns, withdrawals, undos and imports in any order: what was marked stays, whatever is imported over it. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { statusIds } from '../../geodata/domain/workflow.ts';
import type { Config } from '../../server/config.ts';
import type { Database } from '../../server/db/database.ts';
import { takeBack } from '../../server/imports/take-back.ts';
import { makeChangeSet } from '../../server/remediation/make-change-set.ts';
import { readProgress } from '../../server/remediation/read-progress.ts';
import { undoChangeSet } from '../../server/remediation/undo-change-set.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { ringAround, writeGeoJson } from '../fixtures/imports/deliveries.ts';
import { createImporter, type Importer } from '../fixtures/imports/importer.ts';
import { accountOf, type Marking, type MarkOf, markingOn, submit } from './marking-kit.ts';

const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
const period = today.slice(0, 7);
const unit = '360728';
const editor = accountOf('editor', [unit]);
const county = accountOf('county_reviewer', [unit]);
const city = accountOf('city_reviewer');
const reason = '理由';
const reasons = Object.fromEntries(
  ['percent_falls', 'treated_falls', 'treated_above_measured', 'treated_jump', 'sum_differs'].map((id) => [
    id,
    reason,
  ]),
);
const pastDays = ['2024-12-31', '2025-06-30'];

type Deed =
  | { do: 'submit'; site: number; percent: number }
  | { do: 'pass' | 'return'; site: number; by: 'county' | 'city' }
  | { do: 'withdraw'; site: number }
  | { do: 'set' | 'undo' | 'take back' }
  | { do: 'import'; status: string; percent: number; both: boolean };

/** So that in every run something counts that an import comes over. */
const firstDeeds: readonly Deed[] = [
  { do: 'submit', site: 0, percent: 40 },
  { do: 'pass', site: 0, by: 'county' },
];
const lastImport: Deed = { do: 'import', status: 'closed', percent: 90, both: true };

const site = fc.integer({ min: 0, max: 1 });
const percent = fc.integer({ min: 0, max: 100 });
const by = fc.constantFrom('county' as const, 'city' as const);
const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('submit' as const), site, percent }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('pass' as const, 'return' as const), site, by }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('withdraw' as const), site }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('set' as const, 'undo' as const, 'take back' as const) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('import' as const),
      status: fc.constantFrom('approved', 'in_progress', 'completed', 'closed'),
      percent,
      both: fc.boolean(),
    }),
  },
);

describeOnEngines('marks and imports in any order', ({ open, engine }) => {
  let database: Database;
  let importer: Importer;
  let marking: Marking;
  let run = 0;
  let count = 0;
  const done = new Map<Deed['do'], number>();
  const mines = { layerId: 'mine_sites' };
  beforeAll(async () => {
    database = await open();
    importer = await createImporter(database);
    marking = markingOn(database);
    await importer.rows(
      `insert into app.reporting_unit (code, name, name_en, kind, county_adcode) values ($1, '定南县', 'Dingnan', 'county', $1)`,
      [unit],
    );
  });
  afterAll(() => importer.remove());

  async function importSites(codes: readonly string[], properties: object): Promise<string> {
    count += 1;
    const file = await writeGeoJson(
      importer.folder,
      `${count}.geojson`,
      codes.map((code, index) => ({
        properties: {
          BSM: code,
          MC: `${code} ${count}`,
          XZQDM: unit,
          started_on: '2024-03-01',
          ...properties,
        },
        geometry: {
          type: 'Polygon',
          coordinates: [ringAround(114.9 + run * 0.02, 24.7 + index * 0.02, 0.002)],
        },
      })),
    );
    return (await importer.run(file, { ...mines, mode: 'upsert' })).datasetId ?? '';
  }

  /** Of the sites that were marked: where they stand, what was recorded, and how past days read. */
  const marked = async (codes: readonly string[]): Promise<unknown[]> =>
    importer.rows(
      `select s.code, s.status, s.progress_percent, s.treated_area_m2, s.started_on::text as started,
         (select count(*)::integer from app.mine_site_event as e where e.site_code = s.code) as events,
         (select string_agg(d.day::text || p.status || p.treated_m2, ' ' order by d.day) from unnest($2::date[]) as d (day)
          cross join lateral app.site_standings(d.day, d.day, null, 'declared') as p where p.code = s.code) as past
       from geo.mine_site as s
       where s.code = any ($1) and exists (
         select 1 from app.mine_site_event as e where e.site_code = s.code and e.sets_state)
       order by s.code`,
      [codes, pastDays],
    );

  async function perform(codes: readonly string[], datasets: string[], one: Deed): Promise<unknown> {
    const config = { dataDir: '' } as Config;
    const code = 'site' in one ? (codes[one.site] ?? '') : '';
    switch (one.do) {
      case 'submit':
        return marking.mark(
          editor,
          code,
          submit({ progressPercent: one.percent }, { period, effectiveOn: today, reasons }),
        );
      case 'withdraw':
        return marking.mark(editor, code, { kind: 'withdraw', period });
      case 'pass':
      case 'return': {
        const review: MarkOf = {
          kind: 'review',
          period,
          review: one.do === 'pass' ? { decision: 'pass' } : { decision: 'return', reason },
        };
        return marking.mark({ county, city }[one.by], code, review);
      }
      case 'set': {
        const sites = await Promise.all(codes.map((each) => marking.read(each, editor)));
        return makeChangeSet({ database, config }, editor, {
          kind: 'no_progress',
          sites: sites.map(({ code: of, version }) => ({ code: of, version })),
          period,
          effectiveOn: today,
          reason,
        });
      }
      case 'undo': {
        const [set] = await importer.rows(
          'select max(id)::text as id from app.change_set where undoes_id is null',
        );
        return undoChangeSet({ database }, editor, String(set?.id ?? '0'), reason);
      }
      case 'take back':
        return takeBack(importer.context, datasets.at(-1) ?? '0', 'test');
      case 'import':
        datasets.push(
          await importSites(one.both ? codes : codes.slice(0, 1), {
            status: one.status,
            progress_percent: one.percent,
            treated_area_m2: one.percent * 10,
          }),
        );
        return undefined;
    }
  }

  /** Whether it was done; throws for what is neither done nor refused in words. */
  async function isDone(work: Promise<unknown>): Promise<boolean> {
    try {
      await work;
      return true;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      if (['unprocessable', 'conflict', 'forbidden', 'precondition-failed', 'not-found'].includes(code))
        return false;
      throw error;
    }
  }

  async function check(): Promise<void> {
    const broken = await importer.rows(
      'select c.dataset_id from app.event_chain as c where app.verify_event_chain(c.dataset_id) is not null',
    );
    expect(broken).toEqual([]);
    const differing = await importer.rows(
      `select s.code from geo.mine_site as s cross join lateral (
         select e.status, e.progress_percent, e.treated_area_m2 from app.mine_site_event as e
         where e.site_code = s.code and e.sets_state order by e.effective_on desc, e.seq desc limit 1) as l
       where (s.status, s.progress_percent, s.treated_area_m2)
         is distinct from (l.status, l.progress_percent, l.treated_area_m2)`,
    );
    expect(differing).toEqual([]);
    const { byStatus } = await readProgress(database, { counties: [] }, { asOf: today, today, by: null });
    const counted = await importer.rows(
      'select s.status, count(*)::integer as count from geo.mine_site as s group by s.status',
    );
    for (const status of statusIds)
      expect([status, byStatus[status]?.count]).toEqual([
        status,
        counted.find((row) => row.status === status)?.count ?? 0,
      ]);
  }

  const runs = engine === 'embedded' ? 1 : 3;
  it(`keep what was marked, the chain and the figures (${runs} runs)`, { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 18, maxLength: 22 }), async (deeds) => {
        run += 1;
        const codes = [`I${run}a`, `I${run}b`];
        const datasets = [await importSites(codes, { status: 'in_progress', progress_percent: 10 })];
        for (const one of [...firstDeeds, ...deeds, lastImport]) {
          const before = await marked(codes);
          if (await isDone(perform(codes, datasets, one))) {
            done.set(one.do, (done.get(one.do) ?? 0) + 1);
            if (one.do === 'take back') datasets.pop();
          }
          if (one.do === 'import' || one.do === 'take back')
            expect([one, await marked(codes)]).toEqual([one, before]);
          await check();
        }
      }),
      { numRuns: runs, seed: 20_250_930, endOnFailure: true },
    );
    // A sequence in which everything was refused would prove nothing.
    for (const what of ['submit', 'pass', 'import'] as const)
      expect([what, (done.get(what) ?? 0) > 0]).toEqual([what, true]);
  });
});
