/** The stream of events: what it tells whom, how it is caught up with, and when it ends. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { catalogue } from '../../geodata/catalogue/index.ts';
import { changeSchema, helloSchema } from '../../geodata/contract/events.ts';
import type { Database } from '../../server/db/database.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { insertOddRows } from '../features/odd-rows.ts';
import { type ServiceUnderTest, startService } from '../features/service-under-test.ts';

type Told = { name: string; id: string | undefined; data: unknown };

/** Reads one stream; `next` gives the events in their order, leaving out signs of life. */
class StreamReader {
  private readonly told: Told[] = [];
  private readonly abort = new AbortController();
  private buffer = '';
  private wake: () => void = () => {};
  ended = false;
  beats = 0;
  response: Response | undefined;

  async open(url: string, headers: Record<string, string> = {}): Promise<this> {
    const { signal } = this.abort;
    this.response = await fetch(url, { headers: { accept: 'text/event-stream', ...headers }, signal });
    if (this.response.status === 200) void this.read();
    return this;
  }

  private async read(): Promise<void> {
    try {
      for await (const chunk of this.response?.body?.pipeThrough(new TextDecoderStream()) ?? [])
        this.take(chunk);
    } catch {
      // Closed from here.
    }
    this.ended = true;
    this.wake();
  }

  private take(chunk: string): void {
    const blocks = `${this.buffer}${chunk}`.split('\n\n');
    this.buffer = blocks.pop() ?? '';
    for (const block of blocks) {
      const field = (name: string) =>
        block
          .split('\n')
          .find((line) => line.startsWith(`${name}: `))
          ?.slice(name.length + 2);
      const name = field('event');
      if (name === 'beat') this.beats += 1;
      else if (name !== undefined)
        this.told.push({ name, id: field('id'), data: JSON.parse(field('data') ?? 'null') });
    }
    this.wake();
  }

  /** The next event; throws after five seconds without one. */
  async next(): Promise<Told> {
    const deadline = Date.now() + 5_000;
    while (this.told.length === 0 && Date.now() < deadline) await this.sleep(deadline - Date.now());
    const [first] = this.told.splice(0, 1);
    if (first === undefined) throw new Error(this.ended ? 'the stream has ended' : 'nothing was told');
    return first;
  }

  async untilEnded(): Promise<boolean> {
    const deadline = Date.now() + 5_000;
    while (!this.ended && Date.now() < deadline) await this.sleep(deadline - Date.now());
    return this.ended;
  }

  private sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Everything waiting, without waiting for more. */
  waiting(): Told[] {
    return this.told.splice(0);
  }

  close(): void {
    this.abort.abort();
  }
}

