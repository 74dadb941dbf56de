/** Whatever people do in whatever order: the chain holds, sites and figures follow from events, and the past stays as it was. */
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import type { ChangeSetOrder } from '../../geodata/contract/change-sets.ts';
import { type StatusId, statuses, statusIds, stepsFrom } from '../../geodata/domain/workflow.ts';
import type { Config } from '../../server/config.ts';
import type { Database } from '../../server/db/database.ts';
import { makeChangeSet } from '../../server/remediation/make-change-set.ts';
import { readHistory } from '../../server/remediation/read-history.ts';
import { readProgress } from '../../server/remediation/read-progress.ts';
import { undoChangeSet } from '../../server/remediation/undo-change-set.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { addSites } from '../fixtures/marked-sites.ts';
import { city, county, decide, editor, type Marking, type MarkOf, markingOn, submit } from './marking-kit.ts';

const write = { class: 'bulk' } as const;
const months = ['2025-07', '2025-08', '2025-09'] as const;
/** Days the past is read at. */
const days = [
  '2025-05-31',
  '2025-06-01',
  '2025-06-20',
  '2025-07-10',
  '2025-07-31',
  '2025-08-15',
  '2025-09-01',
  '2025-09-15',
  '2025-09-30',
];

/** Steps without documents: what the rest needs is told by marking.test.ts. */
const bareSteps: Partial<Record<StatusId, object>> = {
  verified: { documentNumber: '认〔2025〕1号' },
  designing: {},
  approved: { documentNumber: '批〔2025〕1号' },
  in_progress: { startedOn: '2025-06-01' },
};

const day = fc.integer({ min: 0, max: 110 }).map((offset) => {
  const date = new Date(Date.UTC(2025, 5, 12 + offset));
  return date.toISOString().slice(0, 10);
});
const month = fc.constantFrom(...months);
const percent = fc.integer({ min: 0, max: 100 });
const area = fc.integer({ min: 0, max: 30_000 });
const reason = '理由';
const reasons = Object.fromEntries(
  ['percent_falls', 'treated_falls', 'treated_above_measured', 'treated_jump', 'sum_differs'].map((id) => [
    id,
    reason,
  ]),
);

type Deed =
  | {
      do: 'submit';
      wild: boolean;
      month: string;
      day: string;
      step: boolean;
      percent?: number;
      area?: number;
    }
  | { do: 'pass' | 'return' | 'withdraw'; wild: boolean; month: string; by: 'county' | 'city' }
  | { do: 'decide'; to: 'rectifying' | 'excluded' | 'handed_over'; day: string; by: 'county' | 'city' }
  | { do: 'correct'; day: string; percent?: number; area?: number; by: 'county' | 'city' }
  | { do: 'restore'; back: number; by: 'county' | 'city' }
  /** All three sites at once, or those of them that one names. */
  | {
      do: 'set';
      kind: 'no_progress' | 'review' | 'decision';
      sites: number;
      day: string;
      by: 'county' | 'city';
    }
  | { do: 'undo'; back: number };

/** Not what the moment offers, but anything: mostly refused. */
const wild = fc.integer({ min: 0, max: 4 }).map((number) => number === 0);
const by = fc.constantFrom('county' as const, 'city' as const);
const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record(
      { do: fc.constant('submit' as const), wild, month, day, step: fc.boolean(), percent, area },
      { requiredKeys: ['do', 'wild', 'month', 'day', 'step'] },
    ),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('pass' as const), wild, month, by }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('return' as const, 'withdraw' as const), wild, month, by }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('decide' as const),
      to: fc.constantFrom('rectifying' as const, 'excluded' as const, 'handed_over' as const),
      day,
      by,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record(
      { do: fc.constant('correct' as const), day, percent, area, by },
      { requiredKeys: ['do', 'day', 'by'] },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('restore' as const), back: fc.integer({ min: 1, max: 8 }), by }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('set' as const),
      kind: fc.constantFrom('no_progress' as const, 'review' as const, 'decision' as const),
      sites: fc.integer({ min: 1, max: 7 }),
      day,
      by,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('undo' as const), back: fc.integer({ min: 0, max: 2 }) }),
  },
);

