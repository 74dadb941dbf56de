import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runBounded, warmUp } from '../../server/imports/bounded-worker.ts';

/** A thread of these lines; `data` is what it was given. */
const threadOf = (lines: string): URL =>
  new URL(
    `data:text/javascript,${encodeURIComponent(`import { parentPort, workerData as data } from 'node:worker_threads'; import fs from 'node:fs'; ${lines}`)}`,
  );
const bounds = { timeoutMs: 20_000, maxOldGenerationSizeMb: 64 };
const never = new AbortController().signal;

describe('runBounded', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lantu-bounded-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('gives the answer, and the refusal as the error it was', async () => {
    const echo = threadOf("parentPort.postMessage({ kind: 'done', value: data + 1 })");
    expect(await runBounded<number>(echo, 1, bounds, never)).toBe(2);
    const refuse = threadOf(
      "parentPort.postMessage({ kind: 'refused', code: 'too-large', text: { zh: '大', en: 'large' }, field: 'part' })",
    );
    await expect(runBounded(refuse, 1, bounds, never)).rejects.toMatchObject({
      code: 'too-large',
      field: 'part',
    });
  });

  it('ends a thread that never ends', async () => {
    const started = performance.now();
    const loop = threadOf('for (;;);');
    await expect(runBounded(loop, 1, { ...bounds, timeoutMs: 300 }, never)).rejects.toThrow(
      /more than 0\.3 s/,
    );
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('ends a thread when nobody waits any more, with their reason', async () => {
    const cancelled = new Error('cancelled');
    const abort = new AbortController();
    setTimeout(() => abort.abort(cancelled), 100);
    await expect(runBounded(threadOf('for (;;);'), 1, bounds, abort.signal)).rejects.toBe(cancelled);
  });

  it('outlives a thread that takes all the memory it may', async () => {
    const hog = threadOf("const kept = []; for (;;) kept.push(['x'.repeat(10)]);");
    await expect(runBounded(hog, 1, bounds, never)).rejects.toThrow(/too large.*memory/);
  });

  it('ends a thread that writes without end', async () => {
    const path = join(folder, 'endless');
    const write = threadOf(
      "const file = fs.openSync(data, 'w'); const more = Buffer.alloc(65536); for (;;) { fs.writeSync(file, more); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2); }",
    );
    await expect(
      runBounded(write, path, { ...bounds, output: { path, maxBytes: 500_000 } }, never),
    ).rejects.toMatchObject({ code: 'too-large' });
  });

  it('gives the next work to a thread started ahead, unless its bounds are others', async () => {
    const module = threadOf(
      "const answer = (value) => parentPort.postMessage({ kind: 'done', value }); if (data === null) parentPort.once('message', (task) => answer('ahead ' + task)); else answer('own ' + data);",
    );
    warmUp([module], bounds);
    const narrower = { ...bounds, maxOldGenerationSizeMb: 32 };
    expect(await runBounded(module, 'narrow', narrower, never)).toBe('own narrow');
    expect(await runBounded(module, 'first', bounds, never)).toBe('ahead first');
    expect(await runBounded(module, 'second', bounds, never)).toBe('own second');
  });

  it('bounds a thread started ahead as any other, from when it has work', async () => {
    const loop = threadOf("parentPort.once('message', () => { for (;;); });");
    warmUp([loop], bounds);
    await new Promise((resolve) => setTimeout(resolve, 400));
    await expect(runBounded(loop, 1, { ...bounds, timeoutMs: 300 }, never)).rejects.toThrow(
      /more than 0\.3 s/,
    );
  });

  it('starts another thread where the one started ahead has ended', async () => {
    const module = threadOf(
      "if (data === null) process.exit(1); else parentPort.postMessage({ kind: 'done', value: data });",
    );
    warmUp([module], bounds);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await runBounded(module, 7, bounds, never)).toBe(7);
  });

  it('says so when a thread ends without an answer', async () => {
    await expect(runBounded(threadOf('process.exit(3)'), 1, bounds, never)).rejects.toThrow(/exit 3/);
    await expect(runBounded(threadOf("throw new Error('torn')"), 1, bounds, never)).rejects.toThrow(/torn/);
  });
});
