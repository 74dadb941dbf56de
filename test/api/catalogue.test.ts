import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogue } from '../../geodata/catalogue/index.ts';
import { defineLayer, type LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import { type CatalogueResponse, catalogueResponseSchema } from '../../geodata/contract/catalogue.ts';
import { checkCatalogue } from '../../server/catalogue/check-catalogue.ts';
import type { Database } from '../../server/db/database.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { insertOddRows, oddRows } from '../features/odd-rows.ts';
import { type ServiceUnderTest, startService } from '../features/service-under-test.ts';

const base = catalogue.filter((layer) => !layer.optional);
const counties = catalogue.find((layer) => layer.id === 'counties') as LayerDefinition;

describeOnEngines('the catalogue', ({ open }) => {
  let database: Database;
  let service: ServiceUnderTest;
  const read = (): Promise<CatalogueResponse> => service.getJson<CatalogueResponse>('/api/catalogue');
  beforeAll(async () => {
    database = await open();
    service = await startService(database);
  });
  afterAll(() => service.close());

  it('of an empty database has every layer, none of them loaded', async () => {
    const answer = catalogueResponseSchema.parse(await read());
    expect(answer.layers.map((layer) => layer.definition.id)).toEqual(catalogue.map((layer) => layer.id));
    expect(answer.layers.every((layer) => layer.state === 'not-loaded' && layer.extent === null)).toBe(true);
    expect(answer).toMatchObject({ dataAsOf: null, hasSampleData: false });
  });

  it('tells after an import what came, and keeps the definitions whole', async () => {
    const before = await service.get('/api/catalogue');
    await insertOddRows(database, base);
    const after = await service.get('/api/catalogue', { 'if-none-match': before.headers.get('etag') ?? '' });
    expect(after.status).toBe(200);
    const answer = catalogueResponseSchema.parse(await after.json());
    expect(answer).toMatchObject({
      dataAsOf: { oldest: '2025-09-30', newest: '2025-09-30' },
      hasSampleData: true,
    });
    for (const layer of answer.layers) {
      const definition = catalogue.find((each) => each.id === layer.definition.id);
      expect(layer.definition).toEqual(definition);
      expect(layer.state).toBe(definition?.optional ? 'not-loaded' : 'loaded');
      if (definition?.optional) continue;
      expect(layer.featureCount).toBe(oddRows.length);
      expect(layer.extent?.map((edge) => Math.round(edge * 100) / 100).slice(0, 2)).toEqual([115, 25.5]);
      expect(layer.datasets).toMatchObject([{ kind: 'sample', asOf: '2025-09-30' }]);
      const counted = Object.values(layer.categoryCounts).reduce((sum, count) => sum + count, 0);
      const entries = definition?.style.categories?.entries ?? [];
      expect(Object.keys(layer.categoryCounts)).toEqual(entries.map((entry) => entry.id));
      expect(counted).toBe(entries.length === 0 ? 0 : oddRows.length);
    }
  });

  it('has the map draw from tiles what has more features than the definition says', async () => {
    const few = { ...counties, tilesAboveFeatures: oddRows.length - 1 };
    const layers = catalogue.map((layer) => (layer === counties ? few : layer));
    const other = await startService(database, { catalogue: layers });
    const answer = await other.getJson<CatalogueResponse>('/api/catalogue');
    const drawn = Object.fromEntries(answer.layers.map((layer) => [layer.definition.id, layer.drawFrom]));
    expect(drawn).toMatchObject({ counties: 'tiles', rivers: 'geojson' });
    await other.close();
  });

  it('agrees with the tables of a migrated database', async () => {
    await expect(checkCatalogue(database, catalogue)).resolves.toBeUndefined();
  });

  describe('that does not agree with the tables', () => {
    const changed = (change: Partial<LayerDefinition> | { table: Partial<LayerDefinition['table']> }) =>
      defineLayer({
        ...counties,
        ...change,
        table: { ...counties.table, ...change.table },
      } as LayerDefinition);

    it.each([
      ['a table that is not there', changed({ table: { name: 'nowhere' } }), 'no table geo.nowhere'],
      ['a column that is not there', changed({ table: { anchor: 'middle' } }), 'no column middle'],
      [
        'another geometry type',
        changed({ table: { geometryType: 'MultiLineString' } }),
        'geometry(MultiLineString,4490)',
      ],
      [
        'a geometry without an index',
        changed({ table: { geometry: 'anchor', geometryType: 'MultiPolygon' } }),
        'no GiST index',
      ],
      ['a code that may repeat', changed({ table: { code: 'name' } }), 'no unique index'],
      [
        'another type of field',
        changed({
          fields: counties.fields.map((field) =>
            field.name === 'name_en' ? { ...field, type: 'integer' } : field,
          ),
        }),
        'name_en is text, not integer',
      ],
    ])('is refused for %s', async (_name, layer, words) => {
      await expect(checkCatalogue(database, [layer])).rejects.toThrow(words);
    });
  });
});
