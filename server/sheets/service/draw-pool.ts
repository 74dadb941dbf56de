/**
 * A bounded number of drawing threads, kept warm: tasks are drawn first come, first served, each bounded in time; a thread that
 * ends or hangs is replaced, and costs only what it was drawing. Knows nothing of orders, accounts or the database.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { BusyError, type LantuError, TooLargeError, UnprocessableError } from '../../errors.ts';
import type { DrawAnswer, Drawn, DrawTask } from './draw-protocol.ts';

export type DrawDocument = {
  /** Draws a task of this document: its `document` is set here. */
  add(task: Extract<DrawTask, { kind: 'page' | 'index' }>, signal: AbortSignal): Promise<Drawn>;
  /** Completes the file. */
  end(signal: AbortSignal): Promise<void>;
  /** Gives the file up, if it was not completed. Never rejects. */
  drop(): Promise<void>;
};

export type DrawPool = {
  /** Throws UnprocessableError where drawing fails or takes too long, `signal.reason` when aborted: the thread is at rest then. */
  draw(task: Extract<DrawTask, { kind: 'sheet' | 'indexSheet' }>, signal: AbortSignal): Promise<Drawn>;
  open(
    document: Omit<Extract<DrawTask, { kind: 'open' }>, 'kind' | 'document'>,
    signal: AbortSignal,
  ): Promise<DrawDocument>;
  /** Starts a thread where there is none, so that it has read its fonts when the first task comes. */
  warmUp(): void;
  close(): Promise<void>;
};

export type PoolBounds = {
  threads: number;
  /** Of one page; of a large picture five times as long. */
  timeoutMs: number;
  /** How long a thread whose task nobody wants any more may take to end it by itself. */
  graceMs: number;
  /** Threads that had nothing to do for so long give their memory back. */
  idleMs: number;
  /** Pixels from which on one picture is drawn at a time. */
  largePixels: number;
  maxOldGenerationSizeMb: number;
};

export const usualPoolBounds: PoolBounds = {
  threads: Math.min(2, Math.max(1, availableParallelism() - 1)),
  timeoutMs: 120_000,
  graceMs: 300,
  idleMs: 10 * 60_000,
  largePixels: 40_000_000,
  maxOldGenerationSizeMb: 768,
};

const maxYoungGenerationSizeMb = 32;

type Thread = {
  worker: Worker;
  /** What it is drawing. */
  current: Piece | null;
  documents: number;
  gone: Error | null;
  idleSince: number;
};
type Piece = {
  task: DrawTask;
  /** Null: any. */
  thread: Thread | null;
  signal: AbortSignal | null;
  isLarge: boolean;
  settle(outcome: { drawn: Drawn } | { error: unknown }): void;
};

