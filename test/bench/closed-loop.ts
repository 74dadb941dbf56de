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

/** The answer being read: its head, or a chunk's, while that is incomplete, then what of the body is still to come. */
type Reading = {
  status: number;
  bytes: number;
  head: string;
  inHead: boolean;
  chunked: boolean;
  isLast: boolean;
  missing: number;
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
  return { status: 0, bytes: 0, head: '', inHead: true, chunked: false, isLast: false, missing: 0 };
}

/** Takes in `length` bytes; true when the answer is complete. One answer at a time comes on a connection. */
function read(reading: Reading, buffer: Uint8Array, length: number): boolean {
  let at = 0;
  for (;;) {
    if (reading.missing > 0) {
      const taken = Math.min(reading.missing, length - at);
      reading.missing -= taken;
      reading.bytes += taken;
      at += taken;
      if (reading.missing > 0) return false;
      if (!reading.chunked) return true;
    }
    const isFirst = reading.inHead;
    const line = readLine(reading, buffer, at, length, isFirst ? '\r\n\r\n' : '\r\n');
    if (line === undefined) return false;
    at = line.next;
    if (isFirst) {
      readHead(reading, line.text);
      if (!reading.chunked && reading.missing === 0) return true;
    } else if (line.text !== '') {
      // The size of a chunk; the line break after the bytes of the one before gives an empty line.
      reading.missing = Number.parseInt(line.text, 16);
      reading.isLast = reading.missing === 0;
    } else if (reading.isLast) return true;
  }
}

/** The text up to the next `end` and where the bytes go on after it; undefined while it has not all come. */
function readLine(
  reading: Reading,
  buffer: Uint8Array,
  at: number,
  length: number,
  end: string,
): { text: string; next: number } | undefined {
  // A head or the size of a chunk is short: no need to look at more than the next few hundred bytes.
  const seen = Buffer.from(buffer.buffer, buffer.byteOffset + at, Math.min(length - at, 8_192)).toString(
    'latin1',
  );
  const text = reading.head + seen;
  const found = text.indexOf(end);
  if (found < 0) {
    reading.head = text;
    return undefined;
  }
  const next = at + found + end.length - reading.head.length;
  reading.head = '';
  return { text: text.slice(0, found), next };
}

function readHead(reading: Reading, head: string): void {
  reading.inHead = false;
  reading.status = Number(head.slice(9, 12));
  if (reading.status === 304 || reading.status === 204) return;
  reading.chunked = /\r\ntransfer-encoding: *chunked/i.test(head);
  reading.missing = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
}
