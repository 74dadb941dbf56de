/**
 * What changes in the data, noticed once a second for everybody who listens in this process. Who wrote it does not
 * matter: another request, another process, a command. Nothing is kept but where things stand, so that any process can
 * tell a listener what it missed.
 */
import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';
import { namedSql } from '../db/named-sql.ts';
import type { Revisions } from '../system/revisions.ts';
import type { Position } from './position.ts';

/** Where the data stands: revisions, and the sequence each chain of events has come to. */
export type Standing = { revisions: Revisions; chains: Position['chains'] };

/** Sites recorded between two standings; null: more than are told, or of a chain that was not there. */
export type Recorded = string[] | null;

export type Listener = (now: Standing, recorded: Recorded) => void;

export type ChangeFeed = {
  /** Where the data stands, and from then on every change. The returned function ends it. */
  listen(listener: Listener): Promise<{ now: Standing; stop: () => void }>;
  /** The sites recorded since a position, up to the present; throws as the database does. */
  recordedSince(chains: Position['chains']): Promise<Recorded>;
  close(): void;
};

const tickMs = 1_000;
/** Beyond it a screen is better off asking for everything again. */
const mostEvents = 1_000;

type ChainRow = { chain: string; seq: string; since: string | null; codes: string[] };

export function createChangeFeed(
  database: Database,
  readRevisions: () => Promise<Revisions>,
  log: Pick<Logger, 'warn'>,
): ChangeFeed {
  const listeners = new Set<Listener>();
  let standing: Standing | undefined;
  let timer: NodeJS.Timeout | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  let failing = false;

  /** One after the other: a listener that joins misses nothing and is told nothing twice. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  }

  async function readChains(from: Position['chains']): Promise<ChainRow[]> {
    return database.query<ChainRow>(
      namedSql('events/list-changed-sites'),
      [Object.keys(from), Object.values(from), mostEvents + 1],
      { class: 'lookup', isRepeated: true, readsOnly: true },
    );
  }

  async function lookAgain(): Promise<void> {
    const revisions = await readRevisions();
    if (standing !== undefined && isSame(standing.revisions, revisions)) {
      standing = { ...standing, revisions };
      return;
    }
    const before = standing;
    const rows = await readChains(before?.chains ?? {});
    const now = { revisions, chains: Object.fromEntries(rows.map(({ chain, seq }) => [chain, seq])) };
    standing = now;
    if (before === undefined) return;
    const recorded = recordedIn(before.chains, rows);
    for (const listener of listeners) listener(now, recorded);
  }

  async function tick(): Promise<void> {
    try {
      await inTurn(lookAgain);
      failing = false;
    } catch (error) {
      if (!failing) log.warn({ err: error }, 'changes could not be read; looking again');
      failing = true;
    }
    if (listeners.size > 0) schedule();
    else timer = undefined;
  }

  function schedule(): void {
    timer = setTimeout(() => void tick(), tickMs);
    timer.unref();
  }

  return {
    listen: (listener) =>
      inTurn(async () => {
        await lookAgain();
        if (standing === undefined) throw new Error('nothing was read');
        listeners.add(listener);
        if (timer === undefined) schedule();
        return { now: standing, stop: () => void listeners.delete(listener) };
      }),
    async recordedSince(chains) {
      return recordedIn(chains, await readChains(chains));
    },
    close() {
      clearTimeout(timer);
      listeners.clear();
    },
  };
}

/** Datasets are part of the text, so that official data that closes a layer shows in it too. */
function isSame(a: Revisions, b: Revisions): boolean {
  return a === b || a.all === b.all;
}

function recordedIn(from: Position['chains'], rows: readonly ChainRow[]): Recorded {
  const isWhole =
    Object.keys(from).every((chain) => rows.some((row) => row.chain === chain)) &&
    rows.every(({ seq, since }) => since !== null && isWithin(BigInt(seq) - BigInt(since)));
  return isWhole ? [...new Set(rows.flatMap(({ codes }) => codes))].sort() : null;
}

function isWithin(events: bigint): boolean {
  return events >= 0n && events <= BigInt(mostEvents);
}
