/** Bringing a database to the schema of the code: once, together, and never backwards. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { Database } from '../../server/db/database.ts';
import { migrate, readSqlFiles, type SqlFile, type SqlFiles } from '../../server/db/migrate.ts';
import { openDatabase } from '../../server/db/open.ts';
import { StartupError } from '../../server/errors.ts';
import { silentLog } from '../engines/database-place.ts';
import { describeOnEngines } from '../engines/on-engines.ts';

const read = { class: 'read' } as const;
const file = (name: string, text: string): SqlFile => ({ name, text, checksum: `checksum of ${text}` });

describeOnEngines('migration', ({ engine, emptyPlace, open }) => {
  it('brings an empty database to the schema once and then finds nothing to do', async () => {
    const database = await openDatabase(await emptyPlace(), silentLog);
    const files = readSqlFiles();
    expect(await migrate(database)).toEqual({
      migrations: files.migrations.map(({ name }) => name),
      functions: files.functions.map(({ name }) => name),
    });
    expect(await migrate(database)).toEqual({ migrations: [], functions: [] });
    expect(await database.query('select count(*)::int as n from geo.mine_site', [], read)).toEqual([
      { n: 0 },
    ]);
    await database.close();
  }, 60_000);

  const withOwnFiles = async (): Promise<{ database: Database; files: SqlFiles }> => ({
    database: await open(),
    files: readSqlFiles(),
  });

  it('refuses a database that is newer than the code, naming what it does not know', async () => {
    const { database, files } = await withOwnFiles();
    await migrate(database, {
      ...files,
      migrations: [...files.migrations, file('9999-future.sql', 'select 1')],
    });
    const refused = migrate(database, files);
    await expect(refused).rejects.toBeInstanceOf(StartupError);
    await expect(refused).rejects.toThrow(
      'newer than this program (it has the unknown migration 9999-future.sql)',
    );
  });

  it('refuses a landed migration that was edited, and leaves the database as it is', async () => {
    const { database, files } = await withOwnFiles();
    const edited = files.migrations.map((landed, index) =>
      index === 1 ? file(landed.name, `${landed.text}\ncreate table app.edited (n int);`) : landed,
    );
    const refused = migrate(database, { ...files, migrations: edited });
    await expect(refused).rejects.toBeInstanceOf(StartupError);
    await expect(refused).rejects.toThrow(`${files.migrations[1]?.name} was edited`);
    expect(await database.query("select to_regclass('app.edited') as name", [], read)).toEqual([
      { name: null },
    ]);
  });

  it('undoes a migration that fails, keeps those before it and can be run again', async () => {
    const { database, files } = await withOwnFiles();
    const first = file('9001-first.sql', 'create table app.first_probe (n int)');
    const broken = file('9002-broken.sql', 'create table app.second_probe (n int); select 1/0');
    const mended = file('9002-broken.sql', 'create table app.second_probe (n int)');
    const withFiles = (...more: SqlFile[]) => ({ ...files, migrations: [...files.migrations, ...more] });
    await expect(migrate(database, withFiles(first, broken))).rejects.toThrow('division by zero');
    const tables = () =>
      database.query(
        "select to_regclass('app.first_probe') is not null as first, to_regclass('app.second_probe') is not null as second",
        [],
        read,
      );
    expect(await tables()).toEqual([{ first: true, second: false }]);
    expect((await migrate(database, withFiles(first, mended))).migrations).toEqual(['9002-broken.sql']);
    expect(await tables()).toEqual([{ first: true, second: true }]);
  });

  it('runs all functions again when one changed, and none when none did', async () => {
    const { database, files } = await withOwnFiles();
    const probe = (answer: number) =>
      file(
        'probe.sql',
        `create or replace function app.probe() returns int language sql as 'select ${answer}'`,
      );
    const withProbe = (answer: number) => ({ ...files, functions: [...files.functions, probe(answer)] });
    expect((await migrate(database, withProbe(1))).functions).toHaveLength(files.functions.length + 1);
    expect((await migrate(database, withProbe(1))).functions).toEqual([]);
    await migrate(database, withProbe(2));
    expect(await database.query('select app.probe() as answer', [], read)).toEqual([{ answer: 2 }]);
  });

  // The embedded engine lets no second process in: folder-lock.test.ts.
  if (engine === 'embedded') return;
  it('lets three processes migrate the same empty database at once', async () => {
    const place = await emptyPlace();
    const migrated = await Promise.all([1, 2, 3].map(() => migrateInProcess(place)));
    const names = readSqlFiles().migrations.map(({ name }) => name);
    expect(migrated.flat().sort()).toEqual(names);
  }, 60_000);
});

/** Names of the migrations a process of its own ran. */
function migrateInProcess(place: object): Promise<string[]> {
  const program = fileURLToPath(new URL('../engines/migrate-process.ts', import.meta.url));
  return new Promise((resolve, reject) => {
    const child = fork(program, [JSON.stringify(place)], { execArgv: [] });
    let names: string[] | undefined;
    child.once('message', (message) => {
      names = message as string[];
    });
    child.once('exit', (code) => {
      if (code === 0 && names !== undefined) resolve(names);
      else reject(new Error(`the migrating process ended with ${code}`));
    });
  });
}
