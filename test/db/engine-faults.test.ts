/**
 * What happens when the engine itself fails: the caller gets an error, nobody gets a wrong, empty or
 * shifted answer, acknowledged rows stay, and the engine serves on.
 */
import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../server/db/database.ts';
import { GeometryError, QueryTimeoutError, UnprocessableError } from '../../server/errors.ts';
import { nearCoincidentPairs } from '../engines/near-coincident.ts';
import { describeOnEngines } from '../engines/on-engines.ts';

const read = { class: 'read' } as const;
const bowTie = 'SRID=4490;POLYGON((114 25,116 27,116 25,114 27,114 25))';
const rectangle = 'SRID=4490;POLYGON((114 25,114 26,116 26,116 25,114 25))';
const nestingDepth = 60_000;
const intersect = 'select ST_AsText(ST_Intersection($1::geometry, $2::geometry)) as shape';
const intersectNow = `select ST_AsText(ST_Intersection('${bowTie}'::geometry, '${rectangle}'::geometry)) as shape`;

describeOnEngines('engine faults', ({ open }) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
    await database.query('create table app.fault_probe (n int)', [], read);
    await database.query('create table app.fault_pair (code int, a geometry, b geometry)', [], read);
    await database.query(
      'insert into app.fault_pair select n, case n when 2 then $1 else $2 end::geometry, $2 from generate_series(1, 3) n',
      [bowTie, rectangle],
      read,
    );
    await database.query(
      `create function app.overlay_or_null(a geometry, b geometry) returns geometry language plpgsql as $$
       begin return ST_Intersection(a, b); exception when others then return null; end $$`,
      [],
      read,
    );
    await database.query(
      `create function app.probe_overlay(a geometry, b geometry) returns geometry language plpgsql as $$
       begin return ST_Intersection(a, b);
       exception when others then raise exception using errcode = 'XX000', message = 'caught'; end $$`,
      [],
      read,
    );
  });

  /** Asks for numbers around the faulty question: each must get its own number, and the question an error. */
  async function expectErrorAmongAnswers(ask: () => Promise<unknown>): Promise<unknown> {
    const number = (n: number) => database.query('select $1::int as n', [n], read);
    const [first, second, faulty, third, fourth] = await Promise.allSettled([
      number(1),
      number(2),
      ask(),
      number(3),
      number(4),
    ]);
    expect([first, second, third, fourth]).toEqual(
      [1, 2, 3, 4].map((n) => ({ status: 'fulfilled', value: [{ n }] })),
    );
    expect(faulty.status).toBe('rejected');
    return faulty.status === 'rejected' ? faulty.reason : undefined;
  }

  it('give an error for the overlay of a bow-tie, with and without parameters', async () => {
    const withParameters = () => database.query(intersect, [bowTie, rectangle], read);
    expect(await expectErrorAmongAnswers(withParameters)).toBeInstanceOf(GeometryError);
    const withoutParameters = () => database.query(intersectNow, [], read);
    expect(await expectErrorAmongAnswers(withoutParameters)).toBeInstanceOf(GeometryError);
  });

  it('say in the cause what the spatial library found, and let SQL handle it', async () => {
    const error = await database
      .query(intersect, [bowTie, rectangle], read)
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      cause: { code: 'XX000', message: expect.stringContaining('TopologyException') },
    });
    const handled = `select app.overlay_or_null(a, b) is null as failed from app.fault_pair order by code`;
    expect(await database.query(handled, [], read)).toEqual(
      [false, true, false].map((failed) => ({ failed })),
    );
  });

  it('give an error when the overlay fails in one statement of several', async () => {
    const several = `insert into app.fault_probe values (100); ${intersectNow}; select 1 as one`;
    expect(await expectErrorAmongAnswers(() => database.pool.query(several))).toMatchObject({
      code: 'XX000',
    });
    expect(await database.query('select n from app.fault_probe where n = 100', [], read)).toEqual([]);
  });

  it.each([
    ['a filter', 'select 1 as one from app.fault_pair where ST_Area(ST_Intersection(a, b)) > 0'],
    ['a column', 'select code, ST_AsText(ST_Intersection(a, b)) as shape from app.fault_pair order by code'],
    ['an aggregate', 'select sum(ST_Area(ST_Intersection(a, b))) as area from app.fault_pair'],
    ['a function', 'select ST_AsText(app.probe_overlay(a, b)) as shape from app.fault_pair'],
    [
      'a sub-select',
      'select (select ST_AsText(ST_Intersection(a, b)) from app.fault_pair where code = 2) as shape',
    ],
    [
      'a block',
      'do $$ declare x geometry; begin select app.probe_overlay(a, b) into x from app.fault_pair where code = 2; end $$',
    ],
  ])('give an error when the overlay fails in %s', async (_where, text) => {
    expect(await expectErrorAmongAnswers(() => database.query(text, [], read))).toBeInstanceOf(GeometryError);
  });

  it('give an error and write nothing when the overlay fails in the middle of writing', async () => {
    const writing = `insert into app.fault_probe
      select 1000 + code from app.fault_pair where ST_Area(ST_Intersection(a, b)) >= 0 order by code`;
    expect(await expectErrorAmongAnswers(() => database.query(writing, [], read))).toBeInstanceOf(
      GeometryError,
    );
    expect(await expectErrorAmongAnswers(() => database.pool.query(writing))).toMatchObject({
      code: 'XX000',
    });
    expect(await database.query('select n from app.fault_probe where n > 1000', [], read)).toEqual([]);
  });

  it('keep acknowledged rows and undo the transaction in which the fault came', async () => {
    await database.query('insert into app.fault_probe values (1)', [], read);
    const failing = database.transaction(async (client) => {
      await client.query('insert into app.fault_probe values (2)', [], read);
      await client.query(intersect, [bowTie, rectangle], read);
    }, read);
    await expect(failing).rejects.toBeInstanceOf(GeometryError);
    await database.query('insert into app.fault_probe values (3)', [], read);
    expect(await database.query('select n from app.fault_probe order by n', [], read)).toEqual([
      { n: 1 },
      { n: 3 },
    ]);
  });

  it('give the right area or an error for nearly coincident pairs, never another answer', async () => {
    for (const { a, b } of nearCoincidentPairs(300, 20250930)) {
      const text =
        'select ST_Area(ST_Intersection($1::geometry, $2::geometry)) as shared, ST_Area($1::geometry) as whole';
      const answer = await database
        .query<{ shared: number; whole: number }>(text, [a, b], read)
        .catch((error: unknown) => error);
      if (answer instanceof GeometryError) continue;
      const [row] = answer as { shared: number; whole: number }[];
      expect(row?.shared).toBeCloseTo(row?.whole ?? Number.NaN, 8);
    }
  }, 120_000);

  it.each([
    ['expression', `select ${'1+'.repeat(nestingDepth)}1`, []],
    ['document', 'select $1::jsonb', [`${'['.repeat(nestingDepth)}${']'.repeat(nestingDepth)}`]],
    ['recursive function', 'select app.probe_depth($1)', [nestingDepth]],
  ])('give an error for a %s nested 60 000 deep', async (_what, text, params) => {
    await database.query(
      `create or replace function app.probe_depth(n int) returns int language plpgsql
       as $$ begin return case when n = 0 then 0 else 1 + app.probe_depth(n - 1) end; end $$`,
      [],
      read,
    );
    const error = await expectErrorAmongAnswers(() => database.query(text, params, read));
    expect(error).toBeInstanceOf(UnprocessableError);
    expect(await database.query('select app.probe_depth(100) as n', [], read)).toEqual([{ n: 100 }]);
  });

  it.each([
    [
      'WKT',
      'select ST_GeomFromText($1)',
      `${'GEOMETRYCOLLECTION('.repeat(nestingDepth)}POINT(1 1)${')'.repeat(nestingDepth)}`,
    ],
    [
      'GeoJSON',
      'select ST_GeomFromGeoJSON($1)',
      `${'{"type":"GeometryCollection","geometries":['.repeat(nestingDepth)}${']}'.repeat(nestingDepth)}`,
    ],
  ])('give an error for %s nested 60 000 deep', async (_what, text, shape) => {
    const error = await expectErrorAmongAnswers(() => database.query(text, [shape], read));
    expect(error).toBeInstanceOf(GeometryError);
  });

  it('end a query over its limit and serve what waited behind it', async () => {
    await database.query('insert into app.fault_probe values (5000)', [], read);
    const endless = `with recursive counter (n) as (select 1 union all select n + 1 from counter where n < 2000000000)
      select count(*) from counter`;
    const started = performance.now();
    const error = await expectErrorAmongAnswers(() => database.query(endless, [], { class: 'lookup' }));
    expect(error).toBeInstanceOf(QueryTimeoutError);
    expect(performance.now() - started).toBeLessThan(20_000);
    expect(await database.query('select n from app.fault_probe where n = 5000', [], read)).toHaveLength(1);
  });
});
