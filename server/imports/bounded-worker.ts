/**
 * Runs work on file bytes in a thread of its own, bounded in time, heap and what it writes, and ends the thread when
 * nobody waits any more: a file that hangs or eats memory does no harm to the service.
 */
import { stat } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import { BadRequestError, type LantuError, TooLargeError, UnprocessableError } from '../errors.ts';

export type WorkerBounds = {
  timeoutMs: number;
  /** Of what JavaScript holds. */
  maxOldGenerationSizeMb: number;
  /** A file the thread writes, ended when it grows beyond this. */
  output?: { path: string; maxBytes: number };
};

/** What a thread says at its end; errors travel as plain data, since a thread cannot pass on their class. */
export type WorkerAnswer<Value> =
  | { kind: 'done'; value: Value }
  | { kind: 'refused'; code: string; text: Bilingual; field: string | undefined };

const outputLookMs = 250;
/** Small, so that rows gone by are given back soon: several threads share the memory of a desk. */
const maxYoungGenerationSizeMb = 16;

function newWorker(
  module: URL,
  { workerData, bounds }: { workerData: unknown; bounds: Pick<WorkerBounds, 'maxOldGenerationSizeMb'> },
): Worker {
  const { maxOldGenerationSizeMb } = bounds;
  return new Worker(module, {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb, maxYoungGenerationSizeMb },
    stdout: true,
    stderr: true,
  });
}

type WarmThread = { worker: Worker; maxOldGenerationSizeMb: number };
const warmThreads = new Map<string, WarmThread>();

/**
 * Starts a thread of each module, which loads its code and waits for its task (taskOf in worker-answer.ts): the next work on
 * that module takes it. A thread that nobody takes keeps no process from ending.
 */
export function warmUp(modules: readonly URL[], { maxOldGenerationSizeMb }: WorkerBounds): void {
  for (const module of modules) {
    const worker = newWorker(module, { workerData: null, bounds: { maxOldGenerationSizeMb } });
    const forget = (): void => {
      if (warmThreads.get(module.href)?.worker === worker) warmThreads.delete(module.href);
    };
    // Whoever comes then starts a thread of its own and hears of the reason there.
    worker.once('error', forget).once('exit', forget);
    worker.unref();
    warmThreads.set(module.href, { worker, maxOldGenerationSizeMb });
  }
}

function takeWarm(module: URL, task: unknown, bounds: WorkerBounds): Worker | undefined {
  const warm = warmThreads.get(module.href);
  if (warm === undefined || warm.maxOldGenerationSizeMb !== bounds.maxOldGenerationSizeMb) return undefined;
  warmThreads.delete(module.href);
  warm.worker.ref();
  warm.worker.postMessage(task);
  return warm.worker;
}

export type BoundedThread = {
  worker: Worker;
  /** Rejects when the thread ends early, is too slow or writes too much, or when aborted. */
  failed: Promise<never>;
  /** Gives the thread its whole time again. */
  restartClock(): void;
  end(): Promise<unknown>;
};

export function startBounded(
  module: URL,
  workerData: unknown,
  bounds: WorkerBounds,
  signal: AbortSignal,
): BoundedThread {
  signal.throwIfAborted();
  const worker = takeWarm(module, workerData, bounds) ?? newWorker(module, { workerData, bounds });
  let clock: NodeJS.Timeout | undefined;
  let lookout: NodeJS.Timeout | undefined;
  let restartClock = (): void => {};
  let onAbort = (): void => {};
  const failed = new Promise<never>((_resolve, reject) => {
    restartClock = () => {
      clearTimeout(clock);
      clock = setTimeout(() => reject(tooSlow(bounds.timeoutMs)), bounds.timeoutMs);
    };
    restartClock();
    const { output } = bounds;
    if (output !== undefined) {
      const look = (): void =>
        void stat(output.path).then(
          ({ size }) => size > output.maxBytes && reject(tooMuch(output.maxBytes)),
          () => {},
        );
      lookout = setInterval(look, outputLookMs);
    }
    onAbort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
    worker.once('error', (error) => reject(ended(error.message)));
    worker.once('exit', (code) => reject(ended(`exit ${code}`)));
  });
  // Whoever waits for the answer hears of it; nobody else has to.
  failed.catch(() => {});
  const end = (): Promise<unknown> => {
    clearTimeout(clock);
    clearInterval(lookout);
    signal.removeEventListener('abort', onAbort);
    return worker.terminate();
  };
  return { worker, failed, restartClock, end };
}

/** The one answer of the thread. Throws what it refused, a LantuError beyond the bounds, `signal.reason` when aborted. */
export async function runBounded<Value>(
  module: URL,
  workerData: unknown,
  bounds: WorkerBounds,
  signal: AbortSignal,
): Promise<Value> {
  const { worker, failed, end } = startBounded(module, workerData, bounds, signal);
  const answered = new Promise<WorkerAnswer<Value>>((resolve) => worker.once('message', resolve));
  try {
    const answer = await Promise.race([answered, failed]);
    if (answer.kind === 'refused') throw asError(answer);
    return answer.value;
  } finally {
    await end();
  }
}

/** The error a thread passed on as data. */
export function asError({
  code,
  text,
  field,
}: Extract<WorkerAnswer<never>, { kind: 'refused' }>): LantuError {
  const options = field === undefined ? {} : { field };
  if (code === 'too-large') return new TooLargeError(text, options);
  if (code === 'bad-request') return new BadRequestError(text, options);
  return new UnprocessableError(text, options);
}

function tooSlow(timeoutMs: number): UnprocessableError {
  return new UnprocessableError({
    zh: `读取文件超过 ${timeoutMs / 1000} 秒,已停止。请检查文件是否损坏,或分批导入。`,
    en: `Reading the file took more than ${timeoutMs / 1000} s and was stopped; check that it is whole, or import it in parts.`,
  });
}

function tooMuch(maxBytes: number): TooLargeError {
  const megabytes = Math.round(maxBytes / 2 ** 20);
  return new TooLargeError({
    zh: `文件读出的内容超过 ${megabytes} MB,已停止。请检查文件是否损坏,或分批导入。`,
    en: `What the file holds exceeds ${megabytes} MB and reading was stopped; check that it is whole, or import it in parts.`,
  });
}

function ended(words: string): UnprocessableError {
  return new UnprocessableError({
    zh: `文件无法读取,可能损坏或过大(读取程序:${words})。请重新导出或拷贝后再试,或分批导入。`,
    en: `The file cannot be read; it may be damaged or too large (the reader: ${words}). Export or copy it again, or import it in parts.`,
  });
}
