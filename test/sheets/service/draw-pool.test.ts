import { afterEach, describe, expect, it } from 'vitest';
import { createDrawPool, type DrawPool, usualPoolBounds } from '../../../server/sheets/service/draw-pool.ts';
import type { DrawTask } from '../../../server/sheets/service/draw-protocol.ts';
import type { SheetContent } from '../../../server/sheets/sheet-content.ts';

const standIn = new URL('stand-in-worker.ts', import.meta.url);
const never = new AbortController().signal;
const content = (title: string) =>
  ({ plan: { widthMm: 420, heightMm: 297, spec: { slots: { title } } } }) as unknown as SheetContent;
const sheet = (title: string, dpi = 100): Extract<DrawTask, { kind: 'sheet' }> => ({
  kind: 'sheet',
  content: content(title),
  format: 'png',
  dpi,
  geo: null,
  path: null,
});
const page = (title: string): Extract<DrawTask, { kind: 'page' }> => ({
  kind: 'page',
  document: 0,
  content: content(title),
  geo: { corners: [], epsg: 4526, isGeographic: false },
});

describe('the drawing threads', () => {
  let pool: DrawPool;
  const start = (bounds = {}) => {
    pool = createDrawPool(standIn, { ...usualPoolBounds, threads: 1, graceMs: 50, ...bounds });
  };
  afterEach(() => pool.close());

  it('stay warm: one thread draws one sheet after the other', async () => {
    start();
    const titles = await Promise.all(['a', 'b', 'c'].map((title) => pool.draw(sheet(title), never)));
    expect(titles.map(({ title }) => title.trim())).toEqual(['a 1', 'b 2', 'c 3']);
  });

  it('are no more than their number', async () => {
    start({ threads: 2 });
    const drawn = await Promise.all(
      ['wait 200', 'wait 201', 'a', 'b'].map((title) => pool.draw(sheet(title), never)),
    );
    // Each thread counts what it has drawn: two have drawn a first.
    const counts = drawn.map(({ title }) => Number(title.trim().split(' ').at(-1)));
    expect(counts.filter((count) => count === 1)).toHaveLength(2);
  });

  it('are replaced when they end, which costs only the sheet they were drawing', async () => {
    start();
    const crashed = pool.draw(sheet('crash'), never);
    const next = pool.draw(sheet('next'), never);
    await expect(crashed).rejects.toMatchObject({ code: 'unprocessable' });
    expect((await next).title.trim()).toBe('next 1');
  });

  it('are replaced when a sheet takes too long', async () => {
    start({ timeoutMs: 2_500 });
    await expect(pool.draw(sheet('hang'), never)).rejects.toThrow('took more than 2.5 s');
    expect((await pool.draw(sheet('next'), never)).title.trim()).toBe('next 1');
  });

  it('stop at once when nobody wants the sheet any more, also one that hangs', async () => {
    start();
    await pool.draw(sheet('warm'), never);
    const abort = new AbortController();
    const hanging = pool.draw(sheet('hang'), abort.signal);
    const waiting = pool.draw(sheet('waits'), abort.signal);
    const startedAt = Date.now();
    abort.abort(new Error('left'));
    await expect(waiting).rejects.toThrow('left');
    await expect(hanging).rejects.toThrow('left');
    expect(Date.now() - startedAt).toBeLessThan(2_000);
    await pool.draw(sheet('next'), never);
  });

  it('pass on what a sheet was refused for, and faults as faults', async () => {
    start();
    await expect(pool.draw(sheet('refuse'), never)).rejects.toMatchObject({
      code: 'unprocessable',
      field: 'dpi',
      text: { zh: '不行' },
    });
    await expect(pool.draw(sheet('fail'), never)).rejects.toThrow('drawing failed: a fault');
  });

  it('draw very large pictures one at a time, and others beside them', async () => {
    start({ threads: 2, largePixels: 1_000_000 });
    const order: string[] = [];
    const note = (name: string, title: string, dpi: number) =>
      pool.draw(sheet(title, dpi), never).then(() => order.push(name));
    await Promise.all([
      note('large 1', 'wait 400', 300),
      note('large 2', 'wait 0', 300),
      note('small', 'wait 1', 20),
    ]);
    expect(order).toEqual(['small', 'large 1', 'large 2']);
  });

  it('keep a document open on its thread while other sheets are drawn between its pages', async () => {
    start();
    const document = await pool.open(
      { path: '/nowhere', title: 't', language: 'en', date: '2025-01-01' },
      never,
    );
    await document.add(page('p1'), never);
    await pool.draw(sheet('between'), never);
    expect((await document.add(page('p2'), never)).title).toBe('p2 4 1');
    await document.end(never);
    expect((await pool.draw(sheet('after'), never)).title).toBe('after 6 ');
  });

  it('lose the documents of a thread that ends, and only those', async () => {
    start();
    const document = await pool.open(
      { path: '/nowhere', title: 't', language: 'en', date: '2025-01-01' },
      never,
    );
    await expect(document.add(page('crash'), never)).rejects.toMatchObject({ code: 'unprocessable' });
    await expect(document.add(page('p2'), never)).rejects.toMatchObject({ code: 'unprocessable' });
    await document.drop();
    const other = await pool.open(
      { path: '/nowhere', title: 't', language: 'en', date: '2025-01-01' },
      never,
    );
    expect((await other.add(page('p1'), never)).title).toBe('p1 2 2');
  });
});
