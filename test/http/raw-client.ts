/** A client that sends bytes as they are and collects what comes back, for requests no HTTP library would make. */
import { connect, type Socket } from 'node:net';

export type RawExchange = {
  /** Everything received, as latin1: one character a byte. */
  text: string;
  /** Time until the other side closed, or until `waitMs` was over. */
  elapsedMs: number;
  isClosed: boolean;
};

/** Sends `bytes` and waits until the server closes the connection, at most `waitMs`. */
export function exchange(url: string, bytes: string | Buffer, waitMs = 10_000): Promise<RawExchange> {
  return new Promise((resolve) => {
    const startedAt = performance.now();
    const socket = openSocket(url);
    let text = '';
    const finish = (isClosed: boolean): void => {
      clearTimeout(deadline);
      socket.destroy();
      resolve({ text, elapsedMs: performance.now() - startedAt, isClosed });
    };
    const deadline = setTimeout(() => finish(false), waitMs);
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
    });
    // A reset follows where the server closes before everything sent was read.
    socket.on('error', () => finish(true)).on('close', () => finish(true));
    socket.write(bytes);
  });
}

export function openSocket(url: string): Socket {
  const { hostname, port } = new URL(url);
  return connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) });
}

/** Status codes of the answers in `text`, in order. */
export function statusesOf(text: string): number[] {
  return [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map((match) => Number(match[1]));
}
