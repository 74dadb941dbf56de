/**
 * Tiles as answers. One with little in it costs more to ask for than to draw: those of one layer, zoom and day that are
 * wanted at once are asked for together, and more gather while a statement runs. Nobody waits for others to come.
 */
import type { LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import type { Tile } from '../../geodata/domain/tile.ts';
import type { Database } from '../db/database.ts';
import { type TileRow, tileStatement } from '../db/layer-tile-sql.ts';
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

  /** Settles all of `together`; never rejects. */
  async function read({ kind, layer, asOf }: Queue, together: Wanted[]): Promise<void> {
    try {
      const tiles = together.map(({ tile }) => tile) as [Tile, ...Tile[]];
      const { text, params } = tileStatement(layer, tiles, asOf);
      const rows = await gate.run(() =>
        database.query<TileRow>(text, params, { class: 'read', isRepeated: true, readsOnly: true }),
      );
      let bytes = 0;
      for (const row of rows) {
        together[row.place - 1]?.resolve(answerOfTile(layer, row));
        bytes += row.features.length + (row.shapes?.length ?? 0);
      }
      bytesOfTile.set(kind, Math.max(1, bytes / rows.length));
      if (rows.length !== together.length) throw new Error('the tile statement left tiles out');
    } catch (error) {
      // Those that have their answer keep it.
      for (const { reject } of together) reject(error);
    }
  }

  return (layer, tile, asOf) =>
    new Promise((resolve, reject) => {
      const queue = queueOf(layer, tile.z, asOf);
      queue.wanted.push({ tile, resolve, reject });
      schedule(queue);
    });
}
