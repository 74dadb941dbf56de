/** A few pieces of work at a time, in order of their start; the first error ends the row of them. */

export type WorkLanes = {
  /** Starts `work` as soon as a lane is free. Throws what an earlier piece threw. */
  start(work: () => Promise<void>): Promise<void>;
  /** Waits for all that runs. Throws what one of them threw. */
  settle(): Promise<void>;
};

export function createLanes(count: number): WorkLanes {
  const running = new Set<Promise<void>>();
  let failure: { error: unknown } | undefined;
  const throwFailure = (): void => {
    if (failure !== undefined) throw failure.error;
  };
  return {
    async start(work) {
      while (running.size >= count) await Promise.race(running);
      throwFailure();
      const piece: Promise<void> = work()
        .catch((error: unknown) => {
          failure ??= { error };
        })
        .finally(() => running.delete(piece));
      running.add(piece);
    },
    async settle() {
      await Promise.all(running);
      throwFailure();
    },
  };
}
