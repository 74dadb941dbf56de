import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { emptyLinkedState, useAppState } from '../../../client/state/app-state.ts';
import { startUrlSync } from '../../../client/state/url.ts';

/** A window with an address and a history, and nothing else. */
function fakeWindow(address: string) {
  const entries = [new URL(address)];
  let position = 0;
  const listeners = new Map<string, () => void>();
  const present = () => entries[position] as URL;
  return {
    entries,
    address: () => present().pathname + present().search + present().hash,
    back() {
      position -= 1;
      listeners.get('popstate')?.();
    },
    window: {
      get location() {
        return present();
      },
      history: {
        pushState: (_state: unknown, _title: string, next: string) => {
          entries.splice(position + 1, entries.length, new URL(next, present()));
          position += 1;
        },
        replaceState: (_state: unknown, _title: string, next: string) => {
          entries[position] = new URL(next, present());
        },
      },
      addEventListener: (type: string, listener: () => void) => listeners.set(type, listener),
      removeEventListener: (type: string) => listeners.delete(type),
    },
  };
}

let stop: () => void;
let page: ReturnType<typeof fakeWindow>;
function open(address: string): void {
  page = fakeWindow(address);
  vi.stubGlobal('window', page.window);
  stop = startUrlSync();
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  stop();
  useAppState.getState().restore(emptyLinkedState);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the address of the page', () => {
  it('is restored at the start', () => {
    open('http://h/lantu/?tab=data&off=rivers&view=115,26,9');
    expect(useAppState.getState()).toMatchObject({
      tab: 'data',
      visible: { rivers: false },
      view: { center: [115, 26], zoom: 9 },
    });
  });

  it('follows the state after a moment, keeping path and hash and adding no step to the history', () => {
    open('http://h/lantu/#top');
    useAppState.getState().setOpacity('rivers', 0.5);
    useAppState.getState().setVisible('rivers', false);
    expect(page.address()).toBe('/lantu/#top');
    vi.advanceTimersByTime(300);
    expect(page.address()).toBe('/lantu/?off=rivers&opacity=rivers:0.5#top');
    expect(page.entries).toHaveLength(1);
  });

  it('is written at most once in a moment however often the map moves', () => {
    open('http://h/');
    const replace = vi.spyOn(page.window.history, 'replaceState');
    for (let step = 0; step < 50; step += 1) {
      useAppState.getState().setView({ center: [115 + step / 100, 26], zoom: 9 }, 1);
      vi.advanceTimersByTime(10);
    }
    vi.advanceTimersByTime(300);
    expect(replace.mock.calls.length).toBeLessThanOrEqual(3);
    expect(page.address()).toBe('/?view=115.49,26,9');
  });

  it('leaves what no link carries alone', () => {
    open('http://h/');
    const replace = vi.spyOn(page.window.history, 'replaceState');
    useAppState.getState().setPointer([115, 26]);
    vi.advanceTimersByTime(300);
    expect(replace).not.toHaveBeenCalled();
  });

  it('takes opening an import for a step, and its job, once there is one, for the same step', () => {
    open('http://h/?tab=data');
    useAppState.getState().setImportJob('new');
    expect(page.address()).toBe('/?tab=data&import=new');
    useAppState.getState().setImportJob('a1B2');
    vi.advanceTimersByTime(300);
    expect(page.address()).toBe('/?tab=data&import=a1B2');
    expect(page.entries).toHaveLength(2);
    page.back();
    expect(useAppState.getState()).toMatchObject({ tab: 'data', importJob: null });
  });

  it('goes back to the tab before', () => {
    open('http://h/?county=360732');
    useAppState.getState().setTab('data');
    expect(page.address()).toBe('/?tab=data&county=360732');
    page.back();
    expect(useAppState.getState()).toMatchObject({ tab: 'map', county: '360732' });
    vi.advanceTimersByTime(300);
    expect(page.entries).toHaveLength(2);
    expect(page.address()).toBe('/?county=360732');
  });
});
