/**
 * Owns the worker thread of the embedded engine: starts it, hands it one batch at a time and applies the
 * fault rule. After a fault or a batch over its limit the worker is ended and started anew; what was
 * acknowledged stays, since the engine has written it by then.
 */
import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import type { BatchFault, BatchRequest, WorkerInput, WorkerMessage } from './messages.ts';
import type { Batch } from './protocol.ts';

/** PostgreSQL allows 2 MB of its own stack; WebAssembly needs several times that of the thread's. */
const stackSizeMb = 32;

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

  function running(): Promise<Running> {
    if (closed) return Promise.reject(new Error('Connection terminated: the embedded database is closed'));
    current ??= startWorker(folder, () => {
      current = undefined;
    });
    return current;
  }

  async function restart({ worker, waiting }: Running, reason: string, detail: string): Promise<void> {
    log.error({ reason, detail }, 'the embedded database is restarted after a fault');
    current = undefined;
    const lost: BatchOutcome = { kind: 'fault', fault: 'crash', detail: 'restarted' };
    await worker.terminate();
    for (const resolve of waiting.values()) resolve(lost);
    running().catch((error) => log.fatal({ err: error }, 'the embedded database does not start again'));
  }

  return {
    ready: async () => void (await running()),
    async run(batch, timeoutMs) {
      const engine = await running();
      const request: BatchRequest = { id: nextId++, ...batch };
      const outcome = await new Promise<BatchOutcome>((resolve) => {
        const timer = setTimeout(() => {
          resolve({ kind: 'fault', fault: 'timeout', detail: `over ${timeoutMs} ms` });
        }, timeoutMs);
        engine.waiting.set(request.id, (answer) => {
          clearTimeout(timer);
          resolve(answer);
        });
        engine.worker.postMessage(request, [request.bytes.buffer]);
      });
      engine.waiting.delete(request.id);
      if (outcome.kind === 'fault' && outcome.fault !== 'crash') {
        await restart(engine, outcome.fault, outcome.detail);
      }
      return outcome;
    },
    async close() {
      closed = true;
      const engine = await current?.catch(() => undefined);
      await engine?.worker.terminate();
    },
  };
}

function startWorker(folder: string, onExit: () => void): Promise<Running> {
  const workerData: WorkerInput = { folder };
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData,
    resourceLimits: { stackSizeMb },
  });
  const waiting: Running['waiting'] = new Map();
  return new Promise((resolve, reject) => {
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'ready') return resolve({ worker, waiting });
      const { id, ...outcome } = message;
      waiting.get(id)?.(outcome);
    });
    worker.on('error', reject);
    worker.on('exit', () => {
      onExit();
      reject(new Error('the embedded database ended while starting'));
      for (const answer of waiting.values()) answer({ kind: 'fault', fault: 'crash', detail: 'ended' });
    });
  });
}
