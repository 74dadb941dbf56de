/** kill -9 of the server, of PostgreSQL, and a power cut under marking: nothing acknowledged is lost or doubled. */
import { cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Database } from '../../server/db/database.ts';
import { migrate } from '../../server/db/migrate.ts';
import { openDatabase } from '../../server/db/open.ts';
import { type DatabasePlace, silentLog } from '../engines/database-place.ts';
import { seededRandom } from '../engines/random.ts';
import { type Cluster, startCluster } from '../engines/server-cluster.ts';
import type { Ledger } from './compare-marks.ts';
import { examineMarks, type FoundMarks } from './examine-marks.ts';
import {
  expectNothingLost,
  killMarkingServers,
  prepareMarking,
  startMarking,
  startMarkingServer,
} from './marking-under-fire.ts';

const kills = 20;
const powerCuts = 4;
const limitMs = 600_000;

const random = seededRandom(2026);

/** Some marks after the start, anywhere within the next ones. */
async function untilTheKill(marking: ReturnType<typeof startMarking>): Promise<void> {
  await marking.done({ marks: 2 + Math.floor(random() * 6), photos: 1 });
  await wait(random() * 40);
}

afterAll(killMarkingServers);

const newLedger = (): Ledger => ({ marks: [], photos: [], unanswered: 0 });

/** Starts, examines, marks and kills the server, over and over; `between` is what happens while nothing runs. */
async function killServers(
  place: DatabasePlace,
  headers: Record<string, string>,
  rounds: number,
  { lossy, before, between }: { lossy?: string; before?(): Promise<void>; between?(): Promise<void> } = {},
): Promise<Ledger> {
  const ledger = newLedger();
  let start: FoundMarks | undefined;
  for (let round = 0; round <= rounds; round += 1) {
    await before?.();
    const server = await startMarkingServer(place, lossy);
    start ??= server.found;
    expectNothingLost(server.found, start, ledger);
    const marking = startMarking(server.url, headers, ledger);
    await untilTheKill(marking);
    await server.kill();
    await marking.stop();
    await between?.();
  }
  return ledger;
}

function expectMuchWasDone({ marks, photos }: Ledger, rounds: number): void {
  expect(marks.length).toBeGreaterThan(rounds);
  expect(photos.length).toBeGreaterThan(rounds);
}

describe('marking on the embedded engine', () => {
  let folder: string;
  let place: DatabasePlace;
  let headers: Record<string, string>;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lantu-marking-'));
    place = { databaseUrl: undefined, dataDir: join(folder, 'data') };
    await cp(inject('engines').embedded.templateDir, place.dataDir, { recursive: true });
    headers = await prepareMarking(place);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it(
    `survives kill -9 of the server, ${kills} times`,
    async () => {
      expectMuchWasDone(await killServers(place, headers, kills), kills);
    },
    limitMs,
  );

  it(
    `survives a power cut, ${powerCuts} times: what was not synced is gone, what was acknowledged is there`,
    async () => {
      const postgres = join(place.dataDir, 'postgres');
      const disk = join(folder, 'disk');
      // Twice from the same leavings: replaying the log again comes to the same.
      const again = join(folder, 'again');
      const ledger = await killServers(place, headers, powerCuts, {
        lossy: disk,
        before: () => cp(postgres, disk, { recursive: true }),
        async between() {
          await rm(postgres, { recursive: true });
          await rename(disk, postgres);
        },
      });
      expectMuchWasDone(ledger, powerCuts);
      await cp(place.dataDir, again, { recursive: true });
      expect(await examine({ ...place, dataDir: again })).toEqual(await examine(place));
    },
    limitMs,
  );
});

async function examine(place: DatabasePlace): Promise<FoundMarks> {
  const database = await openDatabase(place, silentLog);
  try {
    return await examineMarks(database, place.dataDir);
  } finally {
    await database.close();
  }
}

const { server: installed } = inject('engines');
describe.skipIf('missing' in installed)('marking on the server engine', () => {
  let cluster: Cluster;
  let folder: string;
  let place: DatabasePlace;
  let headers: Record<string, string>;
  beforeAll(async () => {
    const started = await startCluster();
    if ('missing' in started) throw new Error(started.missing);
    cluster = started;
    folder = await mkdtemp(join(tmpdir(), 'lantu-marking-'));
    place = { databaseUrl: `${cluster.url}/postgres`, dataDir: folder };
    const database = await openDatabase(place, silentLog);
    await migrate(database);
    await database.close();
    headers = await prepareMarking(place);
  });
  afterAll(async () => {
    await cluster.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it(
    `survives kill -9 of the server, ${kills} times`,
    async () => {
      expectMuchWasDone(await killServers(place, headers, kills), kills);
    },
    limitMs,
  );

  it(
    `survives kill -9 of PostgreSQL, ${kills} times, without a restart of the server`,
    async () => {
      const ledger = newLedger();
      const server = await startMarkingServer(place);
      for (let round = 0; round < kills; round += 1) {
        const marking = startMarking(server.url, headers, ledger);
        await untilTheKill(marking);
        await cluster.kill();
        await marking.stop();
        await cluster.restart();
        const database: Database = await openDatabase(place, silentLog);
        expectNothingLost(await examineMarks(database, folder), server.found, ledger);
        await database.close();
      }
      await server.kill();
      expectMuchWasDone(ledger, kills);
    },
    limitMs,
  );
});
