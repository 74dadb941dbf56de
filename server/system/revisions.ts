/**
 * Current revisions of all layers and who may read them. Where other processes write too they are read for each
 * request, so that every process on one database sees a change the moment it is committed; no message can be missed.
 * Requests that come while a read runs share the next one: it begins after they came, so none sees less than it may.
 * Where this process alone writes, they are kept until it may have written again.
 */
import type { LayerAccess } from '../../geodata/domain/can.ts';
import type { Database } from '../db/database.ts';
import { namedSql } from '../db/named-sql.ts';

export type Revisions = {
  /** '0' before the layer's first change. */
  of(layerId: string): string;
  /** One text for the state of all layers, the list of datasets and who may read what. */
  all: string;
  /** What the database says of reading a layer, read in the same statement as its revision. */
  accessTo(layerId: string): Omit<LayerAccess, 'permissions'>;
};

type RevisionRow = {
  layer_id: string;
  revision: string;
  anonymous_read: boolean | null;
  has_official_data: boolean;
};
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

  async function read(): Promise<Revisions> {
    // Counted before the statement is sent: what is written until it runs makes its answer be read once more.
    const writeCount = database.writeCount();
    const revisions = revisionsOf(
      await database.query<RevisionRow>(namedSql('system/read-revisions'), [], {
        class: 'lookup',
        isRepeated: true,
        readsOnly: true,
      }),
    );
    if (writeCount !== undefined) kept = { writeCount, revisions };
    return revisions;
  }

  async function fresh(): Promise<Revisions> {
    if (next !== undefined) return next;
    const before = running ?? Promise.resolve();
    const mine = before
      .catch(() => undefined)
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

function revisionsOf(rows: readonly RevisionRow[]): Revisions {
  const byLayer = new Map(rows.map((row) => [row.layer_id, row]));
  const all = [...byLayer.values()]
    .sort((a, b) => (a.layer_id < b.layer_id ? -1 : 1))
    .map((row) => `${row.layer_id}=${row.revision}${row.anonymous_read ?? ''}`);
  return {
    of: (layerId) => byLayer.get(layerId)?.revision ?? '0',
    all: all.join(),
    accessTo(layerId) {
      const row = byLayer.get(layerId);
      if (row === undefined) return unknownAccess;
      return { anonymousReadSetting: row.anonymous_read, hasOfficialData: row.has_official_data };
    },
  };
}
