/** A server that cannot be used is refused at start with one line that says what to do. */
import { describe, expect, inject, it } from 'vitest';
import { openDatabase } from '../../server/db/open.ts';
import { StartupError } from '../../server/errors.ts';
import { asAdministrator } from '../engines/administrator.ts';
import { silentLog } from '../engines/database-place.ts';
import { accountWithPassword } from '../engines/server-cluster.ts';

const { server } = inject('engines');

describe.skipIf('missing' in server)('the start on a server', () => {
  const base = 'missing' in server ? '' : server.url;
  const hostAndPort = base.replace(/.*@/, '');

  async function refusal(databaseUrl: string): Promise<string> {
    const error = await openDatabase({ databaseUrl, dataDir: '' }, silentLog).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(StartupError);
    const { text } = error as StartupError;
    expect(`${text.zh}${text.en}`).not.toContain('\n');
    return text.en;
  }

  it('with a wrong password names the user and not the password', async () => {
    await asAdministrator(base, `create role ${accountWithPassword} login password 'right'`);
    const line = await refusal(`postgres://${accountWithPassword}:wrong-word@${hostAndPort}/postgres`);
    expect(line).toContain(`refused the login of ${accountWithPassword}`);
    expect(line).not.toContain('wrong-word');
  });

  it('with a database that does not exist says how to create it', async () => {
    expect(await refusal(`${base}/no_such_place`)).toContain('create it first: createdb no_such_place');
  });

  it('on a port where nothing listens says so', async () => {
    expect(await refusal('postgres://postgres@127.0.0.1:1/lantu')).toContain(
      'No database server answers at 127.0.0.1:1',
    );
  });

  it('with a host that does not exist says so', async () => {
    expect(await refusal('postgres://postgres@no-such-host.invalid/lantu')).toContain(
      'There is no host no-such-host.invalid:5432',
    );
  });

  it('without PostGIS and without the right to create it gives the statement for the administrator', async () => {
    await asAdministrator(base, 'create role plain_owner login');
    await asAdministrator(base, 'create database plain_place owner plain_owner template template0');
    expect(await refusal(`postgres://plain_owner@${hostAndPort}/plain_place`)).toContain(
      'Have an administrator run in this database: create extension postgis;',
    );
  });

  it('without PostGIS and with the right to create it creates it', async () => {
    await asAdministrator(base, 'create database bare_place template template0');
    const database = await openDatabase({ databaseUrl: `${base}/bare_place`, dataDir: '' }, silentLog);
    const rows = await database.query("select extname from pg_extension where extname = 'postgis'", [], {
      class: 'read',
    });
    await database.close();
    expect(rows).toEqual([{ extname: 'postgis' }]);
  });
});
