/** Whether the schema is the one of this program: migrations, functions, triggers, layer definitions. */
import { checkCatalogue } from '../catalogue/check-catalogue.ts';
import { readSqlFiles } from '../db/migrate.ts';
import { LantuError } from '../errors.ts';
import { type Examination, finding } from './finding.ts';

const lookup = { class: 'lookup' } as const;

export const examineMigrations: Examination = async ({ database }) => {
  const files = readSqlFiles();
  const own = [...files.migrations, ...files.functions];
  const landed = await database.query<{ name: string; checksum: string }>(
    'select name, checksum from app.schema_migration union all select name, checksum from app.schema_function',
    [],
    lookup,
  );
  const checksums = new Map(landed.map(({ name, checksum }) => [name, checksum]));
  const different = own.filter(({ name, checksum }) => checksums.get(name) !== checksum);
  const { length } = files.migrations;
  if (different.length === 0 && landed.length === own.length)
    return [finding('good', `迁移:${length} 个,齐全`, `Migrations: ${length}, complete`)];
  const names = different.map(({ name }) => name).join(', ') || '?';
  return [
    finding(
      'bad',
      `迁移与程序不一致:${names};请重新启动服务`,
      `Migrations differ from the program: ${names}; restart the server`,
    ),
  ];
};

/** Compares what stands in the database with the files, so that a function changed by hand is found. */
export const examineFunctions: Examination = async ({ database }) => {
  const files = readSqlFiles().functions;
  const text = files.map((file) => file.text).join('\n');
  const stored = await database.query<{ name: string; body: string }>(
    `select n.nspname || '.' || p.proname as name, p.prosrc as body
     from pg_proc as p join pg_namespace as n on n.oid = p.pronamespace where n.nspname in ('app', 'geo')`,
    [],
    lookup,
  );
  const triggers = await database.query<{ name: string }>(
    `select format('%s.%s', t.tgrelid::regclass, t.tgname) as name
     from pg_trigger as t where not t.tgisinternal and t.tgenabled <> 'D'`,
    [],
    lookup,
  );
  const bodies = new Set(stored.map(({ name, body }) => `${name} ${body}`));
  const changed = definedFunctions(text).filter(({ name, body }) => !bodies.has(`${name} ${body}`));
  const standing = new Set(triggers.map(({ name }) => name));
  const missing = definedTriggers(text).filter((name) => !standing.has(name));
  const names = [...new Set([...changed.map(({ name }) => name), ...missing])];
  if (names.length === 0)
    return [
      finding(
        'good',
        `函数和触发器:${bodies.size} 个函数,与程序一致`,
        `Functions and triggers: ${bodies.size} functions, as in the program`,
      ),
    ];
  return [
    finding(
      'bad',
      `数据库中的函数或触发器缺失、停用或被改动:${names.join('、')}。修复:停止服务,执行 delete from app.schema_function;,再启动服务`,
      `Functions or triggers in the database are missing, disabled or changed: ${names.join(', ')}. To put them right: stop the service, run: delete from app.schema_function; and start it again`,
    ),
  ];
};

/** Name and body of every function the files define. */
export function definedFunctions(text: string): { name: string; body: string }[] {
  const pattern =
    /create or replace function\s+([a-z_]+\.[a-z_0-9]+)\s*\((?:(?!create or replace)[\s\S])*?\bas\s+\$(\w*)\$([\s\S]*?)\$\2\$/gi;
  return [...text.matchAll(pattern)].map(([, name = '', , body = '']) => ({ name, body }));
}

/** `table.trigger` of every trigger the files define. */
export function definedTriggers(text: string): string[] {
  const pattern =
    /create (?:or replace )?(?:constraint )?trigger\s+(\w+)\s[^;]*?\bon\s+([a-z_]+\.[a-z_0-9]+)/gi;
  return [...text.matchAll(pattern)].map(([, name, table]) => `${table}.${name}`);
}

export const examineCatalogue: Examination = async ({ database, catalogue }) => {
  try {
    await checkCatalogue(database, catalogue);
    const { length } = catalogue;
    return [finding('good', `图层定义:${length} 个,与数据库一致`, `Layer definitions: ${length}, agree`)];
  } catch (error) {
    if (error instanceof LantuError) return [{ level: 'bad', text: error.text }];
    throw error;
  }
};
