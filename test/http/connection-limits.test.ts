/** Slow, silent, greedy and numerous clients: each is cut by the bound meant for it, and a good one is served meanwhile. */
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type ConnectionBounds,
  createBoundedServer,
  usualBounds,
} from '../../server/http/connection-limits.ts';
import { explainMalformedRequests } from '../../server/http/malformed-requests.ts';
import { exchange, openSocket, statusesOf } from './raw-client.ts';

const head = 'Host: localhost\r\n';
const large = Buffer.alloc(40_000_000, 'x');

const answer: RequestListener = (request, response) => {
  if (request.url === '/large') response.end(large);
  else if (request.url === '/later') setTimeout(() => response.end('later'), 900);
  else if (request.url === '/read') request.resume().on('end', () => response.end('read'));
  else if (request.url === '/read-later')
    setTimeout(() => request.resume(), 900) && request.on('end', () => response.end('read'));
  else response.end('fine');
};

describe('a bounded server', { timeout: 30_000 }, () => {
  const open: { server: Server; sockets: Socket[] }[] = [];
  afterEach(async () => {
    for (const { server, sockets } of open.splice(0)) {
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });

  async function start(bounds: Partial<ConnectionBounds>, listener = answer) {
    const server = createBoundedServer(listener, { ...usualBounds, ...bounds });
    explainMalformedRequests(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const sockets: Socket[] = [];
    open.push({ server, sockets });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const client = (bytes: string): Socket => {
      const socket = openSocket(url).on('error', () => undefined);
      sockets.push(socket);
      socket.write(bytes);
      return socket;
    };
    const isServed = async () => expect(await (await fetch(`${url}/`)).text()).toBe('fine');
    return { server, url, client, isServed };
  }

  const connectionCount = (server: Server): Promise<number> =>
    new Promise((resolve, reject) =>
      server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
    );

  it('tells a client whose headers never end that it was too slow', async () => {
    const { url, client, isServed } = await start({ headersMs: 300 });
    const dripping = client('GET / HTTP/1.1\r\n');
    const drip = setInterval(() => dripping.write('X-A: b\r\n'), 50);
    const closed = new Promise((resolve) => dripping.once('close', resolve));
    const silent = await exchange(url, `GET / HTTP/1.1\r\n${head}`);
    expect(statusesOf(silent.text)).toEqual([408]);
    expect(silent.text).toContain('request-timeout');
    expect(silent.elapsedMs).toBeLessThan(5_000);
    await closed;
    clearInterval(drip);
    await isServed();
  });

  it('cuts a body that stops coming, and one that only drips', async () => {
    const { url, client, isServed } = await start({ stallMs: 200 });
    const stopped = await exchange(url, `POST /read HTTP/1.1\r\n${head}Content-Length: 100\r\n\r\nabc`);
    expect(stopped.isClosed).toBe(true);
    expect(stopped.elapsedMs).toBeLessThan(5_000);
    const dripping = client(`POST /read HTTP/1.1\r\n${head}Transfer-Encoding: chunked\r\n\r\n`);
    const drip = setInterval(() => dripping.write('1\r\na\r\n'), 20);
    const startedAt = performance.now();
    await new Promise((resolve) => dripping.once('close', resolve));
    clearInterval(drip);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    await isServed();
  });

  it('receives a body that comes steadily for longer than any bound on a stall', async () => {
    const { client } = await start({ stallMs: 1_000 });
    const socket = client(`POST /read HTTP/1.1\r\n${head}Content-Length: 500000\r\n\r\n`);
    const heard = new Promise<string>((resolve) => socket.once('data', (chunk) => resolve(chunk.toString())));
    for (let piece = 0; piece < 25; piece += 1) {
      socket.write(Buffer.alloc(20_000));
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(await heard).toContain('read');
  });

  it('leaves a client alone that waits for an answer or for its body to be read', async () => {
    const { url } = await start({ stallMs: 400 });
    expect(await (await fetch(`${url}/later`)).text()).toBe('later');
    const posted = await fetch(`${url}/read-later`, { method: 'POST', body: Buffer.alloc(2_000_000) });
    expect(await posted.text()).toBe('read');
  });

  it('ends the connection soon after an answer when a body nobody reads goes on', async () => {
    const { client } = await start({ unreadBodyMs: 200 });
    const endless = client(`POST / HTTP/1.1\r\n${head}Content-Length: 1000000000\r\n\r\n`);
    const push = setInterval(() => endless.write(Buffer.alloc(100_000)), 20);
    const startedAt = performance.now();
    endless.resume();
    await new Promise((resolve) => endless.once('close', resolve));
    clearInterval(push);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  it('cuts a reader that takes no more of a large answer, and none that reads slowly', async () => {
    const { client, isServed, server } = await start({ stallMs: 1_500 });
    const stalled = client(`GET /large HTTP/1.1\r\n${head}\r\n`).pause();
    await expect.poll(() => connectionCount(server), { timeout: 10_000 }).toBe(0);
    stalled.destroy();
    const slow = client(`GET /large HTTP/1.1\r\n${head}Connection: close\r\n\r\n`);
    let received = 0;
    slow.on('data', (chunk) => {
      received += chunk.length;
      if (received > 8_000_000) return;
      slow.pause();
      setTimeout(() => slow.resume(), 20);
    });
    await new Promise((resolve) => slow.once('close', resolve));
    expect(received).toBeGreaterThan(large.length);
    await isServed();
  });

  it('cuts a download that takes longer than any may', async () => {
    const { client } = await start({ stallMs: 100, answerMs: 300 });
    const slow = client(`GET /large HTTP/1.1\r\n${head}\r\n`);
    slow.on('data', () => {
      slow.pause();
      setTimeout(() => slow.resume(), 20);
    });
    const startedAt = performance.now();
    await new Promise((resolve) => slow.once('close', resolve));
    expect(performance.now() - startedAt).toBeLessThan(6_000);
  });

  it('cuts the oldest readers when too much waits for all of them', async () => {
    const { client, server } = await start({ unsentBytes: 110_000_000 });
    const readers: Socket[] = [];
    for (let reader = 0; reader < 5; reader += 1) {
      readers.push(client(`GET /large HTTP/1.1\r\n${head}\r\n`).pause());
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    await expect.poll(() => connectionCount(server), { timeout: 10_000 }).toBe(2);
    const newest = readers.at(-1);
    let received = 0;
    newest?.on('data', (chunk) => {
      received += chunk.length;
    });
    newest?.resume();
    await expect.poll(() => received, { timeout: 10_000 }).toBeGreaterThan(large.length);
  });

  it('closes what lies idle', async () => {
    const { url } = await start({ idleMs: 200 });
    const idle = await exchange(url, `GET / HTTP/1.1\r\n${head}\r\n`, 9_000);
    expect(idle.isClosed).toBe(true);
    expect(statusesOf(idle.text)).toEqual([200]);
  });

  it('takes no more connections than it may, and serves again when some are gone', async () => {
    const { server, client, isServed } = await start({ connections: 20, headersMs: 400 });
    for (let count = 0; count < 60; count += 1) client('GET / HTTP/1.1\r\n');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await connectionCount(server)).toBeLessThanOrEqual(20);
    await expect.poll(() => connectionCount(server), { timeout: 10_000 }).toBe(0);
    await isServed();
  });

  it('lets no address take all connections, and gives up idle ones for new ones', async () => {
    const { server, url, client } = await start({ connections: 50, connectionsAnAddress: 10 });
    for (let count = 0; count < 10; count += 1) client(`GET / HTTP/1.1\r\n${head}\r\n`);
    await expect.poll(() => connectionCount(server)).toBeLessThanOrEqual(10);
    const next = await exchange(url, `GET / HTTP/1.1\r\n${head}Connection: close\r\n\r\n`, 8_000);
    expect(statusesOf(next.text)).toEqual([200]);
    for (let count = 0; count < 30; count += 1) client('GET / HTTP/1.1\r\n');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await connectionCount(server)).toBeLessThanOrEqual(10);
  });

  it('closes a connection behind its last request', async () => {
    const { url } = await start({ requestsAConnection: 3 });
    const { text, isClosed } = await exchange(url, `GET / HTTP/1.1\r\n${head}\r\n`.repeat(3), 8_000);
    expect(statusesOf(text)).toEqual([200, 200, 200]);
    expect(text.split('HTTP/1.1').at(-1)).toMatch(/connection: close/i);
    expect(isClosed).toBe(true);
  });
});
