/**
 * What the rest of the server knows of the database: a pg pool, whichever engine is behind it.
 * The engine's own faults are contained in this folder (see embedded/).
 */
import type { Pool, PoolClient, QueryResultRow } from 'pg';
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';

export type Engine = 'embedded' | 'server';

/** Statement time limits by class of request, in milliseconds. */
export const timeoutMsByClass = {
  /** One feature, one small lookup. */
  lookup: 5_000,
  /** Items, tiles, progress: what a map waits for. */
  read: 15_000,
  /** Import, sample, migration, backup. */
  bulk: 600_000,
} as const;
export type QueryClass = keyof typeof timeoutMsByClass;

/** `work_mem` of every statement: the sites of a large campaign are put in order without a file on the disk. */
export const sortMemory = '16MB';

export type QueryOptions = {
  class: QueryClass;
  /**
   * The statement comes often and one plan serves all its parameters: connections keep it parsed and planned.
   * Not for those whose best plan depends on how much of a layer a parameter covers.
   */
  isRepeated?: boolean;
  /**
   * The statement writes nothing, so what was read before it still stands (see `writeCount`). Where that is
   * counted, the engine itself refuses a statement that says so and writes.
   */
  readsOnly?: boolean;
};

/** Runs statements; the same shape inside and outside a transaction. */
export type Queryable = {
  /** Rows of one parameterised statement. Throws the typed errors of errors.ts, never returns a partial answer. */
  query<Row extends QueryResultRow>(
    text: string,
    params: readonly unknown[],
    options: QueryOptions,
  ): Promise<Row[]>;
};

export type Database = Queryable & {
  readonly engine: Engine;
  readonly pool: Pool;
  /**
   * A number that has risen by the time anyone hears that something was written, and before any later statement
   * runs: while it stands, the database is as it was. undefined where other processes may write too.
   */
  writeCount(): number | undefined;
  /**
   * Runs `work` in one transaction on one client and commits; any error rolls back and is thrown on.
   * Inside, use only the given client: on the embedded engine another one would wait for ever, so
   * `query` and `transaction` of the database itself throw there. The transaction's class sets the limit
   * of each of its statements, whatever class they name.
   */
  transaction<T>(
    work: (client: Queryable & { raw: PoolClient }) => Promise<T>,
    options: TransactionOptions,
  ): Promise<T>;
  /** Waits for running queries, then closes. */
  close(): Promise<void>;
};

export type TransactionOptions = {
  class: QueryClass;
  /** `snapshot` reads everything as of one moment (repeatable read, read only). */
  isolation?: 'read-committed' | 'snapshot';
};

export type OpenOptions = {
  /** Told what the first start is doing, for the person who waits. */
  onProgress?: (step: Bilingual) => void;
};
