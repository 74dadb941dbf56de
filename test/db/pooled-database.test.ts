/** What every user of the database relies on, the same on both engines. */
import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../server/db/database.ts';
import { describeOnEngines } from '../engines/on-engines.ts';

const read = { class: 'read' } as const;

describeOnEngines('database', ({ open }) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  const one = async (text: string, params: unknown[] = []) => (await database.query(text, params, read))[0];

  it('keeps big integers, decimals and days as text and gives instants as ISO in UTC', async () => {
    const row = await one(
      `select 9007199254740993::bigint as big, 12.620000::numeric as decimal, date '2025-09-30' as day,
        timestamptz '2025-09-30 16:30:00.5+08' as instant, array[date '2025-01-01'] as days, 1.5::float8 as real`,
    );
    expect(row).toEqual({
      big: '9007199254740993',
      decimal: '12.620000',
      day: '2025-09-30',
      instant: '2025-09-30T08:30:00.500Z',
      days: ['2025-01-01'],
      real: 1.5,
    });
  });

  it('gives each of many repeated statements the answer to its own parameters, also after the table has changed', async () => {
    const repeated = { class: 'read', isRepeated: true } as const;
    await database.query('create table app.repeated (n integer, size text)', [], read);
    const text = 'select r.n + $1::int as n from app.repeated as r order by r.n';
    await database.query('insert into app.repeated values (1), (2)', [], read);
    for (let index = 0; index < 12; index += 1) {
      expect(await database.query(text, [index], repeated)).toEqual([{ n: index + 1 }, { n: index + 2 }]);
    }
    await database.query('alter table app.repeated drop column size', [], read);
    await database.query('create index on app.repeated (n)', [], read);
    await database.query('delete from app.repeated where n = 1', [], read);
    const answers = await Promise.all([10, 20, 30].map((n) => database.query(text, [n], repeated)));
    expect(answers).toEqual([[{ n: 12 }], [{ n: 22 }], [{ n: 32 }]]);
    await database.query('drop table app.repeated', [], read);
  });

  it('answers repeated statements inside transactions too, after one that failed as well', async () => {
    const repeated = { class: 'read', isRepeated: true } as const;
    const ask = (n: number) =>
      database.transaction(
        async (client) => {
          const [first] = await client.query<{ n: number }>('select 60 / $1::int as n', [n], repeated);
          const [second] = await client.query<{ n: number }>('select 60 / $1::int as n', [n + 1], repeated);
          return [first?.n, second?.n];
        },
        { class: 'read' },
      );
    for (const n of [1, 2, 3, 4, 5, 9]) {
      expect(await ask(n)).toEqual([Math.trunc(60 / n), Math.trunc(60 / (n + 1))]);
      await expect(ask(0)).rejects.toThrow('division by zero');
    }
  });

  it('gives an error and then the right answers to what was asked after it', async () => {
    const asked = [
      database.query('select 1 / $1::int as n', [0], read),
      database.query('select $1::int as n', [2], read),
      database.query('selec 3', [], read),
      database.query("select 'four'::int as n", [], read),
      database.query('select $1::int as n', [5], read),
    ];
    const answers = await Promise.allSettled(asked);
    expect(answers.map((answer) => (answer.status === 'fulfilled' ? answer.value : 'error'))).toEqual([
      'error',
      [{ n: 2 }],
      'error',
      'error',
      [{ n: 5 }],
    ]);
  });

  it('stops a batch of statements at its first error and undoes it whole', async () => {
    await database.query('create table app.batch_probe (n int)', [], read);
    const batch =
      'insert into app.batch_probe values (1); select 1/0; insert into app.batch_probe values (2)';
    await expect(database.pool.query(batch)).rejects.toThrow('division by zero');
    expect(await one('select count(*)::int as n from app.batch_probe')).toEqual({ n: 0 });
  });

  it('still answers after five thousand errors', async () => {
    for (let n = 0; n < 5000; n += 1) {
      await expect(database.query('select 1 / $1::int', [0], read)).rejects.toThrow('division by zero');
    }
    expect(await one('select 7 as n')).toEqual({ n: 7 });
  }, 60_000);
});
