/** kill -9 while rows are written loses none that was acknowledged, and half a transaction never shows. */
import { type ChildProcess, spawn } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { migrate } from '../../server/db/migrate.ts';
import { openDatabase } from '../../server/db/open.ts';
import { silentLog } from '../engines/database-place.ts';
import { type Cluster, startCluster } from '../engines/server-cluster.ts';

const kills = 20;
/** Transactions to wait for before the kill, so that it falls at a different point of the log each time. */
const transactionsBefore = (round: number) => 5 + ((round * 7) % 23);
const writer = fileURLToPath(new URL('../engines/kill-writer.ts', import.meta.url));

type Writing = {
  process: ChildProcess;
  found: Promise<string[]>;
  acknowledged: string[];
  ended: Promise<unknown>;
};

/** Starts a writer; `found` is what it saw in the database, `acknowledged` grows while it writes. */
function startWriting(place: { databaseUrl?: string; dataDir: string }, round: number): Writing {
  const child = spawn(process.execPath, [writer, JSON.stringify(place), String(round)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const acknowledged: string[] = [];
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const found = new Promise<string[]>((resolve, reject) => {
    let pending = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      const lines = (pending + chunk).split('\n');
      pending = lines.pop() ?? '';
      for (const line of lines) {
        if (line.startsWith('found ')) resolve(JSON.parse(line.slice('found '.length)) as string[]);
        else acknowledged.push(line);
      }
    });
    ended.then(() => reject(new Error('the writer ended before it had read the database')));
  });
  return { process: child, found, acknowledged, ended };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
}

/** Every acknowledged row is there, and of each transaction both rows or none. */
function expectNothingLost(found: string[], acknowledged: string[]): void {
  const present = new Set(found);
  expect(acknowledged.filter((row) => !present.has(row))).toEqual([]);
  const partner = (row: string) => row.replace(/\d+$/, (n) => String(Number(n) ^ 1));
  expect(found.filter((row) => !present.has(partner(row)))).toEqual([]);
}

describe('kill -9 of the process with the embedded engine', () => {
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'lantu-kill-'));
    await cp(inject('engines').embedded.templateDir, dataDir, { recursive: true });
  });
  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  it(`loses nothing acknowledged, ${kills} times`, async () => {
    const acknowledged: string[] = [];
    for (let round = 0; round <= kills; round += 1) {
      const writing = startWriting({ dataDir }, round);
      expectNothingLost(await writing.found, acknowledged);
      await until(() => writing.acknowledged.length >= transactionsBefore(round));
      writing.process.kill('SIGKILL');
      await writing.ended;
      acknowledged.push(...writing.acknowledged);
    }
    expect(acknowledged.length).toBeGreaterThan(kills * 5);
  }, 300_000);
});

const { server } = inject('engines');
describe.skipIf('missing' in server)('kill -9 of the PostgreSQL server with all its processes', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    const started = await startCluster();
    if ('missing' in started) throw new Error(started.missing);
    cluster = started;
    const database = await openDatabase({ databaseUrl: `${cluster.url}/postgres`, dataDir: '' }, silentLog);
    await migrate(database);
    await database.close();
  });
  afterAll(() => cluster.stop());

  it(`loses nothing acknowledged, ${kills} times`, async () => {
    const place = { databaseUrl: `${cluster.url}/postgres`, dataDir: '' };
    const acknowledged: string[] = [];
    for (let round = 0; round <= kills; round += 1) {
      const writing = startWriting(place, round);
      expectNothingLost(await writing.found, acknowledged);
      await until(() => writing.acknowledged.length >= transactionsBefore(round));
      await cluster.kill();
      // The writer, on the other hand, survives: it is told that the database is away and ends by itself.
      expect(await writing.ended).toBe(0);
      acknowledged.push(...writing.acknowledged);
      await cluster.restart();
    }
    expect(acknowledged.length).toBeGreaterThan(kills * 5);
  }, 300_000);
});
