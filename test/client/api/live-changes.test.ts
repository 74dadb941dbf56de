import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { atMostEvery } from '../../../client/api/at-most-every.ts';
import { isAtRevisions } from '../../../client/api/follow-data.ts';
import { followChanges, type Source } from '../../../client/api/live-changes.ts';
import type { CatalogueResponse } from '../../../geodata/contract/catalogue.ts';

/** A stream that says what the test has it say. */
class FakeSource {
  readonly listeners = new Map<string, (event: MessageEvent) => void>();
  readyState = 1;
  onerror: EventSource['onerror'] = null;
  readonly after: string | null;
  constructor(after: string | null) {
    this.after = after;
  }
  addEventListener(name: string, listener: (event: MessageEvent) => void): void {
    this.listeners.set(name, listener);
  }
  close(): void {
    this.readyState = 2;
  }
  say(name: string, lastEventId = '', data: unknown = {}): void {
    this.listeners.get(name)?.({ lastEventId, data: JSON.stringify(data) } as MessageEvent);
  }
  fail(readyState: number): void {
    this.readyState = readyState;
    this.onerror?.call(this as unknown as EventSource, {} as Event);
  }
}

describe('following changes', () => {
  const opened: FakeSource[] = [];
  const changed = vi.fn();
  const live: boolean[] = [];
  let shown = { rivers: '3' };
  const follow = () =>
    followChanges({
      open(after) {
        const source = new FakeSource(after);
        opened.push(source);
        return source as unknown as Source;
      },
      place: { id: null },
      isShown: (layers) => layers.rivers === shown.rivers,
      changed,
      setLive: (value) => live.push(value),
    });
  const last = () => opened.at(-1) as FakeSource;
  beforeEach(() => {
    vi.useFakeTimers();
    opened.length = 0;
    live.length = 0;
    changed.mockClear();
    shown = { rivers: '3' };
  });
  afterEach(() => vi.useRealTimers());

  it('is live once greeted, and asks again for what changes', () => {
    const stop = follow();
    last().say('hello', 'p1', { layers: { rivers: '3' } });
    expect(live).toEqual([true]);
    expect(changed).not.toHaveBeenCalled();
    last().say('change', 'p2');
    expect(changed).toHaveBeenCalledTimes(1);
    stop();
    expect(live.at(-1)).toBe(false);
  });

  it('asks again at once where something changed before it listened', () => {
    follow();
    last().say('hello', 'p1', { layers: { rivers: '4' } });
    expect(changed).toHaveBeenCalledTimes(1);
  });

  it('falls back where no sign of life comes in 40 s, and goes on from its place later', () => {
    follow();
    last().say('hello', 'p1', { layers: shown });
    last().say('change', 'p2');
    vi.advanceTimersByTime(39_000);
    last().say('beat');
    vi.advanceTimersByTime(39_000);
    expect(live.at(-1)).toBe(true);
    vi.advanceTimersByTime(2_000);
    expect(live.at(-1)).toBe(false);
    expect(last().readyState).toBe(2);
    vi.advanceTimersByTime(30_000);
    expect(opened).toHaveLength(2);
    expect(last().after).toBe('p2');
  });

  it('falls back where the stream is refused, and waits for the browser where it was only cut', () => {
    follow();
    last().say('hello', 'p1', { layers: shown });
    last().fail(0);
    expect(live.at(-1)).toBe(true);
    last().fail(2);
    expect(live.at(-1)).toBe(false);
  });

  it('begins anew for another reader', () => {
    follow();
    last().say('hello', 'p1', { layers: shown });
    last().say('end');
    vi.advanceTimersByTime(1);
    expect(opened).toHaveLength(2);
    expect(last().after).toBeNull();
  });
});

describe('what is called too often', () => {
  it('runs at once, then once for all calls meanwhile', () => {
    vi.useFakeTimers();
    const run = vi.fn();
    const held = atMostEvery(4_000, run);
    for (let n = 0; n < 5; n += 1) held();
    expect(run).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(4_000);
    expect(run).toHaveBeenCalledTimes(2);
    vi.advanceTimersByTime(20_000);
    expect(run).toHaveBeenCalledTimes(2);
    vi.useRealTimers();
  });
});

describe('a catalogue at revisions', () => {
  const catalogue = {
    layers: [
      { definition: { id: 'rivers' }, revision: '3', mayRead: true },
      { definition: { id: 'mine_sites' }, revision: '0', mayRead: false },
    ],
  } as CatalogueResponse;
  it('is the same where every readable layer is', () => {
    expect(isAtRevisions(catalogue, { rivers: '3' })).toBe(true);
    expect(isAtRevisions(catalogue, { rivers: '4' })).toBe(false);
    expect(isAtRevisions(catalogue, { rivers: '3', mine_sites: '9' })).toBe(false);
    expect(isAtRevisions(undefined, { rivers: '3' })).toBe(false);
  });
});
