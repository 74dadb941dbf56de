/**
 * The client every server is measured with: a fixed number of keep-alive connections, each sending its next
 * request when the answer to the one before has arrived. It reads HTTP/1.1 itself and looks at nothing but
 * status and length, so that the client takes little of the machine the servers share with it.
 */
import { connect, type Socket } from 'node:net';

export type Load = {
  /** http://host:port */
  origin: string;
  /** Path and query of the next request. */
  nextPath: () => string;
  headers?: Record<string, string>;
  connections: number;
  /** Statuses that count as answers; any other ends the run with an error. */
  expected: readonly number[];
  /** Address of this machine to come from: the service counts requests by address. */
  localAddress?: string;
} & ({ seconds: number } | { requests: number });

export type LoadResult = {
  requests: number;
  requestsPerSecond: number;
  /** Mean length of a body in bytes. */
  meanBytes: number;
  /** Middle time from request to the end of its answer. */
  medianMs: number;
};

/** Throws when a connection breaks or an answer has another status than expected. */
export async function runClosedLoop(load: Load): Promise<LoadResult> {
  const times: number[] = [];
  let bytes = 0;
  const startedAt = performance.now();
  const more = (): boolean =>
    'seconds' in load ? performance.now() - startedAt < load.seconds * 1000 : sent < load.requests;
  let sent = 0;
  await Promise.all(
    Array.from({ length: load.connections }, async () => {
      const connection = await openConnection(load);
      try {
        while (more()) {
          sent += 1;
          const askedAt = performance.now();
          const answer = await connection.ask(load.nextPath());
          if (!load.expected.includes(answer.status))
            throw new Error(`${load.origin} answered ${answer.status}`);
          times.push(performance.now() - askedAt);
          bytes += answer.bytes;
        }
      } finally {
        connection.close();
      }
    }),
  );
  const seconds = (performance.now() - startedAt) / 1000;
  times.sort((a, b) => a - b);
  return {
    requests: times.length,
    requestsPerSecond: times.length / seconds,
    meanBytes: bytes / times.length,
    medianMs: times[Math.floor(times.length / 2)] ?? Number.NaN,
  };
}

type Connection = { ask(path: string): Promise<{ status: number; bytes: number }>; close(): void };

/** State of the answer being read: its head while that is incomplete, then what of the body is still to come. */
type Reading = {
  head: string;
  status: number;
  missing: number;
  chunked: boolean;
  tail: string;
  bytes: number;
};

async function openConnection({ origin, headers = {}, localAddress }: Load): Promise<Connection> {
  const { hostname, port, host } = new URL(origin);
  const lines = Object.entries({ Host: host, Connection: 'keep-alive', ...headers });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  let pending: PromiseWithResolvers<{ status: number; bytes: number }> | undefined;
  let reading = newReading();
  let socket: Socket;
  const fail = (error: Error): void => pending?.reject(error);
  const onBytes = (length: number, buffer: Uint8Array): boolean => {
    if (read(reading, buffer, length)) {
      const { status, bytes } = reading;
      reading = newReading();
      pending?.resolve({ status, bytes });
    }
    return true;
  };
  await new Promise<void>((resolve, reject) => {
    socket = connect({
      host: hostname,
      port: Number(port),
      noDelay: true,
      ...(localAddress === undefined ? {} : { localAddress }),
      onread: { buffer: Buffer.alloc(256 * 1024), callback: onBytes },
    });
    socket.once('connect', resolve);
    socket.once('error', reject);
    socket.on('error', fail);
    socket.on('close', () => fail(new Error(`${origin} closed the connection`)));
  });
  return {
    ask(path) {
      pending = Promise.withResolvers();
      socket.write(`GET ${path} HTTP/1.1\r\n${head}\r\n`);
      return pending.promise;
    },
    close() {
      pending = undefined;
      socket.destroy();
    },
  };
}

function newReading(): Reading {
  return { head: '', status: 0, missing: -1, chunked: false, tail: '', bytes: 0 };
}

/** Takes in `length` bytes; true when the answer is complete. One answer at a time comes on a connection. */
function read(reading: Reading, buffer: Uint8Array, length: number): boolean {
  const bytes = Buffer.from(buffer.buffer, buffer.byteOffset, length);
  let at = 0;
  if (reading.missing < 0 && !reading.chunked) {
    reading.head += bytes.toString('latin1');
    const end = reading.head.indexOf('\r\n\r\n');
    if (end < 0) return false;
    at = length - (reading.head.length - end - 4);
    const head = reading.head.slice(0, end);
    reading.status = Number(head.slice(9, 12));
    reading.chunked = /\r\ntransfer-encoding: *chunked/i.test(head);
    const announced = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    const empty = reading.status === 304 || reading.status === 204;
    reading.missing = empty ? 0 : Number(announced ?? 0);
  }
  reading.bytes += length - at;
  if (reading.chunked) {
    reading.tail = (reading.tail + bytes.subarray(Math.max(at, length - 8)).toString('latin1')).slice(-8);
    return reading.tail.endsWith('\r\n0\r\n\r\n');
  }
  return reading.bytes >= reading.missing;
}
