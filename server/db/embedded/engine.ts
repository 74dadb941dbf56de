/**
 * Owns the worker thread of the embedded engine: starts it, hands it one batch at a time and applies the
 * fault rule. After a fault or a batch over its limit the worker is ended and started anew; what was
 * acknowledged stays, since the engine has it on the disk by then.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import { releaseReserve } from './disk-reserve.ts';
import type { BatchFault, WorkerInput, WorkerMessage, WorkerRequest } from './messages.ts';
import type { Batch } from './protocol.ts';
import { syncFolder } from './sync-folder.ts';

/** PostgreSQL allows 2 MB of its own stack; WebAssembly needs several times that of the thread's. */
const stackSizeMb = 32;
const closeTimeoutMs = 10_000;
/** After a start that failed. */
const retryAfterMs = 3_000;

export type BatchOutcome =
  | { kind: 'answer'; bytes: Uint8Array<ArrayBuffer> }
  | { kind: 'fault'; fault: BatchFault | 'timeout' | 'crash'; detail: string };

export type EmbeddedEngine = {
  /** Resolves when the engine takes batches; rejects when it cannot start. */
  ready(): Promise<void>;
  run(batch: Batch, timeoutMs: number): Promise<BatchOutcome>;
  close(): Promise<void>;
};

type Running = { worker: Worker; waiting: Map<number, (outcome: BatchOutcome) => void> };

/** The engine on the PostgreSQL data in `folder`, which it creates where there is none. */
export function startEngine(folder: string, log: Logger): EmbeddedEngine {
  let current: Promise<Running> | undefined;
  let nextId = 1;
  let closed = false;
  const retired = new WeakSet<Running>();

  function running(): Promise<Running> {
    if (closed) return Promise.reject(new Error('Connection terminated: the embedded database is closed'));
    current ??= start(Promise.resolve());
    return current;
  }

  /** Two workers on one folder would destroy it: the next one starts when the last one has `ended`. */
  function start(ended: Promise<unknown>): Promise<Running> {
    const started: Promise<Running> = ended.then(() => startWithReserve());
    const forget = () => {
      if (current === started) current = undefined;
    };
    started.then(
      ({ worker }) => worker.once('exit', forget),
      // Everyone who asks would start it once more, for seconds each.
      () => setTimeout(forget, retryAfterMs).unref(),
    );
    return started;
  }

  /** What most often keeps it from starting is a full disk. */
  async function startWithReserve(): Promise<Running> {
    try {
      return await startWorker(folder);
    } catch (error) {
      if (!releaseReserve(folder)) throw error;
      log.error(
        { err: error },
        'the embedded database did not start; tried again with the reserve of disk space',
      );
      return startWorker(folder);
    }
  }

  function restart(engine: Running, fault: string, detail: string): void {
    if (retired.has(engine)) return;
    retired.add(engine);
    log.error({ fault, detail }, 'the embedded database is restarted after a fault');
    current = start(engine.worker.terminate());
    current.catch((error) => log.fatal({ err: error }, 'the embedded database does not start again'));
  }

  return {
    ready: async () => void (await running()),
    async run(batch, timeoutMs) {
      const engine = await running();
      const outcome = await runInWorker(engine, nextId++, batch, timeoutMs);
      if (outcome.kind === 'fault' && outcome.fault !== 'crash' && !closed) {
        restart(engine, outcome.fault, outcome.detail);
      }
      return outcome;
    },
    async close() {
      closed = true;
      const engine = await current?.catch(() => undefined);
      if (engine !== undefined) await endGently(engine.worker);
    },
  };
}

function runInWorker(
  { worker, waiting }: Running,
  id: number,
  batch: Batch,
  timeoutMs: number,
): Promise<BatchOutcome> {
  return new Promise((resolve) => {
    const settle = (outcome: BatchOutcome) => {
      clearTimeout(timer);
      waiting.delete(id);
      resolve(outcome);
    };
    const timer = setTimeout(settle, timeoutMs, {
      kind: 'fault',
      fault: 'timeout',
      detail: `over ${timeoutMs} ms`,
    } satisfies BatchOutcome);
    waiting.set(id, settle);
    const request: WorkerRequest = { kind: 'batch', id, ...batch };
    worker.postMessage(request, [batch.bytes.buffer]);
  });
}

/** A worker that does not end by itself is ended: then the next start recovers from the log. */
async function endGently(worker: Worker): Promise<void> {
  const deadline = setTimeout(() => worker.terminate(), closeTimeoutMs);
  const ended = new Promise((resolve) => worker.once('exit', resolve));
  const request: WorkerRequest = { kind: 'close' };
  worker.postMessage(request);
  await ended;
  clearTimeout(deadline);
}

async function startWorker(folder: string): Promise<Running> {
  // Left empty by a power cut it would keep PostgreSQL from starting; who may use the folder is settled elsewhere.
  await rm(join(folder, 'postmaster.pid'), { force: true });
  // What the engine replays its log upon must not be in memory only.
  await syncFolder(folder);
  const workerData: WorkerInput = { folder };
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData,
    resourceLimits: { stackSizeMb },
  });
  const waiting: Running['waiting'] = new Map();
  return new Promise((resolve, reject) => {
    let reason = 'ended';
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'ready') return resolve({ worker, waiting });
      const { id, ...outcome } = message;
      waiting.get(id)?.(outcome);
    });
    worker.on('error', (error) => {
      reason = error instanceof Error ? error.message : String(error);
    });
    worker.on('exit', () => {
      reject(new Error(`the embedded database did not start: ${reason}`));
      for (const settle of waiting.values()) settle({ kind: 'fault', fault: 'crash', detail: reason });
    });
  });
}
