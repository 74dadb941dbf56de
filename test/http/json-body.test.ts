import { PassThrough } from 'node:stream';
import type { Request } from 'express';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { RequestTimeoutError, TooLargeError } from '../../server/errors.ts';
import { readJsonBody } from '../../server/http/json-body.ts';

const headers = { 'content-type': 'application/json; charset=utf-8' };
const schema = z.object({ a: z.number() });

function bodyOf(): PassThrough & Request {
  return Object.assign(new PassThrough(), { headers }) as unknown as PassThrough & Request;
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('reads a body that comes in pieces, cut inside a character', async () => {
  const body = bodyOf();
  const read = readJsonBody(body, z.object({ name: z.string() }));
  const bytes = Buffer.from('{"name":"红线"}');
  body.write(bytes.subarray(0, 10));
  vi.advanceTimersByTime(14_000);
  body.end(bytes.subarray(10));
  await vi.runAllTimersAsync();
  expect(await read).toEqual({ name: '红线' });
});

it('gives up on a body of which nothing comes any more, and on one that breaks off', async () => {
  const stalled = bodyOf();
  const read = readJsonBody(stalled, schema);
  const refused = expect(read).rejects.toThrow(RequestTimeoutError);
  stalled.write('{"a"');
  await vi.advanceTimersByTimeAsync(15_000);
  await refused;
  const torn = bodyOf();
  const other = expect(readJsonBody(torn, schema)).rejects.toThrow(RequestTimeoutError);
  torn.write('{"a"');
  await vi.advanceTimersByTimeAsync(1);
  torn.destroy();
  await vi.advanceTimersByTimeAsync(1);
  await other;
});

it('keeps no more than 256 kB of a body whose length nobody said', async () => {
  const endless = bodyOf();
  const refused = expect(readJsonBody(endless, schema)).rejects.toThrow(TooLargeError);
  for (let sent = 0; sent < 30; sent += 1) endless.write(Buffer.alloc(10_000, 32));
  await vi.advanceTimersByTimeAsync(1);
  await refused;
});
