/**
 * The `stream` of a pg client that is connected to the embedded engine instead of a socket. When the
 * client leaves, its transaction is rolled back and its session state discarded before the next one comes.
 */
import { Duplex } from 'node:stream';
import type { BatchOutcome, EmbeddedEngine } from './engine.ts';
import type { Batch } from './protocol.ts';
import { createBatchReader, fatalError, greeting, simpleQuery } from './protocol.ts';

const leaveTimeoutMs = 30_000;

/** What may be set between batches, for the following ones. */
export type ClientStream = Duplex & {
  /** How long each may take. */
  timeoutMs: number;
  /** They write nothing. */
  readsOnly: boolean;
  /** The engine has been told to refuse writes of this client. */
  refusesWrites: boolean;
};

export type StreamOptions = {
  /** Of each batch, until the stream is told otherwise. */
  timeoutMs: number;
  /** Called after every batch that may have written, before its client or the next batch goes on. */
  onPossibleWrite: () => void;
};

/** Makes the streams of one engine, of which one is connected at a time: the next waits until it has left. */
export function createClientStreams(engine: EmbeddedEngine, options: StreamOptions): () => ClientStream {
  let previousLeft: Promise<unknown> = Promise.resolve();
  return () => {
    const waitFor = previousLeft;
    const { stream, left } = createClientStream(engine, options, waitFor);
    previousLeft = Promise.all([waitFor, left]);
    return stream;
  };
}

function createClientStream(
  engine: EmbeddedEngine,
  { timeoutMs, onPossibleWrite }: StreamOptions,
  waitFor: Promise<unknown>,
) {
  const readBatches = createBatchReader();
  const { promise: left, resolve: setLeft } = Promise.withResolvers<void>();
  let greeted = false;
  let failed = false;
  let turn: Promise<void> = Promise.resolve();

  async function runBatch(batch: Batch): Promise<void> {
    if (stream.destroyed || failed) return;
    const { readsOnly } = stream;
    const outcome = await engine.run(batch, stream.timeoutMs);
    // A batch that was cut short may have been committed all the same.
    if (!readsOnly || outcome.kind === 'fault') onPossibleWrite();
    if (outcome.kind === 'answer') {
      stream.push(Buffer.from(outcome.bytes.buffer));
      return;
    }
    failed = true;
    stream.once('end', () => stream.destroy());
    stream.push(errorOf(outcome));
    stream.push(null);
  }

  /** After a fault the engine starts anew and there is nothing to clean. */
  async function leave(): Promise<void> {
    for (const sql of failed || !greeted ? [] : ['rollback', 'discard all']) {
      await engine.run({ bytes: simpleQuery(sql), statements: 1 }, leaveTimeoutMs);
    }
  }

  const stream = Object.assign(
    new Duplex({
      read() {},
      write(chunk: Buffer, _encoding, done) {
        if (!greeted) {
          greeted = true;
          this.push(greeting());
          return done();
        }
        try {
          const { batches, terminated } = readBatches(chunk);
          for (const batch of batches) turn = turn.then(() => runBatch(batch));
          turn.then(() => {
            if (terminated) this.destroy();
            done();
          }, done);
        } catch (error) {
          done(error as Error);
        }
      },
      destroy(error, done) {
        turn
          .then(leave)
          .catch(() => undefined)
          .finally(setLeft);
        done(error);
      },
    }),
    {
      timeoutMs,
      readsOnly: false,
      refusesWrites: false,
      connect() {
        waitFor
          .then(() => engine.ready())
          .then(
            () => stream.emit('connect'),
            (error) => stream.destroy(error),
          );
      },
      setNoDelay() {},
      setKeepAlive() {},
      ref() {},
      unref() {},
    },
  );
  return { stream, left };
}

function errorOf(outcome: Extract<BatchOutcome, { kind: 'fault' }>): Buffer {
  const { fault, detail } = outcome;
  switch (fault) {
    case 'timeout':
      return fatalError('57014', `canceling statement due to statement timeout (${detail})`);
    case 'stack':
      return fatalError('54001', 'stack depth limit exceeded');
    case 'copy':
      return fatalError('0A000', 'COPY is not possible on the embedded database');
    case 'crash':
      return fatalError('57P01', `the embedded database was restarted (${detail})`);
    case 'broken':
    case 'no-end':
    case 'no-ready':
    case 'cut':
      return fatalError('57P02', `the embedded database broke down and was restarted (${fault}: ${detail})`);
  }
}
