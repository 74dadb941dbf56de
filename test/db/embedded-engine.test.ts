/** The fault rule of the embedded engine: half an answer or a breakdown is an error, and the engine starts anew. */
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Database } from '../../server/db/database.ts';
import { type EmbeddedEngine, startEngine } from '../../server/db/embedded/engine.ts';
import { tidy } from '../../server/db/embedded/housekeeping.ts';
import { simpleQuery } from '../../server/db/embedded/protocol.ts';
import { openDatabase } from '../../server/db/open.ts';
import { StartupError } from '../../server/errors.ts';
import { silentLog } from '../engines/database-place.ts';

async function copyOfTemplate(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'lantu-engine-'));
  await cp(inject('engines').embedded.templateDir, dataDir, { recursive: true });
  return dataDir;
}

describe('the fault rule', () => {
  let dataDir: string;
  let engine: EmbeddedEngine;
  beforeAll(async () => {
    dataDir = await copyOfTemplate();
    engine = startEngine(join(dataDir, 'postgres'), silentLog);
  });
  afterAll(async () => {
    await engine.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  /** What the engine answers to `sql`, which it is told to hold so many statements. */
  async function ask(sql: string, statements = 1, timeoutMs = 20_000): Promise<string> {
    const outcome = await engine.run({ bytes: simpleQuery(sql), statements }, timeoutMs);
    return outcome.kind === 'answer' ? Buffer.from(outcome.bytes).toString('latin1') : outcome.fault;
  }

  it('calls an answer with an end too few a fault, and keeps what was acknowledged before it', async () => {
    await ask('create table app.kept (n int); insert into app.kept values (41)', 2);
    expect(await ask('select 1', 2)).toBe('no-end');
    expect(await ask('select n + 1 from app.kept')).toContain('42');
  });

  it('ends what runs over its limit within moments, although the thread is busy', async () => {
    const started = performance.now();
    const endless = 'select count(*) from generate_series(1, 100000) a, generate_series(1, 100000) b';
    expect(await ask(endless, 1, 300)).toBe('timeout');
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(await ask('select n + 1 from app.kept')).toContain('42');
  });

  it('gives what was asked beside a fault its own answer or an error, and serves on', async () => {
    const [copied, ...others] = await Promise.all([
      ask('copy app.kept to stdout'),
      ask('select 71'),
      ask('select 72'),
    ]);
    expect(copied).toBe('copy');
    for (const [index, answer] of others.entries()) {
      if (answer !== 'crash') expect(answer).toContain(String(71 + index));
    }
    expect(await ask('select n + 1 from app.kept')).toContain('42');
  });
});

describe('a data folder', () => {
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'lantu-folder-'));
    await mkdir(join(dataDir, 'postgres'));
    await writeFile(join(dataDir, 'postgres', 'PG_VERSION'), '18\n');
  });
  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  it('that does not open is named in one line, with what to do, and the lock is given back', async () => {
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      const refused = openDatabase({ databaseUrl: undefined, dataDir }, silentLog);
      await expect(refused).rejects.toBeInstanceOf(StartupError);
      await expect(refused).rejects.toThrow(
        `${join(dataDir, 'postgres')} cannot be opened; restore a backup`,
      );
    }
  });

  it('whose creation was cut short by a kill is created again', async () => {
    await writeFile(join(dataDir, 'postgres.creating'), '');
    const database = await openDatabase({ databaseUrl: undefined, dataDir }, silentLog);
    expect(await database.query('select 1 as one', [], { class: 'read' })).toEqual([{ one: 1 }]);
    await database.close();
    expect(existsSync(join(dataDir, 'postgres.creating'))).toBe(false);
  }, 60_000);
});

describe('housekeeping', () => {
  let dataDir: string;
  let database: Database;
  beforeAll(async () => {
    dataDir = await copyOfTemplate();
    database = await openDatabase({ databaseUrl: undefined, dataDir }, silentLog);
  });
  afterAll(async () => {
    await database.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('does nothing until much was written, then checkpoints and gathers statistics', async () => {
    const bulk = { class: 'bulk' } as const;
    const checkpoint = async () =>
      (await database.query('select redo_lsn::text as lsn from pg_control_checkpoint()', [], bulk))[0]?.lsn;
    const before = await checkpoint();
    expect(await tidy(database, undefined)).toBeUndefined();
    expect(await checkpoint()).toBe(before);
    await database.query(
      "create table app.bulky as select n, repeat('x', 500) as filling from generate_series(1, 80000) n",
      [],
      bulk,
    );
    const tidiedAt = await tidy(database, undefined);
    expect(tidiedAt).toBeDefined();
    expect(await checkpoint()).not.toBe(before);
    const [statistics] = await database.query(
      "select reltuples::int as n from pg_class where oid = 'app.bulky'::regclass",
      [],
      bulk,
    );
    expect(statistics).toEqual({ n: 80000 });
    expect(await tidy(database, tidiedAt)).toBe(tidiedAt);
  });
});