describeOnEngines('events', ({ open }) => {
  let database: Database;
  let service: ServiceUnderTest;
  const opened: StreamReader[] = [];
  const times = { beatMs: 200, longestMs: 60_000, retryMs: 1_000 };
  const listen = async (query = '', headers: Record<string, string> = {}): Promise<StreamReader> => {
    const reader = new StreamReader();
    opened.push(reader);
    return reader.open(`${service.url}/api/events${query}`, headers);
  };
  const run = (text: string) => database.query(text, [], { class: 'bulk' });
  const record = (code: string, count = 1) =>
    run(`insert into app.mine_site_event (dataset_id, site_code, status, effective_on, period, recorded_at, recorded_by)
      select s.dataset_id, s.code, 'in_progress', '2025-09-01', '2025-09', now(), 'test'
      from geo.mine_site as s, generate_series(1, ${count}) where s.code = '${code}'`);
  const change = async (reader: StreamReader) => {
    const told = await reader.next();
    expect(told.name).toBe('change');
    return { id: told.id ?? '', ...changeSchema.parse(told.data) };
  };

  beforeAll(async () => {
    database = await open();
    await insertOddRows(database, catalogue);
    await run('insert into app.event_chain (dataset_id) select distinct dataset_id from geo.mine_site');
    service = await startService(database, { events: { streams: 4, streamsAnAddress: 3, times } });
  });
  afterEach(async () => {
    for (const reader of opened.splice(0)) {
      reader.close();
      await reader.untilEnded();
    }
  });
  afterAll(() => service.close());

  it('begin with where things stand, through proxies that gather answers', async () => {
    const reader = await listen('', { 'accept-encoding': 'gzip, br' });
    expect(reader.response?.headers.get('content-type')).toContain('text/event-stream');
    expect(reader.response?.headers.get('x-accel-buffering')).toBe('no');
    expect(reader.response?.headers.get('cache-control')).toContain('no-transform');
    expect(reader.response?.headers.get('content-encoding')).toBeNull();
    const hello = await reader.next();
    expect(hello.name).toBe('hello');
    expect(hello.id).toMatch(/^[A-Za-z0-9_-]+$/);
    const { layers } = await service.getJson<{
      layers: { definition: { id: string }; revision: string; mayRead: boolean }[];
    }>('/api/catalogue');
    expect(helloSchema.parse(hello.data).layers).toEqual(
      Object.fromEntries(
        layers.flatMap(({ definition, revision, mayRead }) => (mayRead ? [[definition.id, revision]] : [])),
      ),
    );
  });

  it('tell of a mark within seconds, by layer and site', async () => {
    const reader = await listen();
    await reader.next();
    await record('plain');
    await run("update geo.mine_site set progress_percent = 12 where code = 'plain'");
    const first = await change(reader);
    expect(first.sites).toEqual(['plain']);
    await run("update geo.wetland_park set name = 'another' where code = 'plain'");
    const second = await change(reader);
    expect(Object.keys(second.layers)).toEqual(['wetland_parks']);
    expect(second.sites).toEqual([]);
  });

  it('tell nothing while nothing changes, but that they live', async () => {
    const reader = await listen();
    await reader.next();
    await expect.poll(() => reader.beats, { timeout: 5_000 }).toBeGreaterThan(5);
    expect(reader.waiting()).toEqual([]);
  });

  it.each(['header', 'parameter'] as const)('go on from where a reader was, told by %s', async (way) => {
    const before = await listen();
    const { id = '' } = await before.next();
    before.close();
    await record('hole');
    await record('plain');
    await run("update geo.mine_site set progress_percent = 50 where code in ('hole', 'plain')");
    const after = way === 'header' ? await listen('', { 'last-event-id': id }) : await listen(`?after=${id}`);
    expect(await after.next()).toMatchObject({ name: 'hello', id });
    const missed = await change(after);
    expect(missed.sites).toEqual(['hole', 'plain']);
    expect(missed.layers).toHaveProperty('mine_sites');
    expect(missed.id).not.toBe(id);
    // Nothing is told twice.
    await run("update geo.river set name = name where code = 'plain'");
    expect((await change(after)).sites).toEqual([]);
  });

  it('say that all is to be asked again where too much was missed or the place is unknown', async () => {
    const before = await listen();
    const { id = '' } = await before.next();
    before.close();
    await record('plain', 1_001);
    expect(await (await listen(`?after=${id}`)).next()).toMatchObject({ name: 'reload' });
    expect(await (await listen('?after=nonsense')).next()).toMatchObject({ name: 'reload' });
  });

  it('tell only of layers the reader may read', async () => {
    const anonymous = await listen();
    const viewer = await listen('', await service.signedIn('viewer'));
    await anonymous.next();
    await viewer.next();
    await run("update geo.permanent_basic_farmland set name = 'closed' where code = 'plain'");
    expect(Object.keys((await change(viewer)).layers)).toEqual(['permanent_basic_farmland']);
    await run("update geo.river set name = 'open' where code = 'plain'");
    expect(Object.keys((await change(anonymous)).layers)).toEqual(['rivers']);
  });

  it('end when the reader signs out', async () => {
    const asViewer = await service.signedIn('viewer');
    const viewer = await listen('', asViewer);
    const anonymous = await listen();
    await viewer.next();
    await anonymous.next();
    const response = await fetch(`${service.url}/api/session`, { method: 'DELETE', headers: asViewer });
    expect(response.status).toBe(200);
    expect(await viewer.next()).toMatchObject({ name: 'end' });
    expect(await viewer.untilEnded()).toBe(true);
    expect(anonymous.ended).toBe(false);
  });

  it('are bounded in number, and a closed one makes room', async () => {
    const readers = [await listen(), await listen(), await listen()];
    const refused = await listen();
    expect(refused.response?.status).toBe(503);
    expect(refused.response?.headers.get('retry-after')).not.toBeNull();
    readers[0]?.close();
    await expect.poll(async () => (await listen()).response?.status, { timeout: 5_000 }).toBe(200);
  });

  describe('are refused', () => {
    it.each([
      ['to who does not ask for a stream', '/api/events', { accept: 'application/json' }, 406],
      ['with an unknown parameter', '/api/events?since=1', { accept: 'text/event-stream' }, 400],
    ])('%s', async (_why, path, headers, status) => {
      const response = await service.get(path, headers);
      expect(response.status).toBe(status);
      expect(response.headers.get('content-type')).toContain('application/problem+json');
    });

    it('to other methods', async () => {
      const response = await fetch(`${service.url}/api/events`, { method: 'POST' });
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET']);
    });
  });
});
