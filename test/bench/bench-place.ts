/**
 * Where a bench finds its database: a PostgreSQL cluster of its own, a new database on the server that
 * DATABASE_URL names, or the embedded engine in a temporary folder. Loaded with the polygons of the bench.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from '../../server/db/database.ts';
import { migrate } from '../../server/db/migrate.ts';
import { openDatabase } from '../../server/db/open.ts';
import { asAdministrator } from '../engines/administrator.ts';
import { silentLog } from '../engines/database-place.ts';
import { startCluster } from '../engines/server-cluster.ts';
import { loadPolygons } from './load-polygons.ts';

export type BenchPlace = {
  engine: Engine;
  dataDir: string;
  /** undefined on the embedded engine. */
  databaseUrl: string | undefined;
  remove(): Promise<void>;
};

const inUse = new Set<BenchPlace>();

// A bench that is broken off leaves no server behind.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    Promise.allSettled([...inUse].map((place) => place.remove())).finally(() => process.exit(130));
  });
}

/** A migrated database with the polygons in it, or nothing. Throws where the engine asked for is not there. */
export async function preparePlace(
  engine: Engine,
  content: 'polygons' | 'nothing' = 'polygons',
): Promise<BenchPlace> {
  const dataDir = await mkdtemp(join(tmpdir(), 'lantu-bench-'));
  const removeFolder = (): Promise<void> => rm(dataDir, { recursive: true, force: true });
  const server = engine === 'server' ? await newDatabase() : undefined;
  const place: BenchPlace = {
    engine,
    dataDir,
    databaseUrl: server?.url,
    async remove() {
      inUse.delete(place);
      await server?.remove();
      await removeFolder();
    },
  };
  inUse.add(place);
  try {
    const database = await openDatabase(place, silentLog);
    try {
      await migrate(database);
      if (content === 'polygons') await loadPolygons(database);
    } finally {
      await database.close();
    }
    return place;
  } catch (error) {
    await place.remove();
    throw error;
  }
}

async function newDatabase(): Promise<{ url: string; remove: () => Promise<void> }> {
  const given = process.env.DATABASE_URL;
  const name = `lantu_bench_${process.pid}`;
  if (given !== undefined && given !== '') {
    const url = new URL(given);
    url.pathname = '';
    url.search = '';
    const cluster = url.toString().replace(/\/$/, '');
    await asAdministrator(cluster, `create database ${name} template template0`);
    return {
      url: `${cluster}/${name}`,
      remove: () => asAdministrator(cluster, `drop database if exists ${name} with (force)`),
    };
  }
  const cluster = await startCluster();
  if ('missing' in cluster) {
    throw new Error(
      `${cluster.missing}. Install it, name a server by DATABASE_URL, or run with --engine embedded.`,
    );
  }
  await asAdministrator(cluster.url, `create database ${name} template template0`);
  return { url: `${cluster.url}/${name}`, remove: () => cluster.stop() };
}
