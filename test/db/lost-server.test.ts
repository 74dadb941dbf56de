/** A server that falls silent or refuses connections gives an error in time, and serves again when it is back. */
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Database } from '../../server/db/database.ts';
import { openDatabase } from '../../server/db/open.ts';
import { DatabaseUnavailableError, QueryTimeoutError } from '../../server/errors.ts';
import { asAdministrator } from '../engines/administrator.ts';
import { silentLog } from '../engines/database-place.ts';

const { server } = inject('engines');
const lookup = { class: 'lookup' } as const;

describe.skipIf('missing' in server)('a server that is away', () => {
  const base = 'missing' in server ? '' : server.url;
  const place = 'lost_place';
  const sockets = new Set<Socket>();
  let wire: Server;
  let database: Database;

  beforeAll(async () => {
    await asAdministrator(base, `create database ${place}`);
    const { hostname, port } = new URL(base);
    wire = createServer((near) => {
      const far = connect(Number(port), hostname);
      for (const socket of [near, far]) sockets.add(socket.on('error', () => undefined));
      near.pipe(far).pipe(near);
    });
    await new Promise<void>((resolve) => wire.listen(0, '127.0.0.1', resolve));
    const url = new URL(`${base}/${place}`);
    url.port = String((wire.address() as { port: number }).port);
    url.hostname = '127.0.0.1';
    database = await openDatabase({ databaseUrl: url.href, dataDir: '' }, silentLog);
  });
  afterAll(async () => {
    await database.close();
    for (const socket of sockets) socket.destroy();
    wire.close();
  });

  const one = () => database.query('select 1 as one', [], lookup);

  it('in silence ends a lookup a few seconds after its limit, and the next one is answered', async () => {
    expect(await one()).toEqual([{ one: 1 }]);
    for (const socket of sockets) socket.unpipe().pause();
    const askedAt = Date.now();
    await expect(one()).rejects.toBeInstanceOf(QueryTimeoutError);
    expect(Date.now() - askedAt).toBeLessThan(12_000);
    expect(await one()).toEqual([{ one: 1 }]);
  });

  it('without connections says it is away, whatever its reason', async () => {
    const end = `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${place}'`;
    await asAdministrator(base, `alter database ${place} allow_connections false`);
    await asAdministrator(base, end);
    await expect
      .poll(() => one().catch((error: unknown) => error), { timeout: 5_000 })
      .toBeInstanceOf(DatabaseUnavailableError);
    await expect(one()).rejects.toBeInstanceOf(DatabaseUnavailableError);
    await asAdministrator(base, `alter database ${place} allow_connections true`);
    expect(await one()).toEqual([{ one: 1 }]);
  });
});
