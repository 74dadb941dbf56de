/** The real app on a database, listening on a free port of 127.0.0.1. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { catalogue as allLayers } from '../../geodata/catalogue/index.ts';
import type { RoleId } from '../../geodata/contract/session.ts';
import { regions } from '../../geodata/reference/index.ts';
import { type App, type AppOptions, createApp } from '../../server/app.ts';
import { type Config, readConfig } from '../../server/config.ts';
import type { Context } from '../../server/context.ts';
import type { Database } from '../../server/db/database.ts';
import { type AccountWishes, cheapPasswordCost, type SignedIn, signedInAs } from '../signed-in.ts';

export type ServiceUnderTest = {
  /** http://127.0.0.1:port, with the base path, without a trailing slash. */
  url: string;
  routes: App['routes'];
  context: Context;
  /** Headers of requests by a new account of the role. */
  signedIn(role: RoleId, wishes?: AccountWishes): Promise<SignedIn['headers']>;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** The body of a 200; throws with the problem document otherwise. */
  getJson<T>(path: string, headers?: Record<string, string>): Promise<T>;
  close(): Promise<void>;
};

export type ServiceOptions = AppOptions & {
  config?: Partial<Config>;
  log?: Context['log'];
  catalogue?: Context['catalogue'];
};

export async function startService(
  database: Database,
  {
    config: overrides = {},
    log = pino({ level: 'silent' }),
    catalogue = allLayers,
    ...options
  }: ServiceOptions = {},
): Promise<ServiceUnderTest> {
  const usual = readConfig({}).config;
  const accounts = { ...usual.accounts, passwordCost: cheapPasswordCost };
  const config = { ...usual, accounts, ...overrides };
  const region = regions.ganzhou;
  if (region === undefined) throw new Error('no region ganzhou');
  const context: Context = { config, region, catalogue, database, log };
  const app = createApp(context, options);
  const server = createServer(app.handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${config.basePath}`;
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${url}${path}`, { headers, redirect: 'manual' });
  return {
    url,
    routes: app.routes,
    context,
    signedIn: async (role, wishes) => (await signedInAs(context, role, wishes)).headers,
    get,
    async getJson<T>(path: string, headers: Record<string, string> = {}) {
      const response = await get(path, headers);
      if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      return (await response.json()) as T;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await app.close();
    },
  };
}
