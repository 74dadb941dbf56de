import { afterAll, beforeAll, expect, it } from 'vitest';
import { catalogue } from '../../geodata/catalogue/index.ts';
import { type SearchResponse, searchResponseSchema } from '../../geodata/contract/search.ts';
import type { Database } from '../../server/db/database.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { insertOddRows } from '../features/odd-rows.ts';
import { type ServiceUnderTest, startService } from '../features/service-under-test.ts';

const base = catalogue.filter((layer) => !layer.optional);

describeOnEngines('search', ({ open }) => {
  let database: Database;
  let service: ServiceUnderTest;
  const search = async (query: string, more = ''): Promise<SearchResponse> =>
    searchResponseSchema.parse(await service.getJson(`/api/search?q=${encodeURIComponent(query)}${more}`));
  const codes = ({ hits }: SearchResponse): string[] => [...new Set(hits.map((hit) => hit.code))];
  beforeAll(async () => {
    database = await open();
    await insertOddRows(database, base);
    await database.query(
      "update geo.county set name = '赣县区', name_sort = 'gan xian qu' where code = 'hole'",
      [],
      {
        class: 'bulk',
      },
    );
    await database.query(
      "update geo.county set name = '100%_\\纯', name_sort = '' where code = 'plain'",
      [],
      {
        class: 'bulk',
      },
    );
    service = await startService(database);
  });
  afterAll(() => service.close());

  it('finds a code in every layer, with title and extent', async () => {
    const found = await search('rings-wrong-way', '&limit=100');
    expect(found.hits.map((hit) => hit.layerId).sort()).toEqual(base.map((layer) => layer.id).sort());
    for (const hit of found.hits) {
      expect(hit.extent?.[0]).toBeCloseTo(115.3, 5);
      expect(hit.extent?.[3]).toBeCloseTo(25.6, 5);
    }
  });

  it('finds a part of a Chinese name and the beginning of its pinyin, spaced or not, in any case', async () => {
    for (const query of ['赣县', '县区', 'ganxian', 'Gan Xian', "gan'x"]) {
      expect((await search(query)).hits).toMatchObject([
        { layerId: 'counties', code: 'hole', title: '赣县区' },
      ]);
    }
    expect((await search('xianqu')).hits).toEqual([]);
  });

  it('takes %, _ and \\ for what they are', async () => {
    // The shorter title first.
    expect(codes(await search('%'))).toEqual(['plain', 'two, parts/100%']);
    expect((await search('0%_')).hits).toMatchObject([{ layerId: 'counties', code: 'plain' }]);
    expect((await search('_\\')).hits).toMatchObject([{ layerId: 'counties', code: 'plain' }]);
    expect((await search('p_ain')).hits).toEqual([]);
    expect((await search("' or true --")).hits).toEqual([]);
  });

  it('lists exact matches first and says when there is more', async () => {
    const found = await search('hole', '&limit=2');
    expect(found.truncated).toBe(true);
    expect(codes(found)).toEqual(['hole']);
    expect((await search('no such thing')).truncated).toBe(false);
  });

  it('has no extent for what has no place', async () => {
    const { hits } = await search('null-geometry');
    expect(hits.length).toBeGreaterThan(0);
    expect(hits.every((hit) => hit.extent === null)).toBe(true);
  });
});
