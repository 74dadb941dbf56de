/**
 * npm run fuzz -- [--seed N] [--requests N] [--engine embedded|server] [--only INDEX]
 * Starts the service with the sample on an empty database and attacks every route. `--only` sends one request of a
 * run again and prints what comes. The server engine needs PostgreSQL installed, or DATABASE_URL of an empty database.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { asAdministrator } from '../engines/administrator.ts';
import type { DatabasePlace } from '../engines/database-place.ts';
import { startCluster } from '../engines/server-cluster.ts';
import { checkOutcome } from './check-outcome.ts';
import { startFuzzedApp } from './fuzzed-app.ts';
import { generateRequest } from './generate-request.ts';
import { keepJobOpen } from './open-jobs.ts';
import { asSent, explore, fuzz } from './run-fuzz.ts';
import { createSender } from './send-request.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    requests: { type: 'string', default: '100000' },
    engine: { type: 'string', default: 'embedded' },
    only: { type: 'string' },
  },
});
const seed = Number(values.seed);
/** What a process may grow by once it is warm: compiled code, buffers of connections. */
const mostGrowthBytes = 150_000_000;

const dataDir = await mkdtemp(join(tmpdir(), 'lantu-fuzz-'));
const { place, remove } = await prepare();
const app = await startFuzzedApp(place);
let failed = false;
try {
  failed = values.only === undefined ? await runAll() : await runOne(Number(values.only));
} finally {
  await app.stop();
  await remove();
  await rm(dataDir, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);

async function prepare(): Promise<{ place: DatabasePlace; remove: () => Promise<void> }> {
  const nothing = async (): Promise<void> => undefined;
  if (values.engine === 'embedded') return { place: { databaseUrl: undefined, dataDir }, remove: nothing };
  const given = process.env.DATABASE_URL;
  if (given) return { place: { databaseUrl: given, dataDir }, remove: nothing };
  const cluster = await startCluster();
  if ('missing' in cluster) throw new Error(cluster.missing);
  await asAdministrator(cluster.url, 'create database fuzz template template0');
  return { place: { databaseUrl: `${cluster.url}/fuzz`, dataDir }, remove: cluster.stop };
}

async function runAll(): Promise<boolean> {
  console.log(
    `seed ${seed}, ${values.requests} requests, ${values.engine} engine, ${app.routes.length} routes`,
  );
  const report = await fuzz(app, {
    seed,
    requests: Number(values.requests),
    onProgress: (done, failures) => {
      if (done % 5_000 === 0) console.log(`${done} sent, ${failures} failed`);
    },
  });
  for (const { index, faults, request } of report.failures) {
    console.log(`\n#${index} (npm run fuzz -- --seed ${seed} --engine ${values.engine} --only ${index})`);
    for (const fault of faults) console.log(`  ${fault}`);
    console.log(`  ${JSON.stringify(request).slice(0, 500)}`);
  }
  const { rssBytes } = report;
  const growth = rssBytes.end - rssBytes.warm;
  console.log(`\nanswers ${JSON.stringify(report.byStatus)}, of them ${report.successes} successes`);
  console.log(
    `${report.seconds.toFixed(0)} s; slowest ${report.slowestMs.toFixed(0)} ms: ${report.slowest?.method} ${report.slowest?.target.slice(0, 200)}`,
  );
  console.log(
    `memory without the answer cache: ${megabytes(rssBytes.warm)} warm, ${megabytes(rssBytes.end)} at the end`,
  );
  console.log(
    `changed tables: ${report.changedTables.join(', ') || 'none'}; process: ${report.death ?? 'alive'}; uploads: ${report.takesFiles ? 'taken' : 'NOT TAKEN'}`,
  );
  const isBad =
    report.failures.length > 0 ||
    report.changedTables.length > 0 ||
    report.death !== undefined ||
    !report.takesFiles ||
    growth > mostGrowthBytes;
  console.log(isBad ? 'FAILED' : 'passed');
  return isBad;
}

async function runOne(index: number): Promise<boolean> {
  const job = keepJobOpen(app);
  await job.refresh();
  const request = asSent(generateRequest(seed, index, await explore(app)), app, job);
  const sender = createSender(app.url, 60_000);
  const outcome = await sender.send(request);
  sender.close();
  const faults = checkOutcome(request, outcome);
  console.log(
    JSON.stringify(
      { request, outcome, faults },
      (_key, value) => (value instanceof Map ? Object.fromEntries(value) : value),
      2,
    ),
  );
  return faults.length > 0;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(0)} MB`;
}