/** `module`: the code of the threads, which answers each DrawTask with a DrawAnswer. */
export function createDrawPool(module: URL, bounds: PoolBounds = usualPoolBounds): DrawPool {
  const threads: Thread[] = [];
  const waiting: Piece[] = [];
  let isClosed = false;
  let documentCount = 0;

  function startThread(): Thread {
    const worker = new Worker(module, {
      resourceLimits: { maxOldGenerationSizeMb: bounds.maxOldGenerationSizeMb, maxYoungGenerationSizeMb },
    });
    const thread: Thread = { worker, current: null, documents: 0, gone: null, idleSince: Date.now() };
    worker.on('message', (answer: DrawAnswer) => finish(thread, outcomeOf(answer)));
    worker.once('error', (error) => lose(thread, ended(error)));
    worker.once('exit', () => lose(thread, ended(null)));
    // A thread without work keeps no process from ending.
    worker.unref();
    threads.push(thread);
    return thread;
  }

  function lose(thread: Thread, error: Error): void {
    if (thread.gone !== null) return;
    thread.gone = error;
    threads.splice(threads.indexOf(thread), 1);
    void thread.worker.terminate();
    finish(thread, { error });
    for (const piece of waiting.filter((each) => each.thread === thread)) {
      remove(piece);
      piece.settle({ error });
    }
    pump();
  }

  function finish(thread: Thread, outcome: { drawn: Drawn } | { error: unknown }): void {
    const piece = thread.current;
    thread.current = null;
    thread.idleSince = Date.now();
    thread.worker.unref();
    piece?.settle(outcome);
    pump();
  }

  function remove(piece: Piece): void {
    const at = waiting.indexOf(piece);
    if (at >= 0) waiting.splice(at, 1);
  }

  /** Idle, or a new one where there may be one more. */
  function freeThread(): Thread | undefined {
    const idle = threads.find(({ current }) => current === null);
    return idle ?? (threads.length < bounds.threads ? startThread() : undefined);
  }

  function pump(): void {
    if (isClosed) return;
    let isLargeRunning = threads.some(({ current }) => current?.isLarge === true);
    for (const piece of [...waiting]) {
      if (piece.isLarge && isLargeRunning) continue;
      const thread = piece.thread ?? freeThread();
      if (thread === undefined || thread.current !== null) continue;
      isLargeRunning ||= piece.isLarge;
      remove(piece);
      begin(thread, piece);
    }
  }

  function begin(thread: Thread, piece: Piece): void {
    const timeoutMs = bounds.timeoutMs * (piece.isLarge ? 5 : 1);
    const clock = setTimeout(() => lose(thread, tooSlow(timeoutMs)), timeoutMs);
    let grace: NodeJS.Timeout | undefined;
    const onAbort = (): void => {
      grace = setTimeout(() => lose(thread, piece.signal?.reason as Error), bounds.graceMs);
    };
    piece.signal?.addEventListener('abort', onAbort, { once: true });
    const { settle } = piece;
    thread.current = {
      ...piece,
      settle(outcome) {
        clearTimeout(clock);
        clearTimeout(grace);
        piece.signal?.removeEventListener('abort', onAbort);
        settle(piece.signal?.aborted === true ? { error: piece.signal.reason } : outcome);
      },
    };
    thread.worker.ref();
    thread.worker.postMessage(piece.task);
  }

  function run(task: DrawTask, thread: Thread | null, signal: AbortSignal | null): Promise<Drawn> {
    return new Promise((resolve, reject) => {
      if (isClosed) return reject(closing());
      if (signal?.aborted) return reject(signal.reason as Error);
      if (thread?.gone) return reject(thread.gone);
      const leave = (): void => {
        if (!waiting.includes(piece)) return;
        remove(piece);
        reject(signal?.reason as Error);
      };
      const piece: Piece = {
        task,
        thread,
        signal,
        isLarge: pixelsOf(task) > bounds.largePixels,
        settle(outcome) {
          signal?.removeEventListener('abort', leave);
          if ('drawn' in outcome) resolve(outcome.drawn);
          else reject(outcome.error as Error);
        },
      };
      signal?.addEventListener('abort', leave, { once: true });
      waiting.push(piece);
      pump();
    });
  }

  const idleLook = setInterval(
    () => {
      for (const thread of [...threads]) {
        const isIdle = thread.current === null && thread.documents === 0;
        if (isIdle && Date.now() - thread.idleSince > bounds.idleMs) lose(thread, closing());
      }
    },
    Math.min(bounds.idleMs, 60_000),
  ).unref();

  return {
    draw: (task, signal) => run(task, null, signal),
    async open(settings, signal) {
      documentCount += 1;
      const document = documentCount;
      const thread =
        freeThread() ?? threads.reduce((least, each) => (each.documents < least.documents ? each : least));
      thread.documents += 1;
      let isOpen = true;
      const leave = (): void => {
        if (isOpen) thread.documents -= 1;
        isOpen = false;
      };
      const drop = async (): Promise<void> => {
        if (!isOpen) return;
        leave();
        await run({ kind: 'drop', document }, thread, null).catch(() => undefined);
      };
      try {
        await run({ kind: 'open', document, ...settings }, thread, signal);
      } catch (error) {
        await drop();
        throw error;
      }
      return {
        add: (task, its) => run({ ...task, document }, thread, its),
        async end(its) {
          await run({ kind: 'end', document }, thread, its);
          leave();
        },
        drop,
      };
    },
    warmUp() {
      if (!isClosed && threads.length === 0) startThread();
    },
    async close() {
      isClosed = true;
      clearInterval(idleLook);
      const ending = threads.map(({ worker }) => worker.terminate());
      for (const thread of [...threads]) lose(thread, closing());
      for (const piece of waiting.splice(0)) piece.settle({ error: closing() });
      await Promise.all(ending);
    },
  };
}

/** Of what is drawn as a picture; 0 for vectors. */
function pixelsOf(task: DrawTask): number {
  if (task.kind !== 'sheet' || task.format !== 'png') return 0;
  const { widthMm, heightMm } = task.content.plan;
  return ((widthMm * heightMm) / 25.4 ** 2) * task.dpi ** 2;
}

function outcomeOf(answer: DrawAnswer): { drawn: Drawn } | { error: unknown } {
  if (answer.kind === 'drawn') return { drawn: answer.drawn };
  if (answer.kind === 'refused') return { error: refusal(answer) };
  // No LantuError: it is a fault of ours, answered and logged as one.
  return { error: new Error(`drawing failed: ${answer.message}`) };
}

function refusal({ code, text, field }: Extract<DrawAnswer, { kind: 'refused' }>): LantuError {
  const options = field === undefined ? {} : { field };
  return code === 'too-large' ? new TooLargeError(text, options) : new UnprocessableError(text, options);
}

function tooSlow(timeoutMs: number): UnprocessableError {
  const seconds = timeoutMs / 1000;
  return new UnprocessableError({
    zh: `绘制超过 ${seconds} 秒,已停止。请减少图层、缩小图幅或降低分辨率。`,
    en: `Drawing took more than ${seconds} s and was stopped; use fewer layers, a smaller paper or fewer dpi.`,
  });
}

function ended(error: Error | null): UnprocessableError {
  return new UnprocessableError(
    {
      zh: '绘图程序意外结束,可能是内存不足。请减少图层、缩小图幅或降低分辨率后重试。',
      en: 'The drawing thread ended, perhaps for want of memory; use fewer layers, a smaller paper or fewer dpi and try again.',
    },
    { cause: error },
  );
}

function closing(): BusyError {
  return new BusyError({ zh: '服务正在停止。', en: 'The service is stopping.' });
}
