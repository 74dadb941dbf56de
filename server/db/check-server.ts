/** What can be wrong with a PostgreSQL server at start, each as one line that says what to do. */
import type { PoolClient } from 'pg';
import { LantuError, StartupError } from '../errors.ts';
import { describeDatabaseUrl } from './database-url.ts';
import { lockSchema } from './schema-lock.ts';

const leastServerVersion = 15;
const leastPostgis = { major: 3, minor: 3 };
const extensions = ['postgis', 'pg_trgm'] as const;

/** Throws StartupError where the server is too old or an extension is missing and cannot be created. */
export async function checkServer(client: PoolClient): Promise<void> {
  const version = await client.query<{ number: string }>(
    "select current_setting('server_version_num') as number",
  );
  assertServerVersion(Number(version.rows[0]?.number));
  for (const extension of extensions) await ensureExtension(client, extension);
  const postgis = await client.query<{ version: string }>(
    "select extversion as version from pg_extension where extname = 'postgis'",
  );
  assertPostgisVersion(postgis.rows[0]?.version ?? '');
}

/** `versionNumber` as server_version_num: 150004 is 15.4. */
export function assertServerVersion(versionNumber: number): void {
  const major = Math.floor(versionNumber / 10_000);
  if (major >= leastServerVersion) return;
  throw new StartupError({
    zh: `数据库服务器是 PostgreSQL ${major},览图需要 ${leastServerVersion} 或更高版本,请升级服务器。`,
    en: `The database server is PostgreSQL ${major}; Lantu needs ${leastServerVersion} or newer. Upgrade the server.`,
  });
}

/** `version` as in pg_extension: 3.3.2. */
export function assertPostgisVersion(version: string): void {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  if (major > leastPostgis.major || (major === leastPostgis.major && minor >= leastPostgis.minor)) return;
  const least = `${leastPostgis.major}.${leastPostgis.minor}`;
  throw new StartupError({
    zh: `数据库的 PostGIS 版本是 ${version},览图需要 ${least} 或更高版本;升级后请执行 select postgis_extensions_upgrade();`,
    en: `The database has PostGIS ${version}; Lantu needs ${least} or newer. Upgrade it, then run: select postgis_extensions_upgrade();`,
  });
}

async function ensureExtension(client: PoolClient, name: (typeof extensions)[number]): Promise<void> {
  const { rows } = await client.query('select 1 from pg_extension where extname = $1', [name]);
  if (rows.length > 0) return;
  await client.query('begin');
  try {
    await lockSchema(client);
    await client.query(`create extension if not exists ${name}`);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw explainMissingExtension(name, error);
  }
}

/** `error` is what create extension answered. */
export function explainMissingExtension(name: string, error: unknown): StartupError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === '42501') {
    return new StartupError(
      {
        zh: `数据库中没有扩展 ${name},当前用户无权创建。请由管理员在该数据库中执行:create extension ${name};`,
        en: `The database lacks the extension ${name} and this user may not create it. Have an administrator run in this database: create extension ${name};`,
      },
      { cause: error },
    );
  }
  const install =
    name === 'postgis' ? 'apt install postgresql-15-postgis-3' : 'apt install postgresql-contrib';
  return new StartupError(
    {
      zh: `数据库服务器上没有安装扩展 ${name}。请在服务器上安装(如 Debian:${install}),再执行:create extension ${name};`,
      en: `The extension ${name} is not installed on the database server. Install it there (on Debian: ${install}), then run: create extension ${name};`,
    },
    { cause: error },
  );
}

/** The StartupError of a connection that failed; the password in `url` is never repeated. */
export function explainConnectionError(error: unknown, url: string): unknown {
  if (error instanceof LantuError) return error;
  const { host: place, database: name, user } = describeDatabaseUrl(url);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const text = connectionTexts(place, name, user)[code] ?? {
    zh: `无法连接数据库 ${place}:${error instanceof Error ? error.message : String(error)}`,
    en: `Cannot connect to the database at ${place}: ${error instanceof Error ? error.message : String(error)}`,
  };
  return new StartupError(text, { cause: error });
}

function connectionTexts(
  place: string,
  name: string,
  user: string,
): Record<string, { zh: string; en: string }> {
  const wrongPassword = {
    zh: `数据库 ${place} 拒绝用户 ${user} 登录,请检查 DATABASE_URL 中的用户名和密码。`,
    en: `The database at ${place} refused the login of ${user}; check the user and the password in DATABASE_URL.`,
  };
  const noHost = {
    zh: `找不到数据库服务器 ${place},请检查 DATABASE_URL 中的主机名。`,
    en: `There is no host ${place}; check the host in DATABASE_URL.`,
  };
  const noServer = {
    zh: `${place} 上没有数据库服务响应,请确认 PostgreSQL 已启动、地址和端口正确。`,
    en: `No database server answers at ${place}; see that PostgreSQL runs and that address and port are right.`,
  };
  return {
    '28P01': wrongPassword,
    '28000': wrongPassword,
    ENOTFOUND: noHost,
    EAI_AGAIN: noHost,
    ECONNREFUSED: noServer,
    EHOSTUNREACH: noServer,
    ETIMEDOUT: noServer,
    '3D000': {
      zh: `服务器 ${place} 上没有数据库 ${name},请先创建:createdb ${name}`,
      en: `There is no database ${name} at ${place}; create it first: createdb ${name}`,
    },
  };
}
