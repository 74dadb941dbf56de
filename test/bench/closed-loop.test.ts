import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { type Load, type LoadResult, runClosedLoop } from './closed-loop.ts';

async function load(answer: RequestListener, options: Partial<Load> = {}): Promise<LoadResult> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await runClosedLoop({
      origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      nextPath: () => '/',
      connections: 3,
      expected: [200, 304],
      requests: 30,
      ...options,
    } as Load);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

it('counts answers and the bytes of their bodies, whatever frames them', async () => {
  const body = '0\r\n\r\n'.repeat(200_000);
  let asked = 0;
  const result = await load((_request, response) => {
    asked += 1;
    if (asked % 3 === 0) response.writeHead(304).end();
    else if (asked % 3 === 1) response.setHeader('Content-Length', body.length).end(body);
    else {
      // Without a length Node sends chunks.
      response.write(body.slice(0, 700_001));
      response.end(body.slice(700_001));
    }
  });
  expect(result.requests).toBe(30);
  expect(asked).toBe(30);
  expect(result.meanBytes).toBeGreaterThanOrEqual((body.length * 2) / 3);
  expect(result.meanBytes).toBeLessThan((body.length * 2) / 3 + 100);
});

it('asks each path once, on as many connections as told', async () => {
  const paths: string[] = [];
  let connections = 0;
  let next = 0;
  const server = createServer((request, response) => {
    paths.push(request.url ?? '');
    setTimeout(() => response.end('x'), 2);
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  await runClosedLoop({
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    nextPath: () => `/${next++}`,
    connections: 4,
    expected: [200],
    requests: 20,
  });
  server.close();
  expect(new Set(paths).size).toBe(20);
  expect(connections).toBe(4);
});

it('ends with an error when an answer is none', async () => {
  await expect(load((_request, response) => response.writeHead(503).end())).rejects.toThrow('answered 503');
  await expect(load((_request, response) => response.destroy())).rejects.toThrow('closed the connection');
});
