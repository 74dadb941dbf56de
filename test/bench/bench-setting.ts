/** What every bench of requests is handed: the servers side by side and the database behind them. */
import pg from 'pg';
import type { Engine } from '../../server/db/database.ts';
import { type BenchPlace, preparePlace } from './bench-place.ts';
import { benchLayerId } from './load-polygons.ts';
import { type Service, startFloor, startOurs } from './services.ts';

/** Another server, named on the command line; its template holds {bbox} or {z}, {x} and {y}. */
export type Peer = { name: string; template: string };

export type BenchSetting = {
  engine: Engine;
  ours: Service;
  /** undefined on the embedded engine, which no other process can ask. */
  floor: Service | undefined;
  peers: readonly Peer[];
  databaseUrl: string | undefined;
  /** Raises the revision of the layer, after which no kept answer is used; does nothing on the embedded engine. */
  outdateAnswers(): Promise<void>;
  close(): Promise<void>;
};

export async function prepareSetting(engine: Engine, peers: readonly Peer[]): Promise<BenchSetting> {
  const place: BenchPlace = await preparePlace(engine);
  const { databaseUrl } = place;
  const started: Service[] = [];
  const closeAll = async (): Promise<void> => {
    for (const service of started) await service.stop();
    await place.remove();
  };
  try {
    const ours = await startOurs(place);
    started.push(ours);
    const floor = databaseUrl === undefined ? undefined : await startFloor(databaseUrl);
    if (floor !== undefined) started.push(floor);
    return {
      engine,
      ours,
      floor,
      peers,
      databaseUrl,
      outdateAnswers: () => outdateAnswers(databaseUrl),
      close: closeAll,
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

async function outdateAnswers(databaseUrl: string | undefined): Promise<void> {
  if (databaseUrl === undefined) return;
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('select app.raise_layer_revision($1)', [benchLayerId]);
  } finally {
    await client.end();
  }
}
