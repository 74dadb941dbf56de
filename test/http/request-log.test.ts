/** What the log says of a request: one line with its id, its outcome and its time, and nothing of its headers. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import express from 'express';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { requestLog } from '../../server/http/request-log.ts';

type Line = {
  level: number;
  requestId: string;
  req: { id: string; method: string; url: string; remoteAddress: string };
  res: { statusCode: number; length?: number | string };
  responseTime: number;
  msg: string;
};

const lines: Line[] = [];
const app = express();
app.use(requestLog(pino({}, { write: (line: string) => void lines.push(JSON.parse(line) as Line) })));
app.get('/text', (_request, response) => void response.set('Content-Length', '4').end('text'));
app.get('/broken', (_request, response) => void response.status(503).end());
app.get('/endless', (_request, response) => void response.write('…'));
const server = app.listen(0, '127.0.0.1');
let origin = '';

beforeAll(async () => {
  if (!server.listening) await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  lines.length = 0;
});

async function onlyLine(): Promise<Line> {
  await vi.waitFor(() => expect(lines).toHaveLength(1));
  return lines[0] as Line;
}

it('is one line with address, status, length and time, and no header', async () => {
  const response = await fetch(`${origin}/text?bbox=1,2`, { headers: { Authorization: 'Basic c2VjcmV0' } });
  const line = await onlyLine();
  expect(line).toMatchObject({
    level: 30,
    msg: 'request completed',
    req: { method: 'GET', url: '/text?bbox=1,2', remoteAddress: '127.0.0.1' },
    res: { statusCode: 200, length: '4' },
  });
  expect(line.responseTime).toBeGreaterThanOrEqual(0);
  expect(line.requestId).toBe(response.headers.get('x-request-id'));
  expect(line.req.id).toBe(line.requestId);
  expect(JSON.stringify(line)).not.toContain('c2VjcmV0');
});

it('keeps an id that was given, where it is harmless', async () => {
  const idOf = async (given: string): Promise<string | null> =>
    (await fetch(`${origin}/text`, { headers: { 'X-Request-Id': given } })).headers.get('x-request-id');
  expect(await idOf('proxy-0001.a')).toBe('proxy-0001.a');
  expect(await idOf('short')).not.toBe('short');
  expect(await idOf('<script>alert(1)</script>')).toMatch(/^[0-9a-f-]{36}$/);
});

it('is an error where the service failed', async () => {
  await fetch(`${origin}/broken`);
  expect(await onlyLine()).toMatchObject({ level: 50, res: { statusCode: 503 } });
});

it('says that an answer was broken off', async () => {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write('GET /endless HTTP/1.1\r\nHost: a\r\n\r\n');
  await once(socket, 'data');
  socket.destroy();
  expect(await onlyLine()).toMatchObject({
    msg: 'request aborted',
    req: { url: '/endless', remoteAddress: '127.0.0.1' },
  });
});
