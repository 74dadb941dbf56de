import { describe, expect, it } from 'vitest';
import { BusyError, RateLimitedError } from '../../../server/errors.ts';
import { createFairQueue, type Turn } from '../../../server/sheets/service/fair-queue.ts';

const never = new AbortController().signal;
const bounds = { running: 1, waiting: 4, ofOwner: 3 };

/** Names of turns in the order in which they began. */
function recorder() {
  const begun: string[] = [];
  return {
    begun,
    record(name: string, turn: Turn): Turn {
      turn.begun.then(() => begun.push(name)).catch(() => undefined);
      return turn;
    },
  };
}
const soon = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('the queue of sheets', () => {
  it('lets somebody with one sheet go before the second sheet of another', async () => {
    const queue = createFairQueue(bounds);
    const { begun, record } = recorder();
    const first = record('a1', queue.enter('a', never));
    const second = record('a2', queue.enter('a', never));
    const other = record('b1', queue.enter('b', never));
    expect([first, second, other].map((turn) => turn.position())).toEqual([0, 2, 1]);
    first.leave();
    other.leave();
    await soon();
    expect(begun).toEqual(['a1', 'b1', 'a2']);
    expect(second.position()).toBe(0);
  });

  it('lets those who came first go first where each has one', async () => {
    const queue = createFairQueue(bounds);
    const { begun, record } = recorder();
    const turns = ['a', 'b', 'c'].map((owner) => record(owner, queue.enter(owner, never)));
    for (const turn of turns) turn.leave();
    await soon();
    expect(begun).toEqual(['a', 'b', 'c']);
  });

  it('refuses more than one may have, and more than may wait', () => {
    const queue = createFairQueue(bounds);
    for (let count = 0; count < 3; count += 1) queue.enter('a', never);
    expect(() => queue.enter('a', never)).toThrow(RateLimitedError);
    queue.enter('b', never);
    queue.enter('c', never);
    expect(() => queue.enter('d', never)).toThrow(BusyError);
  });

  it('forgets whoever leaves while waiting', async () => {
    const queue = createFairQueue(bounds);
    const running = queue.enter('a', never);
    const abort = new AbortController();
    const gone = queue.enter('b', abort.signal);
    const next = queue.enter('c', never);
    expect(next.position()).toBe(2);
    abort.abort(new Error('left'));
    await expect(gone.begun).rejects.toThrow('left');
    expect(next.position()).toBe(1);
    running.leave();
    await next.begun;
  });
});
