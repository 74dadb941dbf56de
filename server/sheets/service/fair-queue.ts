/** Turns at work that only a few may do at once: who waits for one thing goes before who waits for a second. */
import { BusyError, RateLimitedError } from '../../errors.ts';

export type QueueBounds = {
  /** At once. */
  running: number;
  waiting: number;
  /** Of one owner, running and waiting together. */
  ofOwner: number;
};

export type Turn = {
  /** Resolves when the turn has come; rejects with `signal.reason` when aborted before. */
  readonly begun: Promise<void>;
  /** How many stand before it, those that run included; 0 from its beginning on. */
  position(): number;
  /** Ends the turn, begun or not. */
  leave(): void;
};

export type FairQueue = {
  /** Throws RateLimitedError where the owner has too many already, BusyError where too many wait. */
  enter(owner: string, signal: AbortSignal): Turn;
};

/** `round`: which of its owner's it is, counted from what was being served when it came (start-time fair queueing). */
type Entry = { owner: string; round: number; begin(): void };

export function createFairQueue(bounds: QueueBounds): FairQueue {
  const running = new Set<Entry>();
  const waiting: Entry[] = [];

  /** Of the last that began. */
  let servedRound = 0;

  /** Those that wait, the first of each owner before the second of any. */
  function inOrder(): Entry[] {
    return waiting.toSorted((a, b) => a.round - b.round);
  }

  function roundOf(owner: string): number {
    const own = [...running, ...waiting].filter((entry) => entry.owner === owner);
    return Math.max(servedRound, ...own.map(({ round }) => round + 1));
  }

  function beginNext(): void {
    while (running.size < bounds.running) {
      const [next] = inOrder();
      if (next === undefined) return;
      waiting.splice(waiting.indexOf(next), 1);
      running.add(next);
      servedRound = Math.max(servedRound, next.round);
      next.begin();
    }
  }

  return {
    enter(owner, signal) {
      const own = [...running, ...waiting].filter((entry) => entry.owner === owner).length;
      if (own >= bounds.ofOwner) throw tooManyOfOne(bounds.ofOwner);
      if (waiting.length >= bounds.waiting) throw tooMany();
      signal.throwIfAborted();
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const entry: Entry = { owner, round: roundOf(owner), begin: resolve };
      const leave = (): void => {
        signal.removeEventListener('abort', onAbort);
        const at = waiting.indexOf(entry);
        if (at >= 0) waiting.splice(at, 1);
        if (running.delete(entry)) beginNext();
      };
      const onAbort = (): void => {
        // One that has begun is ended by who does its work.
        if (running.has(entry)) return;
        leave();
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      waiting.push(entry);
      beginNext();
      return {
        begun: promise,
        position() {
          const at = inOrder().indexOf(entry);
          return at < 0 ? 0 : running.size + at;
        },
        leave,
      };
    },
  };
}

function tooManyOfOne(most: number): RateLimitedError {
  return new RateLimitedError(
    {
      zh: `同时最多 ${most} 份出图任务,请等前面的完成,或取消其中一份。`,
      en: `At most ${most} sheets may be on order at once; wait for one, or cancel one.`,
    },
    { retryAfterSeconds: 5 },
  );
}

function tooMany(): BusyError {
  return new BusyError({
    zh: '正在出图的人太多,请稍后重试。',
    en: 'Too many sheets are being made; try again in a moment.',
  });
}
