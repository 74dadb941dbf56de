/**
 * Brings the whole service up: port, client, database, migrations, sample, catalogue, application.
 * Returns the handle that takes it down again. main.ts and tests call it alike.
 */
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Logger } from 'pino';
import type { Region } from '../geodata/reference/region-schema.ts';
import { ensureFirstAccounts, type FirstAccounts } from './accounts/first-accounts.ts';
import { type App, createApp } from './app.ts';
import { checkCatalogue } from './catalogue/check-catalogue.ts';
import { findCommand } from './cli/commands.ts';
import { ensureClientBuilt } from './client-build.ts';
import type { Config } from './config.ts';
import type { Context } from './context.ts';
import { startControl } from './control/control-server.ts';
import { StartupError } from './errors.ts';
import { startEvidenceSweeper } from './evidence/sweep-evidence.ts';
import { type ConnectionBounds, createBoundedServer, usualBounds } from './http/connection-limits.ts';
import { explainMalformedRequests } from './http/malformed-requests.ts';
import { loadSampleIfEmpty } from './imports/load-sample.ts';
import { openContext } from './open-context.ts';
import { warmProjections } from './sheets/service/warm-projections.ts';

export type RunningServer = {
  /** http://127.0.0.1:3000/base, without a trailing slash. */
  url: string;
  /** Accounts this start made, with their passwords: to be told once, never logged. */
  firstAccounts: FirstAccounts;
  context: Context;
  routes: App['routes'];
  /** Finishes requests in flight, then closes the database. */
  stop(): Promise<void>;
};

export type StartOptions = {
  config: Config;
  region: Region;
  log: Logger;
  /** One line in both languages per step of a start that takes longer than a moment. */
  onProgress: (line: string) => void;
  /** Where they differ from the usual ones. */
  bounds?: Partial<ConnectionBounds>;
};

/** Throws StartupError with what to do when the port is taken or the database cannot be used. */
export async function startServer({
  config,
  region,
  log,
  onProgress,
  bounds,
}: StartOptions): Promise<RunningServer> {
  let handler: RequestListener = answerStarting;
  // Behind a proxy everyone comes from the proxy's address.
  const anAddress = config.trustProxy === false ? usualBounds.connectionsAnAddress : undefined;
  const limits = { ...usualBounds, connectionsAnAddress: anAddress, ...bounds };
  const server = createBoundedServer((request, response) => handler(request, response), limits);
  explainMalformedRequests(server);
  const closeGracefully = gracefulClose(server);
  await listen(server, config);
  let context: Context | undefined;
  try {
    const building = ensureClientBuilt(onProgress);
    // Awaited below; until then a failure of the database is told first.
    building.catch(() => undefined);
    const opened = await openWithData({ config, region, log, onProgress });
    context = opened;
    await building;
    const firstAccounts = await ensureFirstAccounts(opened);
    const app = createApp(opened);
    const control = await startControl(opened, findCommand);
    const sweeper = startEvidenceSweeper(opened);
    handler = app.handler;
    const warming = warmProjections(opened);
    return {
      url: addressOf(server, config),
      firstAccounts,
      context: opened,
      routes: app.routes,
      async stop() {
        await control.close();
        app.endStreams();
        await closeGracefully();
        await app.close();
        await sweeper.close();
        await warming;
        await opened.database.close();
      },
    };
  } catch (error) {
    server.closeAllConnections();
    server.close();
    await context?.database.close();
    throw error;
  }
}

async function openWithData({ config, region, log, onProgress }: StartOptions): Promise<Context> {
  const context = await openContext({
    config,
    region,
    log,
    onProgress: ({ zh, en }) => onProgress(`${zh} · ${en}`),
  });
  try {
    if (config.sample) await loadSampleIfEmpty(context.database, region, onProgress);
    await checkCatalogue(context.database, context.catalogue);
    return context;
  } catch (error) {
    await context.database.close();
    throw error;
  }
}

const answerStarting: RequestListener = (request, response) => {
  if (request.url?.endsWith('/health')) {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"starting"}');
    return;
  }
  response
    .writeHead(503, { 'content-type': 'text/html; charset=utf-8', 'retry-after': '2', refresh: '2' })
    .end('<!doctype html><title>览图 Lantu</title><p>正在启动,请稍候…… Starting, one moment …</p>');
};

function listen(server: Server, config: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(describeListenError(error, config));
    });
    server.listen(config.port, config.host, resolve);
  });
}

function describeListenError(error: NodeJS.ErrnoException, { host, port }: Config): Error {
  if (error.code === 'EADDRINUSE') {
    return new StartupError({
      zh: `${host}:${port} 已被占用。请先停止占用该端口的程序,或换一个端口启动:PORT=${port + 1} npm start`,
      en: `${host}:${port} is already in use. Stop the program that uses it, or choose another port: PORT=${port + 1} npm start`,
    });
  }
  if (error.code === 'EACCES' || error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new StartupError({
      zh: `无法在 ${host}:${port} 上监听(${error.code})。请检查环境变量 HOST 和 PORT。`,
      en: `Cannot listen on ${host}:${port} (${error.code}). Check the environment variables HOST and PORT.`,
    });
  }
  return error;
}

function addressOf(server: Server, config: Config): string {
  const { port } = server.address() as AddressInfo;
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  return config.publicUrl ?? `http://${host}:${port}${config.basePath}`;
}

/** Gives the function that refuses new connections, lets running answers end, and cuts what is left after 10 s. */
function gracefulClose(server: Server): () => Promise<void> {
  // Browsers open connections ahead of need; Node does not count them as idle.
  const silent = new Set<Socket>();
  server.on('connection', (socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  server.on('request', ({ socket }) => silent.delete(socket));
  return () =>
    new Promise((resolve) => {
      const deadline = setTimeout(() => server.closeAllConnections(), 10_000);
      server.close(() => {
        clearTimeout(deadline);
        resolve();
      });
      server.closeIdleConnections();
      for (const socket of silent) socket.destroy();
    });
}
