/** The doctor finds nothing wrong with a sound database, and each planted fault, with what to do. */
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { catalogue } from '../../geodata/catalogue/index.ts';
import { type Config, readConfig } from '../../server/config.ts';
import type { Context } from '../../server/context.ts';
import type { Database } from '../../server/db/database.ts';
import { readSqlFiles } from '../../server/db/migrate.ts';
import { namedSql } from '../../server/db/named-sql.ts';
import { openDatabase } from '../../server/db/open.ts';
import { findRegion } from '../../server/open-context.ts';
import { examineAll } from '../../server/system/examine.ts';
import { definedIndexes } from '../../server/system/examine-indexes.ts';
import { definedFunctions, definedTriggers } from '../../server/system/examine-schema.ts';
import type { Finding } from '../../server/system/finding.ts';
import { silentLog } from '../engines/database-place.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { newDataset } from '../fixtures/datasets.ts';

const bulk = { class: 'bulk' } as const;

describeOnEngines('the doctor', ({ place, engine }) => {
  let database: Database;
  let dataDir: string;
  const undo: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    const where = await place();
    dataDir = where.dataDir;
    await chmod(dataDir, 0o700);
    database = await openDatabase(where, silentLog);
    return () => database.close();
  });
  afterEach(async () => {
    for (const step of undo.splice(0).reverse()) await step();
  });

  const run = (sql: string, params: unknown[] = []) => database.query(sql, params, bulk);

  async function examine(
    config: Partial<Config> = {},
    overrides: Partial<Database> = {},
  ): Promise<Finding[]> {
    const settings = { ...readConfig({}).config, dataDir, ...config };
    const context: Context = {
      config: settings,
      region: findRegion('ganzhou'),
      catalogue,
      database: { ...database, ...overrides },
      log: silentLog,
    };
    const findings: Finding[] = [];
    for await (const each of examineAll(context, new AbortController().signal)) findings.push(each);
    return findings;
  }

  const badOnes = (findings: Finding[]) =>
    findings.filter(({ level }) => level === 'bad').map(({ text }) => text.en);

  it('has nothing against a sound database', async () => {
    const findings = await examine();
    expect(badOnes(findings)).toEqual([]);
    expect(findings.length).toBeGreaterThan(15);
    for (const word of [
      'bow-tie',
      'Functions and triggers',
      'Indexes: all',
      'Clocks',
      'Node',
      'Disk',
      'only this machine',
      'nothing leaves',
    ])
      expect(findings.some(({ level, text }) => level === 'good' && text.en.includes(word))).toBe(true);
    for (const { text } of findings) expect(text.zh).toMatch(/\p{Script=Han}|Node/u);
  });

  it('sees given passwords, accounts of the sample beside official data, and an audit that does not hold', async () => {
    const account = (username: string, role: string, isSample: boolean) =>
      run(
        `insert into app.account (username, display_name, role, password_hash, is_sample, created_by)
         values ($1, $1, $2, '$argon2id$', $3, 'test')`,
        [username, role, isSample],
      );
    undo.push(() => run('delete from app.account'));
    await account('admin', 'administrator', true);
    await account('viewer', 'viewer', true);
    expect((await examine()).find(({ text }) => text.en.includes('were given: admin'))?.level).toBe('note');
    const dataset = await newDataset(database, 'rivers');
    undo.push(() => run('delete from app.dataset where id = $1', [dataset]));
    const bad = badOnes(await examine()).join('\n');
    expect(bad).toContain('accounts of the sample may still sign in (admin, viewer)');
    expect(bad).toContain('with the password they were given: admin');
    await run(`update app.account set password_is_issued = false, is_sample = false`);
    expect(badOnes(await examine()).join('\n')).not.toMatch(/sample may|given/);
    await run(`update app.account set disabled_at = now()`);
    expect(badOnes(await examine()).join('\n')).toContain('No administrator may sign in');
    const [last] = await database.query<{ seq: string }>(
      `insert into app.audit (actor, action, subject) values ('a', 'b', 'c') returning seq::text as seq`,
      [],
      bulk,
    );
    const tamper = async (subject: string): Promise<void> => {
      await run('alter table app.audit disable trigger user');
      await run(`update app.audit set subject = $1 where seq = $2`, [subject, last?.seq]);
      await run('alter table app.audit enable trigger user');
    };
    undo.push(() => tamper('c'));
    await tamper('d');
    expect(badOnes(await examine()).join('\n')).toContain(`The audit does not hold from number ${last?.seq}`);
  });

  it('misses an index and says how to make it', async () => {
    await run('drop index geo.mine_site_geom');
    undo.push(() => run('create index mine_site_geom on geo.mine_site using gist (geom)'));
    const bad = badOnes(await examine());
    expect(bad.join('\n')).toContain('run: create index mine_site_geom on geo.mine_site using gist (geom);');
    expect(bad.join('\n')).toMatch(/Bbox queries of the layer mine_sites/);
  });

  it('sees a function that was changed, a trigger that was disabled, and a migration that is not there', async () => {
    const [before] = await database.query<{ text: string }>(
      `select pg_get_functiondef('app.is_finite(geometry)'::regprocedure) as text`,
      [],
      bulk,
    );
    undo.push(() => run(before?.text ?? ''));
    await run(
      `create or replace function app.is_finite(shape geometry) returns boolean language sql immutable parallel safe strict as $$ select true $$`,
    );
    undo.push(() => run('alter table geo.county enable trigger feature_9_stamp'));
    await run('alter table geo.county disable trigger feature_9_stamp');
    undo.push(() =>
      run(`update app.schema_migration set checksum = reverse(checksum) where name like '0003%'`),
    );
    await run(`update app.schema_migration set checksum = reverse(checksum) where name like '0003%'`);
    const bad = badOnes(await examine()).join('\n');
    expect(bad).toMatch(/changed: app\.is_finite, geo\.county\.feature_9_stamp\./);
    expect(bad).toContain('Migrations differ from the program: 0003');
  });

  it('warns where the engine loses a failed overlay, and where a hard pair comes out wrong', async () => {
    const lying = async (text: string, params: readonly unknown[], options: { class: 'read' }) => {
      if (text.includes('probe_overlay_fault')) return [{ outcome: 'no row' }];
      if (text === namedSql('system/overlay-pair') && String(params[0]).includes('114.01'))
        return [{ share: 0.5 }];
      return database.query(text, params, options);
    };
    const bad = badOnes(await examine({}, { query: lying as Database['query'] }));
    expect(bad.join('\n')).toContain('does not report a failed overlay (no row)');
    expect(bad.join('\n')).toContain('share of 0.5 instead of 1');
  });

  it('reads clocks that are apart, put back or in another zone', async () => {
    const clock = (change: object): Database['query'] =>
      (async (text: string, params: unknown[], options: { class: 'read' }) => {
        const rows = await database.query(text, params, options);
        return text === namedSql('system/read-clock') ? rows.map((row) => ({ ...row, ...change })) : rows;
      }) as Database['query'];
    const found = async (change: object) => badOnes(await examine({}, { query: clock(change) })).join('\n');
    expect(await found({ now_ms: Date.now() + 120_000 })).toMatch(/database are 1[012]\d s apart/);
    expect(await found({ newest_ms: Date.now() + 86_400_000 })).toContain('still to come');
    expect(await found({ time_zone: 'Asia/Shanghai' })).toContain('time zone Asia/Shanghai instead of UTC');
    expect(await found({ month: '2025-01' })).toContain('tzdata');
  });

  it('tells of stale tables and folders of imports', async () => {
    await run('create table stage.staged_77_1 (n int)');
    undo.push(() => run('drop table stage.staged_77_1'));
    await mkdir(join(dataDir, 'imports', 'process-gone'), { recursive: true });
    const notes = (await examine()).filter(({ level }) => level === 'note').map(({ text }) => text.en);
    expect(notes.join('\n')).toContain('staged_77_1');
    expect(notes.join('\n')).toContain('1 work folders');
  });

  it('sees who may look into the data folder, and what anyone on the network may read', async () => {
    await chmod(dataDir, 0o755);
    undo.push(() => chmod(dataDir, 0o700));
    const dataset = await newDataset(database, 'ecological_red_lines');
    undo.push(
      () => run('delete from app.dataset where id = $1', [dataset]),
      () => run('delete from app.layer_setting'),
    );
    await run(`update app.dataset set classification = 'internal' where id = $1`, [dataset]);
    await run(
      `insert into app.layer_setting (layer_id, anonymous_read) values ('ecological_red_lines', true)`,
    );
    const bad = badOnes(await examine({ host: '0.0.0.0' })).join('\n');
    expect(bad).toContain(`chmod 700 ${dataDir}`);
    expect(bad).toContain('the layers ecological_red_lines, which are not public');
    expect(badOnes(await examine({ host: '127.0.0.1' })).join('\n')).not.toContain('not public');
  });

  it('names every host the service may ask', async () => {
    const { config } = readConfig({
      LANTU_BASEMAP_URL: 'https://tiles.example.org/{z}/{x}/{y}.png',
      LANTU_BASEMAP_ATTRIBUTION: 'Example',
    });
    const findings = await examine({
      basemap: config.basemap,
      databaseUrl: 'postgres://u:secret@db.example.org/lantu',
    });
    const notes = findings
      .filter(({ level }) => level === 'note')
      .map(({ text }) => text.en)
      .join('\n');
    expect(notes).toContain('tiles.example.org');
    expect(notes).toContain('db.example.org');
    expect(JSON.stringify(findings)).not.toContain('secret');
  });

  it('says what it could not look at', async () => {
    const failing = (async (text: string, params: unknown[], options: { class: 'read' }) => {
      if (text === namedSql('system/check-chains')) throw new Error('the wire broke');
      return database.query(text, params, options);
    }) as Database['query'];
    expect(badOnes(await examine({}, { query: failing }))).toEqual([
      expect.stringContaining('the wire broke'),
    ]);
  });

  if (engine === 'server') {
    it('asks for statistics of a table that has grown', async () => {
      const dataset = await newDataset(database, 'rivers');
      undo.push(
        () => run('delete from app.dataset where id = $1', [dataset]),
        () => run('delete from geo.river'),
      );
      await run('alter table geo.river set (autovacuum_enabled = off)');
      await run(
        `insert into geo.river (code, name, dataset_id, geom)
         select 'r' || i, '河', $1, ST_GeomFromText('MULTILINESTRING((115 25,115.01 25))', 4490) from generate_series(1, 300) as i`,
        [dataset],
      );
      const notes = (await examine()).filter(({ level }) => level === 'note').map(({ text }) => text.en);
      expect(notes.join('\n')).toContain('analyze geo.river;');
    });
  }
});

describe('what the files define', () => {
  const { functions, migrations } = readSqlFiles();
  it('is read whole', () => {
    const text = functions.map((file) => file.text).join('\n');
    const count = (pattern: RegExp) => [...text.replace(/--.*$/gm, '').matchAll(pattern)].length;
    expect(definedFunctions(text)).toHaveLength(count(/create or replace function/gi));
    expect(definedTriggers(text)).toHaveLength(count(/create (or replace )?(constraint )?trigger/gi));
    expect(definedIndexes(migrations.map((file) => file.text)).size).toBeGreaterThan(25);
    expect(definedIndexes(['create index a on t (x);', 'drop index geo.a;'])).toEqual(new Map());
  });
});
