/**
 * Tiles as answers. One with little in it costs more to ask for than to draw: those of one layer, zoom and day that are
 * wanted at once are asked for together, and more gather while a statement runs. Nobody waits for others to come.
 */
import type { LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import type { Tile } from '../../geodata/domain/tile.ts';
import type { Database } from '../db/database.ts';
import { type TileRow, tileStatement } from '../db/layer-tile-sql.ts';
import { BusyError, DatabaseUnavailableError, QueryTimeoutError } from '../errors.ts';
import type { Answer } from '../http/answer-cache.ts';
import { createGate } from '../http/gate.ts';
import { answerOfTile } from './tile.ts';

/** A vector tile, as of a day or, with null, as it is now. Passes on the errors of the database, and BusyError. */
export type TileReader = (layer: LayerDefinition, tile: Tile, asOf: string | null) => Promise<Answer>;

/** Content one statement should not exceed by much: beyond it asking costs little beside drawing. */
const bytesTogether = 65_536;
const mostTilesTogether = 8;
/** Statements of one queue at once: on more connections its tiles would go one by one again. */
const statementsOfQueue = 2;

type Wanted = { tile: Tile; resolve: (answer: Answer) => void; reject: (error: unknown) => void };
type Queue = {
  key: string;
  /** Layer and zoom: what a tile of it holds is remembered for all days. */
  kind: string;
  layer: LayerDefinition;
  asOf: string | null;
  wanted: Wanted[];
  running: number;
  isScheduled: boolean;
};

export function createTileReader(database: Pick<Database, 'query'>): TileReader {
  const queues = new Map<string, Queue>();
  const bytesOfTile = new Map<string, number>();
  const gate = createGate({ running: 6, waiting: 200, waitMs: 10_000 });

  function queueOf(layer: LayerDefinition, z: number, asOf: string | null): Queue {
    const kind = `${layer.id} ${z}`;
    const key = `${kind} ${asOf ?? ''}`;
    const queue = queues.get(key) ?? { key, kind, layer, asOf, wanted: [], running: 0, isScheduled: false };
    queues.set(key, queue);
    return queue;
  }

  function tilesTogether({ kind }: Queue): number {
    const bytes = bytesOfTile.get(kind) ?? bytesTogether;
    return Math.max(1, Math.min(mostTilesTogether, Math.floor(bytesTogether / bytes)));
  }

  /** At the end of this turn of the event loop, in which more may be wanted. */
  function schedule(queue: Queue): void {
    if (queue.isScheduled) return;
    queue.isScheduled = true;
    setImmediate(() => {
      queue.isScheduled = false;
      startStatements(queue);
      if (queue.running === 0 && queue.wanted.length === 0) queues.delete(queue.key);
    });
  }

  function startStatements(queue: Queue): void {
    const most = tilesTogether(queue);
    while (queue.wanted.length > 0) {
      const free = most === 1 ? queue.wanted.length : statementsOfQueue - queue.running;
      if (free <= 0) return;
      const share = Math.min(most, Math.ceil(queue.wanted.length / free));
      const together = queue.wanted.splice(0, share);
      queue.running += 1;
      void read(queue, together).finally(() => {
        queue.running -= 1;
        schedule(queue);
      });
    }
  }

  /** Settles all of `together`; never rejects. What the data of one tile cause is not the others' fault: then each is asked for alone. */
  async function read(queue: Queue, together: Wanted[]): Promise<void> {
    try {
      const rows = await rowsOf(queue, together);
      bytesOfTile.set(queue.kind, meanBytes(rows));
      for (const [index, wanted] of together.entries()) settle(queue.layer, rows[index] as TileRow, wanted);
    } catch (error) {
      if (together.length > 1 && !isOfService(error))
        await Promise.all(together.map((wanted) => read(queue, [wanted])));
      else for (const { reject } of together) reject(error);
    }
  }

  /** One a tile, in their order. */
  async function rowsOf({ layer, asOf }: Queue, together: readonly Wanted[]): Promise<TileRow[]> {
    const tiles = together.map(({ tile }) => tile) as [Tile, ...Tile[]];
    const { text, params } = tileStatement(layer, tiles, asOf);
    const rows = await gate.run(() =>
      database.query<TileRow>(text, params, { class: 'read', isRepeated: true, readsOnly: true }),
    );
    if (rows.length !== together.length) throw new Error('the tile statement gave another number of rows');
    return rows.sort((a, b) => a.place - b.place);
  }

  return (layer, tile, asOf) =>
    new Promise((resolve, reject) => {
      const queue = queueOf(layer, tile.z, asOf);
      queue.wanted.push({ tile, resolve, reject });
      schedule(queue);
    });
}

function settle(layer: LayerDefinition, row: TileRow, { resolve, reject }: Wanted): void {
  try {
    resolve(answerOfTile(layer, row));
  } catch (error) {
    reject(error);
  }
}

function meanBytes(rows: readonly TileRow[]): number {
  const bytes = rows.reduce((sum, { features, shapes }) => sum + features.length + (shapes?.length ?? 0), 0);
  return bytes / rows.length;
}

/** Whatever was asked for, it would have ended so. */
function isOfService(error: unknown): boolean {
  return [BusyError, DatabaseUnavailableError, QueryTimeoutError].some((kind) => error instanceof kind);
}
