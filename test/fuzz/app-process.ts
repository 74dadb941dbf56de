/**
 * The real service in a process of its own, told what to look at by the fuzzer: memory, and what the database holds.
 * node --expose-gc app-process.ts '{"databaseUrl":…,"dataDir":…}'
 */
import pino from 'pino';
import { readConfig } from '../../server/config.ts';
import { findRegion } from '../../server/open-context.ts';
import { startServer } from '../../server/start-server.ts';
import type { DatabasePlace } from '../engines/database-place.ts';
import { cheapPasswordCost, signedInAs } from '../signed-in.ts';
import { fingerprintDatabase } from './database-fingerprint.ts';

export type AppQuestion = 'memory' | 'fingerprint' | 'stop';
export type AppMessage =
  | {
      kind: 'ready';
      url: string;
      routes: { method: string; path: string }[];
      layerIds: string[];
      sessionHeaders: Record<string, string>;
    }
  | { kind: 'memory'; rssBytes: number }
  | { kind: 'fingerprint'; tables: Record<string, string> };

const place = JSON.parse(process.argv[2] ?? '{}') as DatabasePlace;
const { config } = readConfig({ PORT: '0', LANTU_LOG_LEVEL: 'silent' });
const running = await startServer({
  config: { ...config, ...place, accounts: { ...config.accounts, passwordCost: cheapPasswordCost } },
  region: findRegion(config.regionId),
  log: pino({ level: 'silent' }),
  onProgress: () => undefined,
});
const tell = (message: AppMessage): void => void process.send?.(message);

process.on('message', async (question: AppQuestion) => {
  if (question === 'memory') {
    for (let round = 0; round < 3; round += 1) globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 300));
    tell({ kind: 'memory', rssBytes: process.memoryUsage().rss });
  } else if (question === 'fingerprint') {
    tell({ kind: 'fingerprint', tables: await fingerprintDatabase(running.context.database) });
  } else {
    await running.stop();
    process.exit(0);
  }
});
// Without its parent nobody would stop it.
process.on('disconnect', () => process.exit(1));

const { catalogue } = running.context;
tell({
  kind: 'ready',
  url: running.url,
  routes: running.routes,
  layerIds: catalogue.map(({ id }) => id),
  sessionHeaders: (await signedInAs(running.context, 'administrator', { username: 'fuzzer' })).headers,
});
