/**
 * Bounds on what one connection, and all of them together, may hold: slow or silent clients are cut, so that
 * the next one is served. Knows sockets and times, nothing of routes. Every bound is a figure of its own.
 */
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';

export type ConnectionBounds = {
  /** From the first byte of a request to the end of its headers. */
  headersMs: number;
  /** From the first byte of a request to the end of its body: the longest upload. */
  requestMs: number;
  /** How long a connection may lie idle between two requests; longer than the 60 s of common proxies. */
  idleMs: number;
  /** How long nothing may move while an answer is read or a body is sent. */
  stallMs: number;
  /** A body must bring this many bytes in each `stallMs`, or its sender only holds the connection. */
  leastBodyBytes: number;
  /** How long after its answer the rest of a body that nobody reads may take. */
  unreadBodyMs: number;
  /** From the first byte of an answer to its last: the longest download. */
  answerMs: number;
  /** Of answers that wait for their readers, all together; beyond it the oldest are cut. */
  unsentBytes: number;
  connections: number;
  /** Of one address; undefined where all come through a proxy. */
  connectionsAnAddress: number | undefined;
  /** After so many requests a connection is closed behind the answer. */
  requestsAConnection: number;
};

export const usualBounds: ConnectionBounds = {
  headersMs: 15_000,
  requestMs: 2 * 3_600_000,
  idleMs: 65_000,
  stallMs: 30_000,
  leastBodyBytes: 16_384,
  unreadBodyMs: 5_000,
  answerMs: 3_600_000,
  unsentBytes: 1_000_000_000,
  connections: 1_000,
  connectionsAnAddress: 400,
  requestsAConnection: 100_000,
};

/** An HTTP server that keeps `bounds`. A request cut in its headers hears 408, a connection cut later hears nothing. */
export function createBoundedServer(listener: RequestListener, bounds: ConnectionBounds): Server {
  const server = createServer({
    headersTimeout: bounds.headersMs,
    requestTimeout: bounds.requestMs,
    keepAliveTimeout: bounds.idleMs,
    connectionsCheckingInterval: Math.min(bounds.headersMs / 2, 5_000),
    // A missing Host is refused with a problem document (host-guard.ts), not with an empty 400.
    requireHostHeader: false,
    noDelay: true,
  });
  // Beyond the count Node drops headers in silence; their size is bounded anyway, and limits.ts counts them.
  server.maxHeadersCount = 0;
  server.maxConnections = bounds.connections;
  boundAddresses(server, bounds);
  endLongConnections(server, bounds);
  cutStalled(server, bounds);
  // Last: those above decide before an answer begins.
  server.on('request', listener);
  return server;
}

/** Idle connections make room for new ones, and no address takes all. */
function boundAddresses(
  server: Server,
  { connections, connectionsAnAddress = connections }: ConnectionBounds,
): void {
  const byAddress = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    const count = (byAddress.get(address) ?? 0) + 1;
    byAddress.set(address, count);
    socket.once('close', () => {
      const left = (byAddress.get(address) ?? 1) - 1;
      if (left > 0) byAddress.set(address, left);
      else byAddress.delete(address);
    });
    if (count > connectionsAnAddress) socket.destroy();
    const all = [...byAddress.values()].reduce((sum, each) => sum + each, 0);
    if (all > connections * 0.9 || count > connectionsAnAddress * 0.9) server.closeIdleConnections();
  });
}

/** Node's own count answers the request after the last one with an empty 503; this one closes behind the last. */
function endLongConnections(server: Server, { requestsAConnection }: ConnectionBounds): void {
  const counts = new WeakMap<Socket, number>();
  server.on('request', ({ socket }, response) => {
    const count = (counts.get(socket) ?? 0) + 1;
    counts.set(socket, count);
    if (count >= requestsAConnection) response.shouldKeepAlive = false;
  });
}

type Exchange = {
  request: IncomingMessage;
  startedAt: number;
  /** Bytes of the connection at the last look, undefined before the first. */
  seenBytes: number | undefined;
};

/** Cuts connections on which nothing, or too little, moves though it is the client's turn. */
function cutStalled(server: Server, bounds: ConnectionBounds): void {
  const underWay = new Set<Exchange>();
  const latest = new WeakMap<Socket, Exchange>();
  server.on('request', (request, response) => {
    const exchange: Exchange = { request, startedAt: Date.now(), seenBytes: undefined };
    underWay.add(exchange);
    latest.set(request.socket, exchange);
    const forget = () => underWay.delete(exchange);
    response.once('close', () => {
      if (request.complete || request.socket.destroyed) return forget();
      const deadline = setTimeout(() => request.socket.destroy(), bounds.unreadBodyMs);
      request.once('close', () => {
        clearTimeout(deadline);
        forget();
      });
    });
  });
  // Node counts bytes taken by the other side as movement, so this is no limit to a slow line.
  server.setTimeout(bounds.stallMs, (socket) => {
    const exchange = latest.get(socket);
    const isOurTurn = exchange !== undefined && underWay.has(exchange) && isReceived(exchange.request);
    if (!isOurTurn || socket.writableLength > 0) socket.destroy();
  });
  const slow = setInterval(() => {
    for (const exchange of underWay) if (isTooSlow(exchange, bounds)) exchange.request.socket.destroy();
  }, bounds.stallMs);
  const unsent = setInterval(() => cutOldest(underWay, bounds.unsentBytes), Math.min(bounds.stallMs, 2_000));
  for (const timer of [slow, unsent]) {
    timer.unref();
    server.once('close', () => clearInterval(timer));
  }
}

/** In the order they began, until what is left waits with no more than `mostBytes`. */
function cutOldest(underWay: ReadonlySet<Exchange>, mostBytes: number): void {
  const sockets = new Set([...underWay].map(({ request }) => request.socket));
  let bytes = [...sockets].reduce((sum, socket) => sum + socket.writableLength, 0);
  for (const socket of sockets) {
    if (bytes <= mostBytes) return;
    bytes -= socket.writableLength;
    if (socket.writableLength > 0) socket.destroy();
  }
}

/** Called every `stallMs`, and remembers how far the exchange was. */
function isTooSlow(exchange: Exchange, { answerMs, leastBodyBytes }: ConnectionBounds): boolean {
  const { request, startedAt, seenBytes } = exchange;
  const received = request.socket.bytesRead;
  exchange.seenBytes = received;
  if (isReceived(request)) return request.complete && Date.now() - startedAt > answerMs;
  return seenBytes !== undefined && received - seenBytes < leastBodyBytes;
}

/** Whole, or waiting to be read by this process: then the client can send nothing. */
function isReceived(request: IncomingMessage): boolean {
  return request.complete || request.isPaused() || request.readableLength > 0;
}
