/** A bound on how much of one class of work runs at once, with a short queue before it. */
import { BusyError } from '../errors.ts';

export type Gate = { run<T>(work: () => Promise<T>): Promise<T> };

/** Runs up to `running` at once and lets `waiting` more wait; throws BusyError beyond that or after `waitMs`. */
export function createGate(limits: { running: number; waiting: number; waitMs: number }): Gate {
  let running = 0;
  const queue = new Set<() => void>();

  function enter(): Promise<void> {
    if (running < limits.running) {
      running += 1;
      return Promise.resolve();
    }
    if (queue.size >= limits.waiting) return Promise.reject(busy());
    return new Promise((resolve, reject) => {
      const start = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        queue.delete(start);
        reject(busy());
      }, limits.waitMs);
      queue.add(start);
    });
  }

  function leave(): void {
    const [first] = queue;
    if (first === undefined) {
      running -= 1;
      return;
    }
    queue.delete(first);
    first();
  }

  return {
    async run(work) {
      await enter();
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}

function busy(): BusyError {
  return new BusyError({
    zh: '同时的请求过多,请稍后重试。',
    en: 'Too many requests at once; try again in a moment.',
  });
}
