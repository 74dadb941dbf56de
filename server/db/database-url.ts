/** The address of a PostgreSQL server: checked before use, told of without its password. */
import { z } from 'zod';

/** Error texts never repeat the value: it may hold a password. */
export const databaseUrlSchema = z
  .string()
  .regex(
    /^postgres(ql)?:\/\//,
    '应写成 postgres://用户@主机/数据库 · must look like postgres://user@host/database',
  )
  .refine(
    (url) => parse(url) !== undefined,
    'is no valid address: postgres://user:password@host:5432/database, special characters percent-encoded',
  );

export type DatabasePlace = { host: string; database: string; user: string };

/** What may be said of `url`. Throws nothing: parts that cannot be read are left empty. */
export function describeDatabaseUrl(url: string): DatabasePlace {
  return parse(url) ?? { host: '', database: '', user: '' };
}

function parse(url: string): DatabasePlace | undefined {
  try {
    // Before a path the host may be left out: the rest of the address names a socket.
    const { hostname, port, pathname, username, password } = new URL(url.replace('@/', '@localhost/'));
    decodeURIComponent(password);
    return {
      host: `${hostname || 'localhost'}:${port || '5432'}`,
      database: decodeURIComponent(pathname.slice(1)),
      user: decodeURIComponent(username),
    };
  } catch {
    return undefined;
  }
}
