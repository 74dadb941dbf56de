/** The database refuses what the workflow does not allow, whoever writes it and by whatever way. */
import { beforeAll, expect, it } from 'vitest';
import { findStep, type StatusId, statusIds, steps } from '../../geodata/domain/workflow.ts';
import type { Database } from '../../server/db/database.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { addSites } from '../fixtures/marked-sites.ts';

const write = { class: 'bulk' } as const;

describeOnEngines('the workflow in the database', ({ open }) => {
  let database: Database;
  let dataset: string;
  beforeAll(async () => {
    database = await open();
    dataset = await addSites(
      database,
      statusIds.map((status) => ({ code: status, status })),
    );
  });

  it('has the steps of the domain, each with its taker', async () => {
    const rows = await database.query<{ step: string }>(
      `select from_status || ' ' || to_status || ' ' || taken_by as step from app.workflow_step`,
      [],
      write,
    );
    const expected = steps.flatMap(({ from, to, by }) => from.map((status) => `${status} ${to} ${by}`));
    expect(rows.map(({ step }) => step).sort()).toEqual(expected.sort());
  });

  it('refuses raw inserts of every other pair, and takes each lawful one', async () => {
    const tried = await database.transaction(async (client) => {
      await client.query(
        'create temporary table tried (kind text, f text, t text, refused boolean) on commit drop',
        [],
        write,
      );
      await client.query(
        `do $$
        declare pair record;
        begin
          for pair in
            select k.kind, f.code as f, t.code as t
            from (values ('report_passed'), ('decision')) as k (kind), geo.mine_site as f, geo.mine_site as t
          loop
            begin
              insert into app.mine_site_event (dataset_id, site_code, kind, status_before, status, effective_on, period,
                recorded_at, recorded_by, actor_id)
              values (${Number(dataset)}, pair.f, pair.kind, pair.f, pair.t, '2025-09-01', '2025-09', now(), 'x', 'x');
              raise exception 'taken' using errcode = 'LT900';
            exception
              when sqlstate 'LT900' then insert into tried values (pair.kind, pair.f, pair.t, false);
              when sqlstate 'LT006' then insert into tried values (pair.kind, pair.f, pair.t, true);
            end;
          end loop;
        end $$`,
        [],
        write,
      );
      return client.query<{ kind: string; f: StatusId; t: StatusId; refused: boolean }>(
        'select * from tried',
        [],
        write,
      );
    }, write);
    expect(tried).toHaveLength(2 * statusIds.length ** 2);
    const wrong = tried.filter(({ kind, f, t, refused }) => {
      const takers =
        kind === 'decision' ? (['county_reviewer', 'city_reviewer'] as const) : (['editor'] as const);
      const isLawful = f === t || takers.some((by) => findStep(f, t, by) !== undefined);
      return refused === isLawful;
    });
    expect(wrong).toEqual([]);
  });

  const insert = (columns: Record<string, unknown>) => {
    const given = {
      dataset_id: dataset,
      site_code: 'approved',
      kind: 'decision',
      status_before: 'approved',
      status: 'approved',
      effective_on: '2025-09-01',
      period: '2025-09',
      recorded_at: '2025-09-01T00:00:00Z',
      recorded_by: 'x',
      actor_id: 'x',
      ...columns,
    };
    const names = Object.keys(given);
    return database.query(
      `insert into app.mine_site_event (${names.join(', ')}) values (${names.map((_, index) => `$${index + 1}`).join(', ')})`,
      Object.values(given),
      write,
    );
  };

  it.each([
    [
      'a step that begins where the site does not stand',
      { status_before: 'verified', status: 'designing' },
      'LT006',
    ],
    ['a day after the one the sample is known to', { effective_on: '2025-10-01' }, 'LT007'],
    ['a day before the state that stands', { effective_on: '2025-05-31' }, 'LT007'],
    ['a month that has not come', { period: '2025-10' }, 'LT009'],
    ['more than all', { progress_percent: 100.5 }, 'LT009'],
    ['less than nothing', { treated_area_m2: -1 }, 'LT009'],
    ['nobody who did it', { actor_id: null }, 'LT009'],
    ['a correction without a reason', { kind: 'correction' }, 'LT008'],
    ['a return with an empty reason', { kind: 'report_returned', reason: ' ' }, 'LT008'],
    ['an undo without a reason', { kind: 'undo', sets_state: false }, 'LT008'],
  ])('refuses %s', async (_, columns, code) => {
    await expect(insert(columns)).rejects.toMatchObject({ code: 'unprocessable', cause: { code } });
  });

  it('never changes or removes what was recorded', async () => {
    await insert({});
    for (const statement of [
      `update app.mine_site_event set reason = 'x'`,
      'delete from app.mine_site_event',
      'truncate app.mine_site_event',
    ]) {
      await expect(database.query(statement, [], write)).rejects.toMatchObject({ cause: { code: 'LT002' } });
    }
  });
});
