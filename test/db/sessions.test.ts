/** What one user of the database leaves behind for the next one: nothing. */
import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../server/db/database.ts';
import { describeOnEngines } from '../engines/on-engines.ts';

const read = { class: 'read' } as const;

describeOnEngines('sessions', ({ open, engine }) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
    await database.query('create table app.session_probe (n int)', [], read);
  });

  const rows = async () =>
    (await database.query<{ n: number }>('select n from app.session_probe order by n', [], read)).map(
      ({ n }) => n,
    );

  it('commit what a transaction wrote, and nothing of one that threw', async () => {
    const give = await database.transaction(async (client) => {
      await client.query('insert into app.session_probe values (1)', [], read);
      return 'done';
    }, read);
    expect(give).toBe('done');
    const failing = database.transaction(async (client) => {
      await client.query('insert into app.session_probe values (2)', [], read);
      throw new Error('changed my mind');
    }, read);
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await rows()).toEqual([1]);
  });

  it('do not pretend to commit after an error that nobody passed on', async () => {
    const swallowing = database.transaction(async (client) => {
      await client.query('insert into app.session_probe values (3)', [], read);
      await client.query('select 1/0', [], read).catch(() => undefined);
    }, read);
    await expect(swallowing).rejects.toThrow('had failed before its commit');
    expect(await rows()).toEqual([1]);
  });

  it('that end inside a transaction leave neither rows nor the transaction to the next one', async () => {
    const leaver = await database.pool.connect();
    await leaver.query('begin');
    await leaver.query('insert into app.session_probe values (4)');
    await leaver.query('create temporary table left_over (n int)');
    const next = rows();
    leaver.release(true);
    expect(await next).toEqual([1]);
    const seen = await database.query("select to_regclass('pg_temp.left_over') as table_name", [], read);
    expect(seen).toEqual([{ table_name: null }]);
  });

  it('that end while a statement of theirs still runs do not let the next one into their transaction', async () => {
    const leaver = await database.pool.connect();
    await leaver.query('begin');
    const running = leaver
      .query('insert into app.session_probe select 5 from pg_sleep(0.3)')
      .catch(() => 'lost');
    await new Promise((resolve) => setTimeout(resolve, 50));
    const next = database.query('insert into app.session_probe values (6) returning n', [], read);
    leaver.release(true);
    await running;
    expect(await next).toEqual([{ n: 6 }]);
    expect(await rows()).toEqual([1, 6]);
  });

  it('keep a snapshot: it does not change under its reader, and is not written through', async () => {
    const counts = await database.transaction(
      async (client) => {
        const before = await client.query('select count(*)::int as n from app.session_probe', [], read);
        if (engine === 'server') await database.pool.query('insert into app.session_probe values (7)');
        return [before, await client.query('select count(*)::int as n from app.session_probe', [], read)];
      },
      { ...read, isolation: 'snapshot' },
    );
    expect(counts[0]).toEqual(counts[1]);
    const writing = database.transaction(
      (client) => client.query('insert into app.session_probe values (8)', [], read),
      { ...read, isolation: 'snapshot' },
    );
    await expect(writing).rejects.toThrow('read-only transaction');
  });

  it('say at once that inside a transaction only its own client may be used', async () => {
    const nested = database.transaction(() => database.query('select 1', [], read), read);
    await expect(nested).rejects.toThrow('inside a transaction use the client it was given');
    const twice = database.transaction(
      () => database.transaction((client) => client.query('select 1', [], read), read),
      read,
    );
    await expect(twice).rejects.toThrow('inside a transaction use the client it was given');
    expect(await database.query('select 1 as n', [], read)).toEqual([{ n: 1 }]);
  });
});
