import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogue } from '../../geodata/catalogue/index.ts';
import type { LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import type { Database } from '../../server/db/database.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { insertOddRows, insertRow } from './odd-rows.ts';
import { type ServiceUnderTest, startService } from './service-under-test.ts';

type Page = {
  numberMatched: number;
  numberReturned: number;
  features: { id: string }[];
  links: { rel: string; href: string }[];
};

const layer = catalogue.find((each) => each.id === 'ecological_red_lines') as LayerDefinition;
const items = `/ogc/collections/${layer.id}/items`;

function squareAt(index: number): { code: string; name: string; polygon: string; line: null } {
  const west = (115 + (index % 50) * 0.01).toFixed(2);
  const east = (115 + (index % 50) * 0.01 + 0.005).toFixed(3);
  return {
    code: `S${index}`,
    name: `方块 ${index}`,
    polygon: `MULTIPOLYGON(((${west} 25,${east} 25,${east} 25.01,${west} 25.01,${west} 25)))`,
    line: null,
  };
}

describeOnEngines('items', ({ open }) => {
  let database: Database;
  let service: ServiceUnderTest;
  let datasetId: string;
  beforeAll(async () => {
    database = await open();
    await insertOddRows(database, [layer], [squareAt(0)]);
    const [dataset] = await database.query<{ id: string }>('select id::text from app.dataset', [], {
      class: 'lookup',
    });
    datasetId = dataset?.id ?? '';
    for (let index = 1; index < 40; index += 1) await insertRow(database, layer, datasetId, squareAt(index));
    service = await startService(database);
  });
  afterAll(() => service.close());

  describe('in pages', () => {
    it('come each once through all next links, while rows are added and answered', async () => {
      const seen: string[] = [];
      let next: string | undefined =
        `${service.url}${items}?limit=7&red_line_type=${encodeURIComponent('水源涵养')}&precision=8`;
      let pages = 0;
      while (next !== undefined) {
        const page = (await (await fetch(next)).json()) as Page;
        expect(page.numberReturned).toBe(page.features.length);
        seen.push(...page.features.map((feature) => feature.id));
        next = page.links.find((link) => link.rel === 'next')?.href;
        if (next !== undefined) {
          const query = new URL(next).searchParams;
          expect([query.get('limit'), query.get('red_line_type'), query.get('precision')]).toEqual([
            '7',
            '水源涵养',
            '8',
          ]);
        }
        if (pages < 3) await insertRow(database, layer, datasetId, squareAt(100 + pages));
        pages += 1;
      }
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen).toHaveLength(43);
      expect(pages).toBe(7);
    });

    it('count all that match on every page, and have no next link on the last', async () => {
      const { numberMatched } = await service.getJson<Page>(`${items}?limit=1`);
      const whole = await service.getJson<Page>(`${items}?limit=${numberMatched}`);
      expect(whole).toMatchObject({ numberMatched, numberReturned: numberMatched });
      expect(whole.links.some((link) => link.rel === 'next')).toBe(false);
      const first = await service.getJson<Page>(`${items}?limit=${numberMatched - 1}`);
      const next = first.links.find((link) => link.rel === 'next')?.href ?? '';
      const last = (await (await fetch(next)).json()) as Page;
      expect(last).toMatchObject({ numberMatched, numberReturned: 1 });
    });
  });

  describe('of many pages', () => {
    it('are counted once while the layer does not change, and anew when it does', async () => {
      let explained = '';
      const watched: Database = {
        ...database,
        query: (text, params, options) => {
          if (/string_agg/.test(text)) explained = JSON.stringify(params);
          return database.query(text, params, options);
        },
      };
      const other = await startService(watched);
      const page = (after: string): Promise<Page> => other.getJson<Page>(`${items}?limit=2&after=${after}`);
      const { numberMatched } = await page('1');
      expect(explained).not.toContain(`,${numberMatched},`);
      expect((await page('2')).numberMatched).toBe(numberMatched);
      expect(explained).toContain(`,${numberMatched},`);
      await insertRow(database, layer, datasetId, squareAt(300));
      expect((await page('3')).numberMatched).toBe(numberMatched + 1);
      await other.close();
    });
  });

  describe('from the cache', () => {
    it('have an ETag that answers 304 until the layer changes', async () => {
      const first = await service.get(items);
      const etag = first.headers.get('etag') ?? '';
      expect(etag).toMatch(/^"[\w-]+"$/);
      expect(first.headers.get('cache-control')).toBe('no-cache');
      const again = await service.get(items, { 'if-none-match': `"other", W/${etag}` });
      expect(again.status).toBe(304);
      expect(await again.text()).toBe('');
      await insertRow(database, layer, datasetId, squareAt(200));
      const changed = await service.get(items, { 'if-none-match': etag });
      expect(changed.status).toBe(200);
      expect(((await changed.json()) as Page).features.map((feature) => feature.id)).toContain('S200');
    });

    it('are the same bytes in another process', async () => {
      const other = await startService(database, { config: { publicUrl: 'https://maps.example.org/lantu' } });
      const another = await startService(database, {
        config: { publicUrl: 'https://maps.example.org/lantu' },
      });
      const [one, two] = [await other.get(items), await another.get(items)];
      expect(one.headers.get('etag')).toBe(two.headers.get('etag'));
      expect(await one.text()).toBe(await two.text());
      await Promise.all([other.close(), another.close()]);
    });

    it('are computed once for equal questions at the same time, in whatever order they are put', async () => {
      let asked = 0;
      const counting: Database = {
        ...database,
        query: (text, params, options) => {
          if (/string_agg/.test(text)) asked += 1;
          return database.query(text, params, options);
        },
      };
      const counted = await startService(counting);
      const questions = ['?limit=5&precision=6', '?precision=6&limit=5'];
      await Promise.all(
        Array.from({ length: 20 }, (_, index) => counted.get(`${items}${questions[index % 2]}`)),
      );
      expect(asked).toBe(1);
      await counted.get(`${items}?limit=6&precision=6`);
      expect(asked).toBe(2);
      await counted.close();
    });

    it('are compressed for clients on other machines, each encoding with its own ETag', async () => {
      const proxied = await startService(database, { config: { trustProxy: 1 } });
      const remote = { 'x-forwarded-for': '192.0.2.7' };
      const etags = new Set<string | null>();
      for (const [accepted, encoding] of [
        ['br', 'br'],
        ['gzip', 'gzip'],
        ['gzip;q=0, identity', null],
      ] as const) {
        const response = await proxied.get(items, { ...remote, 'accept-encoding': accepted });
        expect(response.headers.get('content-encoding')).toBe(encoding);
        expect(response.headers.get('vary')).toContain('Accept-Encoding');
        expect(((await response.json()) as Page).features.length).toBeGreaterThan(40);
        etags.add(response.headers.get('etag'));
      }
      expect(etags.size).toBe(3);
      const local = await proxied.get(items, { 'accept-encoding': 'br, gzip' });
      expect(local.headers.get('content-encoding')).toBeNull();
      await proxied.close();
    });

    it('have a length but no body for HEAD', async () => {
      const whole = await (await service.get(items)).arrayBuffer();
      const head = await fetch(service.url + items, { method: 'HEAD' });
      expect(head.headers.get('content-length')).toBe(String(whole.byteLength));
    });
  });

  describe('under a public address', () => {
    it('have links with the base path and what a trusted proxy says', async () => {
      const proxied = await startService(database, { config: { basePath: '/lantu', trustProxy: 1 } });
      const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'maps.example.org' };
      const path = `${items}?limit=1`;
      const page = await proxied.getJson<Page>(path, forwarded);
      for (const link of page.links) expect(link.href).toMatch(/^https:\/\/maps\.example\.org\/lantu\/ogc\//);
      const direct = await proxied.getJson<Page>(path);
      for (const link of direct.links) expect(link.href.startsWith(`${proxied.url}/ogc/`)).toBe(true);
      await proxied.close();
    });

    it('do not believe a proxy that is not trusted', async () => {
      const page = await service.getJson<Page>(items, { 'x-forwarded-host': 'evil.example' });
      expect(JSON.stringify(page.links)).not.toContain('evil.example');
    });
  });
});
