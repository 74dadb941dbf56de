/**
 * Runs a suite on both engines. Each `open()` gives a migrated, empty database of its own, closed and
 * removed after the suite:
 *
 *     describeOnEngines('items', ({ open }) => {
 *       let database: Database;
 *       beforeAll(async () => {
 *         database = await open();
 *       });
 *       it('counts no rivers in an empty database', async () => { … });
 *     });
 *
 * `place()` gives only the settings of such a database, for a test that starts an app or a child process
 * on it; `emptyPlace()` one that is not migrated. One database per suite, shared by its tests, keeps them
 * fast: opening takes 2 s on the embedded engine. The test's project must have global-set-up.ts.
 */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, inject } from 'vitest';
import type { Database, Engine } from '../../server/db/database.ts';
import { openDatabase } from '../../server/db/open.ts';
import { asAdministrator } from './administrator.ts';
import { type DatabasePlace, silentLog } from './database-place.ts';

export type EngineUnderTest = {
  engine: Engine;
  open(): Promise<Database>;
  place(): Promise<DatabasePlace>;
  emptyPlace(): Promise<DatabasePlace>;
};

export function describeOnEngines(name: string, suite: (engine: EngineUnderTest) => void): void {
  describe(`${name}, embedded`, () => suite(prepareEngine('embedded', embeddedPlace)));
  const { server } = inject('engines');
  if ('missing' in server) {
    describe.skip(`${name}, server: left out, ${server.missing}`, () =>
      suite(prepareEngine('server', () => Promise.reject(new Error(server.missing)))));
  } else {
    describe(`${name}, server`, () => suite(prepareEngine('server', serverPlace)));
  }
}

type PreparedPlace = { place: DatabasePlace; remove: () => Promise<void> };

function prepareEngine(
  engine: Engine,
  prepare: (migrated: boolean) => Promise<PreparedPlace>,
): EngineUnderTest {
  const opened: Database[] = [];
  const prepared: PreparedPlace[] = [];
  afterAll(async () => {
    for (const database of opened) if (!database.pool.ended) await database.close();
    for (const { remove } of prepared) await remove();
  });
  const newPlace = async (migrated: boolean) => {
    const next = await prepare(migrated);
    prepared.push(next);
    return next.place;
  };
  return {
    engine,
    place: () => newPlace(true),
    emptyPlace: () => newPlace(false),
    async open() {
      const database = await openDatabase(await newPlace(true), silentLog);
      opened.push(database);
      return database;
    },
  };
}

async function embeddedPlace(migrated: boolean): Promise<PreparedPlace> {
  const dataDir = await mkdtemp(join(tmpdir(), 'lantu-embedded-'));
  if (migrated) await cp(inject('engines').embedded.templateDir, dataDir, { recursive: true });
  return {
    place: { databaseUrl: undefined, dataDir },
    remove: () => rm(dataDir, { recursive: true, force: true }),
  };
}

async function serverPlace(migrated: boolean): Promise<PreparedPlace> {
  const { server } = inject('engines');
  if ('missing' in server) throw new Error(server.missing);
  const name = `test_${process.pid}_${Math.random().toString(36).slice(2, 10)}`;
  await asAdministrator(
    server.url,
    `create database ${name} template ${migrated ? server.templateName : 'template0'}`,
  );
  const dataDir = await mkdtemp(join(tmpdir(), 'lantu-server-'));
  return {
    place: { databaseUrl: `${server.url}/${name}`, dataDir },
    async remove() {
      await asAdministrator(server.url, `drop database if exists ${name} with (force)`);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
