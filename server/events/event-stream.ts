/** One answer of text/event-stream: written to as long as its reader keeps up, ended when it does not. */
import type { Response } from 'express';
import { beatEveryMs } from '../../geodata/contract/events.ts';

export type EventStream = {
  send(event: { name: string; id?: string; data?: unknown }): void;
  end(): void;
  /** Called once, however it ended. */
  onClose(listener: () => void): void;
};

export type StreamTimes = {
  beatMs: number;
  /** After which it is ended, and the browser goes on with another; shorter than the bound of any answer. */
  longestMs: number;
  /** How soon a browser comes back after it has ended. */
  retryMs: number;
};

export const usualStreamTimes: StreamTimes = {
  beatMs: beatEveryMs,
  longestMs: 45 * 60_000,
  retryMs: 3_000,
};

/** What may wait for a slow reader: it comes back and asks for what it missed. */
const mostUnsentBytes = 64 * 1024;

/** Begins the answer. `beat` is called before each sign of life and may end the stream. */
export function openEventStream(
  response: Response,
  { beatMs, longestMs, retryMs }: StreamTimes,
  beat: () => Promise<void>,
): EventStream {
  response.status(200).set({
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store, no-transform',
    // Proxies that gather answers before they pass them on would keep every change back.
    'X-Accel-Buffering': 'no',
  });
  response.flushHeaders();
  response.write(`retry: ${retryMs}\n\n`);

  const stream: EventStream = {
    send({ name, id, data = {} }) {
      if (response.writableEnded || response.destroyed) return;
      const idLine = id === undefined ? '' : `id: ${id}\n`;
      response.write(`event: ${name}\n${idLine}data: ${JSON.stringify(data)}\n\n`);
      if (response.writableLength > mostUnsentBytes) response.destroy();
    },
    end() {
      response.end();
    },
    onClose(listener) {
      response.once('close', listener);
    },
  };
  const beating = setInterval(() => {
    beat()
      .then(() => stream.send({ name: 'beat' }))
      .catch(() => stream.end());
  }, beatMs);
  const longest = setTimeout(() => stream.end(), longestMs);
  for (const timer of [beating, longest]) timer.unref();
  stream.onClose(() => {
    clearInterval(beating);
    clearTimeout(longest);
  });
  return stream;
}
