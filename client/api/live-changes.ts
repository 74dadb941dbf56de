/**
 * The stream of changes of this browser: tells at once that something has changed, catches up after a break, and says
 * whether it lives, so that others ask now and then where it does not. Knows neither React nor what is asked for again.
 */
import { beatEveryMs, helloSchema } from '../../geodata/contract/events.ts';

/** As much of EventSource as is needed; a test brings its own. */
export type Source = Pick<EventSource, 'addEventListener' | 'close' | 'readyState'> & {
  onerror: EventSource['onerror'];
};

export type LiveOptions = {
  /** Opens the stream at `after`, the place to go on from; null at first. */
  open: (after: string | null) => Source;
  /** Where the last stream of this reader was left; kept by the caller, moved on here. */
  place: { id: string | null };
  /** Whether what is shown was read at these revisions by layer. */
  isShown: (layers: Readonly<Record<string, string>>) => boolean;
  /** Something has changed, or may have while nobody listened. */
  changed: () => void;
  /** Whether changes are told as they happen. */
  setLive: (live: boolean) => void;
};

/** Longer than two signs of life and less than three: a proxy that keeps them back is not waited for. */
const silenceMs = beatEveryMs * 2 + 10_000;
const tryAgainMs = 30_000;
const closed = 2;

/** Listens until the returned function is called. */
export function followChanges({ open, place, isShown, changed, setLive }: LiveOptions): () => void {
  let source: Source | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;

  function stop(): void {
    clearTimeout(silence);
    clearTimeout(again);
    source?.close();
    source = undefined;
  }

  function giveUp(retryMs: number): void {
    stop();
    setLive(false);
    again = setTimeout(start, retryMs);
  }

  function heard(): void {
    clearTimeout(silence);
    silence = setTimeout(() => giveUp(tryAgainMs), silenceMs);
  }

  function start(): void {
    const mine = open(place.id);
    source = mine;
    heard();
    const on = (name: string, take: (data: string) => void): void =>
      mine.addEventListener(name, (event) => {
        if (source !== mine) return;
        heard();
        const { lastEventId, data } = event as MessageEvent<string>;
        if (lastEventId !== '') place.id = lastEventId;
        take(data);
      });
    on('hello', (data) => {
      setLive(true);
      const hello = helloSchema.safeParse(parseJson(data));
      if (!hello.success || !isShown(hello.data.layers)) changed();
    });
    on('beat', () => undefined);
    on('change', () => {
      setLive(true);
      changed();
    });
    on('reload', () => {
      setLive(true);
      changed();
    });
    // Somebody else, or nobody, is signed in by now: what may be told is another matter.
    on('end', () => {
      place.id = null;
      giveUp(0);
    });
    mine.onerror = () => {
      // The browser comes back by itself where the stream was cut, not where it was refused.
      if (source === mine && mine.readyState === closed) giveUp(tryAgainMs);
    };
  }

  start();
  return () => {
    stop();
    setLive(false);
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
