/**
 * Current revisions of all layers, read from the database for each request, so that every process on
 * one database sees a change the moment it is committed; no message can be missed. Requests that come
 * while a read runs share the next one: it begins after they came, so none sees less than it may.
 */
import type { Database } from '../db/database.ts';
import { namedSql } from '../db/named-sql.ts';

export type Revisions = {
  /** '0' before the layer's first change. */
  of(layerId: string): string;
  /** One text for the state of all layers and the list of datasets. */
  all: string;
};

/** Reader of revisions that runs at most one query at a time. */
export function createRevisionReader(database: Database): () => Promise<Revisions> {
  let running: Promise<unknown> | undefined;
  let next: Promise<Revisions> | undefined;

  async function read(): Promise<Revisions> {
    const rows = await database.query<{ layer_id: string; revision: string }>(
      namedSql('system/read-revisions'),
      [],
      { class: 'lookup' },
    );
    const byLayer = new Map(rows.map((row) => [row.layer_id, row.revision]));
    const all = [...byLayer]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, revision]) => `${id}=${revision}`);
    return { of: (layerId) => byLayer.get(layerId) ?? '0', all: all.join() };
  }

  return () => {
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
  };
}
