/**
 * The Database of database.ts over a pg pool, for both engines. What differs between them is how statements are
 * bound to a time limit and to reading (`EngineControl`); everything else is the same code.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Pool, PoolClient, QueryConfig, QueryResultRow } from 'pg';
import type { Database, Engine, Queryable, QueryOptions } from './database.ts';
import { timeoutMsByClass } from './database.ts';
import { silentServerMessage, toTypedError } from './typed-error.ts';

export type EngineControl = {
  engine: Engine;
  pool: Pool;
  /** Name under which each connection keeps a repeated statement; undefined: it is not kept. */
  nameOf(text: string): string | undefined;
  /** Sets what the client's following statements are bound to; undefined: it is bound so already. */
  bind(client: PoolClient, bounds: StatementBounds): Promise<unknown> | undefined;
  writeCount: Database['writeCount'];
  /** After the pool has ended. */
  close(): Promise<void>;
};

export type StatementBounds = {
  timeoutMs: number;
  /** Nothing of it writes. */
  readsOnly: boolean;
};

const beginText = {
  'read-committed': 'begin isolation level read committed',
  snapshot: 'begin isolation level repeatable read read only',
};

/** How long after its limit a statement may still be answered with the engine's own words. */
const graceMs = 3_000;

/** A statement given up when nothing has come by its limit: a server that is paused or cut off ends no query. */
export function boundedStatement(
  text: string,
  params: readonly unknown[],
  timeoutMs: number,
  name?: string,
): QueryConfig & { query_timeout: number } {
  const statement = { text, values: [...params], query_timeout: timeoutMs + graceMs };
  return name === undefined ? statement : { ...statement, name };
}

/** The Database of a pool. Every error it throws has been through toTypedError. */
export function pooledDatabase(control: EngineControl): Database {
  const { pool, engine } = control;
  const openTransaction = new AsyncLocalStorage<{ open: boolean }>();
  // A connection may break between two listeners of its pool; what was running hears of it by its own error.
  pool.on('connect', (client) => client.on('error', () => undefined));

  /** On one client the pool itself would wait for ever; a second client would not see the first one's rows. */
  function refuseInsideTransaction(): void {
    if (openTransaction.getStore()?.open) {
      throw new Error('inside a transaction use the client it was given, not the database');
    }
  }

  async function withClient<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    refuseInsideTransaction();
    const client = await pool.connect();
    let sessionEnded = false;
    try {
      return await work(client);
    } catch (error) {
      sessionEnded = endsSession(error);
      throw error;
    } finally {
      client.release(sessionEnded);
    }
  }

  return {
    engine,
    pool,
    writeCount: control.writeCount,
    async query<Row extends QueryResultRow>(text: string, params: readonly unknown[], options: QueryOptions) {
      try {
        return await withClient(async (client) => {
          const timeoutMs = timeoutMsByClass[options.class];
          await control.bind(client, { timeoutMs, readsOnly: options.readsOnly === true });
          const name = options.isRepeated ? control.nameOf(text) : undefined;
          const statement = boundedStatement(text, params, timeoutMs, name);
          return (await client.query<Row>(statement)).rows;
        });
      } catch (error) {
        throw toTypedError(error);
      }
    },
    async transaction(work, options) {
      const timeoutMs = timeoutMsByClass[options.class];
      try {
        return await withClient(async (client) => {
          const isolation = options.isolation ?? 'read-committed';
          await control.bind(client, { timeoutMs, readsOnly: isolation === 'snapshot' });
          await client.query(beginText[isolation]);
          const state = { open: true };
          try {
            const result = await openTransaction.run(state, () =>
              work(transactionClient(client, control.nameOf)),
            );
            await commit(client);
            return result;
          } catch (error) {
            await client.query('rollback').catch(() => undefined);
            throw error;
          } finally {
            state.open = false;
          }
        });
      } catch (error) {
        throw toTypedError(error);
      }
    },
    async close() {
      await pool.end();
      await control.close();
    },
  };
}

/** The statements of a transaction: the limit is the transaction's class, whatever class they name. */
function transactionClient(
  client: PoolClient,
  nameOf: EngineControl['nameOf'],
): Queryable & { raw: PoolClient } {
  return {
    raw: client,
    async query<Row extends QueryResultRow>(text: string, params: readonly unknown[], options: QueryOptions) {
      const name = options.isRepeated ? nameOf(text) : undefined;
      try {
        const statement = { text, values: [...params], ...(name === undefined ? {} : { name }) };
        return (await client.query<Row>(statement)).rows;
      } catch (error) {
        throw toTypedError(error);
      }
    },
  };
}

/** PostgreSQL answers COMMIT of a failed transaction with ROLLBACK and no error; here that is an error. */
async function commit(client: PoolClient): Promise<void> {
  const { command } = await client.query('commit');
  if (command !== 'COMMIT') {
    throw new Error('the transaction had failed before its commit: an error inside it was not passed on');
  }
}

/** Whether the server has closed, or will not answer on, the connection that gave `error`. */
function endsSession(error: unknown): boolean {
  const own = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(own instanceof Error)) return false;
  const severity = 'severity' in own ? own.severity : undefined;
  return severity === 'FATAL' || severity === 'PANIC' || own.message === silentServerMessage;
}
