import { describe, expect, it } from 'vitest';
import { BusyError } from '../../server/errors.ts';
import { createGate } from '../../server/http/gate.ts';

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

describe('a gate', () => {
  it('runs no more at once than it may, and the rest in turn', async () => {
    const gate = createGate({ running: 2, waiting: 10, waitMs: 1_000 });
    const started: number[] = [];
    const ends = Array.from({ length: 4 }, deferred);
    const all = ends.map((end, index) =>
      gate.run(async () => {
        started.push(index);
        await end.promise;
      }),
    );
    await Promise.resolve();
    expect(started).toEqual([0, 1]);
    ends[1]?.resolve();
    await all[1];
    expect(started).toEqual([0, 1, 2]);
    for (const end of ends) end.resolve();
    await Promise.all(all);
    expect(started).toEqual([0, 1, 2, 3]);
  });

  it('refuses at once what does not fit the queue, and later what waited too long', async () => {
    const gate = createGate({ running: 1, waiting: 1, waitMs: 20 });
    const end = deferred();
    const first = gate.run(() => end.promise);
    const second = gate.run(async () => 'ran');
    await expect(gate.run(async () => 'third')).rejects.toBeInstanceOf(BusyError);
    await expect(second).rejects.toBeInstanceOf(BusyError);
    end.resolve();
    await first;
    expect(await gate.run(async () => 'free again')).toBe('free again');
  });

  it('is free again after a failure', async () => {
    const gate = createGate({ running: 1, waiting: 0, waitMs: 20 });
    await expect(gate.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await gate.run(async () => 'yes')).toBe('yes');
  });
});