type EventRow = {
  site_code: string;
  dataset: string;
  seq: string;
  day: string;
  status: StatusId;
  percent: number | null;
  area: number | null;
  facts: Record<string, unknown> | null;
};

describeOnEngines('any sequence of marks', ({ open, engine }) => {
  let database: Database;
  let marking: Marking;
  let run = 0;
  beforeAll(async () => {
    database = await open();
    marking = markingOn(database);
  });
  const rows = <Row extends object>(text: string, params: unknown[] = []) =>
    database.query<Row & Record<string, unknown>>(text, params, write);

  const stateEvents = (codes: readonly string[]) =>
    rows<EventRow>(
      `select e.site_code, e.dataset_id::text as dataset, e.seq::text as seq, e.effective_on::text as day, e.status,
         e.progress_percent as percent, e.treated_area_m2 as area, e.facts
       from app.mine_site_event as e where e.site_code = any ($1) and e.sets_state`,
      [codes],
    );
  /** The definition of DESIGN.md §4 once more, by hand. */
  function stateAt(events: readonly EventRow[], code: string, at: string): EventRow | undefined {
    return events
      .filter(({ site_code, day: on }) => site_code === code && on <= at)
      .sort((a, b) => (a.day === b.day ? Number(a.seq) - Number(b.seq) : a.day < b.day ? -1 : 1))
      .at(-1);
  }
  /** As the map and the figures read the days, by site. */
  const asOf = async (codes: readonly string[]): Promise<Map<string, Map<string, string>>> => {
    const read = await rows<{ code: string; day: string; state: string }>(
      `select p.code, d.day::text as day, p.status || ' ' || p.treated_m2 as state
       from unnest($2::date[]) as d (day)
       cross join lateral app.site_standings(d.day, d.day, null, 'declared') as p
       where p.code = any ($1)`,
      [codes, days],
    );
    const byCode = Map.groupBy(read, ({ code }) => code);
    return new Map(
      [...byCode].map(([code, own]) => [code, new Map(own.map(({ day, state }) => [day, state]))]),
    );
  };

  /** Months of the site whose report is in one of these states, or in none. */
  async function monthsIn(code: string, states: readonly string[]): Promise<string[]> {
    const reports = await rows<{ period: string; state: string }>(
      'select period, state from app.mine_site_report where site_code = $1',
      [code],
    );
    const stateOf = new Map(reports.map(({ period, state }) => [period, state]));
    return months.filter((each) => states.includes(stateOf.get(each) ?? 'none'));
  }

  /** Of many sites at once: what was done, and from which day on any of them may read otherwise. */
  async function performSet(
    codes: readonly string[],
    one: Extract<Deed, { do: 'set' | 'undo' }>,
  ): Promise<{ done: boolean; from: string }> {
    if (one.do === 'undo') {
      const sets = await rows<{ id: string; actor_id: string; from: string }>(
        `select c.id::text as id, c.actor_id, coalesce(min(e.effective_on) filter (where e.sets_state), '9999-12-31')::text as from
         from app.change_set as c join app.mine_site_event as e on e.change_set_id = c.id
         where e.site_code = any ($1) group by c.id order by c.id desc`,
        [codes],
      );
      const set = sets[one.back];
      if (set === undefined) return { done: false, from: '9999' };
      const who = [editor, county, city].find(({ id }) => id === set.actor_id) ?? city;
      return { done: await isDone(undoChangeSet({ database }, who, set.id, reason)), from: set.from };
    }
    const named = codes.filter((_, index) => (one.sites >> index) % 2 === 1);
    const seen = await Promise.all(named.map((code) => marking.read(code)));
    const sites = seen.map(({ code, version }) => ({ code, version }));
    const effectiveOn = one.day;
    const [order, who, from] = {
      no_progress: [{ kind: 'no_progress', sites, period: '2025-09', effectiveOn, reason }, editor, '9999'],
      review: [
        { kind: 'review', sites, period: '2025-09', review: { decision: 'pass' } },
        { county, city }[one.by],
        seen.map(({ report }) => report?.effectiveOn ?? '9999').sort()[0] ?? '9999',
      ],
      decision: [
        {
          kind: 'decision',
          sites,
          decision: {
            to: 'excluded',
            effectiveOn,
            facts: { documentNumber: '文〔2025〕2号' },
            reason,
            attachments: [],
          },
        },
        city,
        effectiveOn,
      ],
    }[one.kind] as [ChangeSetOrder, typeof editor, string];
    const config = { dataDir: '' } as Config;
    return { done: await isDone(makeChangeSet({ database, config }, who, order)), from };
  }

  /** Whether it was done; throws for what is neither done nor refused in words. */
  function isDone(work: Promise<unknown>): Promise<boolean> {
    return work.then(
      () => true,
      (error: unknown) => {
        const code = error instanceof Error && 'code' in error ? String(error.code) : '';
        const isSaid = ['unprocessable', 'conflict', 'forbidden', 'precondition-failed'].includes(code);
        // What the database alone refuses had no words of its own.
        const members = (error as { members?: object }).members;
        if (!isSaid || (code === 'unprocessable' && members === undefined)) throw error;
        return false;
      },
    );
  }

  async function perform(
    code: string,
    one: Exclude<Deed, { do: 'set' | 'undo' }>,
  ): Promise<{ done: boolean; from: string }> {
    const site = await marking.read(code);
    let mark: MarkOf;
    let from: string;
    let who = 'by' in one ? { county, city }[one.by] : editor;
    switch (one.do) {
      case 'submit': {
        const next = stepsFrom(site.state.status).find(
          (step) => step.by === 'editor' && step.to in bareSteps,
        );
        const answer = {
          note: '说明',
          ...(one.step && next !== undefined ? { status: next.to, facts: bareSteps[next.to] ?? {} } : {}),
          ...(one.percent === undefined ? {} : { progressPercent: one.percent }),
          ...(one.area === undefined ? {} : { treatedToDateSquareMeters: one.area }),
        };
        const [open = one.month] = await monthsIn(code, ['none', 'returned', 'withdrawn']);
        const asked = one.wild ? one.month : open;
        const effectiveOn = one.wild ? one.day : `${asked}-${one.day.slice(8)}`.replace('-31', '-30');
        mark = submit(answer, { period: asked, effectiveOn, reasons });
        from = '9999';
        break;
      }
      case 'withdraw':
        who = editor;
        mark = { kind: 'withdraw', period: (await monthsIn(code, ['submitted']))[0] ?? one.month };
        from = '9999';
        break;
      case 'pass':
      case 'return': {
        const waits = await monthsIn(code, [one.by === 'county' ? 'submitted' : 'county_passed']);
        const asked = one.wild ? one.month : (waits[0] ?? one.month);
        mark = {
          kind: 'review',
          period: asked,
          review: one.do === 'pass' ? { decision: 'pass' } : { decision: 'return', reason },
        };
        const [report] = await rows<{ day: string }>(
          'select effective_on::text as day from app.mine_site_report where site_code = $1 and period = $2',
          [code, asked],
        );
        from = report?.day ?? '9999';
        break;
      }
      case 'decide':
        mark = decide(one.to, {
          effectiveOn: one.day,
          facts: { documentNumber: '文〔2025〕1号', source: '抽查' },
          reason,
        });
        from = one.day;
        break;
      case 'correct':
        mark = {
          kind: 'correct',
          correction: {
            effectiveOn: one.day,
            reason,
            ...(one.percent === undefined ? {} : { progressPercent: one.percent }),
            ...(one.area === undefined ? {} : { treatedToDateSquareMeters: one.area }),
          },
        };
        from = one.day;
        break;
      case 'restore': {
        const { events } = await readHistory(database, code, { before: null, limit: 50 });
        const state = events.filter(({ setsState }) => setsState);
        mark = { kind: 'restore', seq: state[one.back % Math.max(1, state.length)]?.seq ?? '1', reason };
        from =
          state
            .map(({ effectiveOn }) => effectiveOn)
            .sort()
            .at(-1) ?? '9999';
        break;
      }
    }
    const done = await isDone(marking.at(site.version)(who, code, mark));
    return { done, from };
  }

  async function checkSites(codes: readonly string[]): Promise<void> {
    const events = await stateEvents(codes);
    const sites = await rows<{
      code: string;
      status: string;
      status_on: string | null;
      percent: number | null;
      area: number | null;
      started: string | null;
      version: number;
    }>(
      `select s.code, s.status, s.status_on::text as status_on, s.progress_percent as percent, s.treated_area_m2 as area,
         s.started_on::text as started, s.version
       from geo.mine_site as s where s.code = any ($1)`,
      [codes],
    );
    for (const site of sites) {
      const standing = stateAt(events, site.code, '9999');
      if (standing === undefined) continue;
      expect([site.code, site.status, site.percent, site.area]).toEqual([
        site.code,
        standing.status,
        standing.percent,
        standing.area,
      ]);
      if (standing.facts !== null) expect(site.started).toBe(standing.facts.startedOn ?? null);
    }
    const broken = await rows(
      'select c.dataset_id from app.event_chain as c where app.verify_event_chain(c.dataset_id) is not null',
    );
    expect(broken).toEqual([]);
  }

  async function checkProgress(): Promise<void> {
    const sites = await rows<{ code: string; status: StatusId; status_on: string | null; area: number }>(
      'select s.code, s.status, s.status_on::text as status_on, s.declared_area_m2 as area from geo.mine_site as s',
    );
    const events = await stateEvents(sites.map(({ code }) => code));
    for (const on of ['2025-07-31', '2025-09-30']) {
      const counted = await readProgress(
        database,
        { counties: [] },
        { asOf: on, today: '2025-09-30', by: null },
      );
      const at = sites.map(({ code, status, status_on, area: own }) => {
        const has = events.some((event) => event.site_code === code);
        const known = has ? stateAt(events, code, on)?.status : (status_on ?? '') <= on ? status : undefined;
        return { status: known ?? ('to_verify' as const), own };
      });
      const recount = (which: 'listed' | 'started' | 'completed' | 'closed') => {
        const those = at.filter(({ status }) => statuses[status].counts[which]);
        return { count: those.length, areaSquareMeters: those.reduce((sum, { own }) => sum + own, 0) };
      };
      for (const which of ['listed', 'started', 'completed', 'closed'] as const)
        expect([on, which, counted.total[which]]).toMatchObject([on, which, recount(which)]);
      for (const status of statusIds)
        expect(counted.byStatus[status]?.count).toBe(at.filter((site) => site.status === status).length);
    }
  }

  const runs = engine === 'embedded' ? 4 : 15;
  it(`keeps the chain, the sites, the figures and the past (${runs} runs)`, {
    timeout: 300_000,
  }, async () => {
    let performed = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), deed), { minLength: 25, maxLength: 60 }),
        async (deeds) => {
          run += 1;
          const codes = [`R${run}a`, `R${run}b`, `R${run}c`];
          await addSites(database, [
            { code: codes[0] ?? '', status: 'to_verify' },
            { code: codes[1] ?? '', status: 'approved', statusOn: null, percent: 0, treated: 0 },
            {
              code: codes[2] ?? '',
              status: 'closed',
              percent: 100,
              treated: 20_000,
              startedOn: '2025-03-01',
            },
          ]);
          for (const [index, one] of deeds) {
            const before = await asOf(codes);
            const { done, from } =
              one.do === 'set' || one.do === 'undo'
                ? await performSet(codes, one)
                : await perform(codes[index] ?? '', one);
            const after = await asOf(codes);
            if (done) performed += 1;
            const isOfMany = one.do === 'set' || one.do === 'undo';
            for (const [position, code] of codes.entries()) {
              const mayChange = done && (isOfMany || position === index);
              for (const on of days) {
                if (mayChange && on >= from) continue;
                expect([one, code, on, after.get(code)?.get(on)]).toEqual([
                  one,
                  code,
                  on,
                  before.get(code)?.get(on),
                ]);
              }
            }
          }
          await checkSites(codes);
        },
      ),
      { numRuns: runs, seed: 20_250_930, endOnFailure: true },
    );
    // A sequence in which everything was refused would prove nothing.
    expect(performed).toBeGreaterThan(runs * 5);
    if (engine === 'server') {
      const kinds = await rows<{ kind: string }>(
        'select distinct e.kind from app.mine_site_event as e where e.sets_state',
      );
      expect(kinds.map(({ kind }) => kind).sort()).toEqual([
        ...['correction', 'decision', 'import', 'report_passed', 'report_returned', 'restoration', 'undo'],
      ]);
    }
    await checkProgress();
  });
});
