/**
 * Current revisions of all layers and who may read them. Where other processes write too they are read for each
 * request, so that every process on one database sees a change the moment it is committed; no message can be missed.
 * Requests that come while a read runs, or in one turn of the event loop, share the next one: it begins after they
 * came, so none sees less than it may.
 * Where this process alone writes, they are kept until it may have written again.
 */
import { setImmediate as endOfTurn } from 'node:timers/promises';
import type { LayerAccess } from '../../geodata/domain/can.ts';
import type { Database } from '../db/database.ts';
import { namedSql } from '../db/named-sql.ts';

/** While nothing changes it is the same object, so that what follows from it can be kept with it. */
export type Revisions = {
  /** '0' before the layer's first change. */
  of(layerId: string): string;
  /** One text for the state of all layers, the list of datasets and who may read what. */
  all: string;
  /** What the database says of reading a layer, read in the same statement as its revision. */
  accessTo(layerId: string): Omit<LayerAccess, 'permissions'>;
};

type LayerState = [
  layerId: string,
  revision: string,
  anonymousRead: boolean | null,
  hasOfficialData: boolean,
];
const unknownAccess = { anonymousReadSetting: null, hasOfficialData: false };

export type RevisionReader = {
  /** As they are now; asks the database only where they can have changed. */
  current(): Promise<Revisions>;
  /** Asks the database whatever is known, with at most one query at a time. */
  fresh(): Promise<Revisions>;
};

export function createRevisionReader(database: Database): RevisionReader {
  let running: Promise<unknown> | undefined;
  let next: Promise<Revisions> | undefined;
  let kept: { writeCount: number; revisions: Revisions } | undefined;
  let latest: { state: string; revisions: Revisions } | undefined;

  async function read(): Promise<Revisions> {
    // Counted before the statement is sent: what is written until it runs makes its answer be read once more.
    const writeCount = database.writeCount();
    const [row] = await database.query<{ state: string }>(namedSql('system/read-revisions'), [], {
      class: 'read',
      isRepeated: true,
      readsOnly: true,
    });
    if (row === undefined) throw new Error('the revisions statement gave no row');
    if (latest?.state !== row.state) latest = { state: row.state, revisions: revisionsOf(row.state) };
    const { revisions } = latest;
    if (writeCount !== undefined) kept = { writeCount, revisions };
    return revisions;
  }

  async function fresh(): Promise<Revisions> {
    if (next !== undefined) return next;
    const before = running ?? Promise.resolve();
    const mine = before
      .catch(() => undefined)
      .then(() => endOfTurn())
      .then(() => {
        if (next === mine) next = undefined;
        running = read();
        return running as Promise<Revisions>;
      });
    next = mine;
    return mine;
  }

  return {
    async current() {
      return kept !== undefined && kept.writeCount === database.writeCount() ? kept.revisions : fresh();
    },
    fresh,
  };
}

function revisionsOf(state: string): Revisions {
  const layers = JSON.parse(state) as LayerState[];
  const byLayer = new Map(layers.map((layer) => [layer[0], layer]));
  const all = layers.map(([id, revision, anonymousRead]) => `${id}=${revision}${anonymousRead ?? ''}`).sort();
  return {
    of: (layerId) => byLayer.get(layerId)?.[1] ?? '0',
    all: all.join(),
    accessTo(layerId) {
      const layer = byLayer.get(layerId);
      if (layer === undefined) return unknownAccess;
      return { anonymousReadSetting: layer[2], hasOfficialData: layer[3] };
    },
  };
}
