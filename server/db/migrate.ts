/**
 * Brings a database to the schema of this code: sql/migrations in order, each once and in its own
 * transaction, then sql/functions whenever one of them changed. Processes that start together wait
 * for each other at an advisory lock.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { PoolClient } from 'pg';
import { StartupError } from '../errors.ts';
import type { Database } from './database.ts';
import { lockSchema } from './schema-lock.ts';

export type SqlFile = { name: string; text: string; checksum: string };
export type SqlFiles = { migrations: SqlFile[]; functions: SqlFile[] };
export type MigrationReport = { migrations: string[]; functions: string[] };

/** The files of sql/migrations and sql/functions in the order in which they run. */
export function readSqlFiles(sqlFolder: URL = new URL('../../sql/', import.meta.url)): SqlFiles {
  const read = (folder: string) =>
    readdirSync(new URL(`${folder}/`, sqlFolder))
      .filter((name) => name.endsWith('.sql'))
      .sort()
      .map((name) => {
        const text = readFileSync(new URL(`${folder}/${name}`, sqlFolder), 'utf8').replaceAll('\r\n', '\n');
        return { name, text, checksum: createHash('sha256').update(text).digest('hex') };
      });
  return { migrations: read('migrations'), functions: read('functions') };
}

/**
 * Names of the files that were run; none where the database was up to date.
 * Throws StartupError where the database is newer than the code or a landed migration was edited.
 */
export async function migrate(
  database: Database,
  files: SqlFiles = readSqlFiles(),
): Promise<MigrationReport> {
  const landed = await inLockedTransaction(database, async (client) => {
    await client.query(bookkeeping);
    return readChecksums(client, 'schema_migration');
  });
  refuseForeignHistory(landed, files.migrations);
  const migrations: string[] = [];
  for (const file of files.migrations.filter(({ name }) => !landed.has(name))) {
    if (await runMigration(database, file)) migrations.push(file.name);
  }
  return { migrations, functions: await runFunctions(database, files.functions) };
}

const bookkeeping = `
  create schema if not exists app;
  create table if not exists app.schema_migration (
    name text constraint schema_migration_pkey primary key,
    checksum text not null,
    applied_at timestamptz not null default now()
  );
  create table if not exists app.schema_function (
    name text constraint schema_function_pkey primary key,
    checksum text not null
  );`;

/** False where another process ran it while this one waited for the lock. */
function runMigration(database: Database, file: SqlFile): Promise<boolean> {
  return inLockedTransaction(database, async (client) => {
    const { rowCount } = await client.query('select 1 from app.schema_migration where name = $1', [
      file.name,
    ]);
    if (rowCount !== 0) return false;
    await client.query(file.text);
    await client.query('insert into app.schema_migration (name, checksum) values ($1, $2)', [
      file.name,
      file.checksum,
    ]);
    return true;
  });
}

/** All functions run again when one changed, in the order of their names, because they call each other. */
function runFunctions(database: Database, files: SqlFile[]): Promise<string[]> {
  return inLockedTransaction(database, async (client) => {
    const known = await readChecksums(client, 'schema_function');
    if (known.size === files.length && files.every(({ name, checksum }) => known.get(name) === checksum)) {
      return [];
    }
    for (const file of files) await client.query(file.text);
    await client.query('delete from app.schema_function');
    await client.query(
      'insert into app.schema_function (name, checksum) select * from unnest($1::text[], $2::text[])',
      [files.map(({ name }) => name), files.map(({ checksum }) => checksum)],
    );
    return files.map(({ name }) => name);
  });
}

function inLockedTransaction<T>(database: Database, work: (client: PoolClient) => Promise<T>): Promise<T> {
  return database.transaction(
    async ({ raw }) => {
      await lockSchema(raw);
      return work(raw);
    },
    { class: 'bulk' },
  );
}

async function readChecksums(
  client: PoolClient,
  table: 'schema_migration' | 'schema_function',
): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; checksum: string }>(
    `select name, checksum from app.${table}`,
  );
  return new Map(rows.map(({ name, checksum }) => [name, checksum]));
}

function refuseForeignHistory(landed: Map<string, string>, files: SqlFile[]): void {
  const checksums = new Map(files.map(({ name, checksum }) => [name, checksum]));
  for (const [name, checksum] of landed) {
    const own = checksums.get(name);
    if (own === undefined) {
      throw new StartupError({
        zh: `数据库比本程序新(含有未知的迁移 ${name}),请改用较新版本的览图,或恢复备份。`,
        en: `The database is newer than this program (it has the unknown migration ${name}); use a newer Lantu, or restore a backup.`,
      });
    }
    if (own !== checksum) {
      throw new StartupError({
        zh: `迁移文件 ${name} 在执行之后被修改,请恢复原文件;改动应写入新的迁移。`,
        en: `The migration ${name} was edited after it had run; put the original file back and write the change as a new migration.`,
      });
    }
  }
}
