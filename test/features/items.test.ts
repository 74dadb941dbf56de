import { valid as problemsOf } from 'geojson-validation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogue } from '../../geodata/catalogue/index.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { insertOddRows, oddRows, quotedName, realValue } from './odd-rows.ts';
import { type ServiceUnderTest, startService } from './service-under-test.ts';

type Position = [number, number];
type Feature = {
  type: 'Feature';
  id: string;
  geometry: { type: string; coordinates: unknown } | null;
  anchor?: Position | null;
  axis?: { type: string } | null;
  properties: Record<string, unknown>;
  links?: { rel: string; href: string }[];
};
type Collection = {
  numberMatched: number;
  numberReturned: number;
  features: Feature[];
  links: { rel: string; href: string }[];
};

const base = catalogue.filter((layer) => !layer.optional);
const crsUri = (code: number): string => `http://www.opengis.net/def/crs/EPSG/0/${code}`;

describeOnEngines('items', ({ open }) => {
  let service: ServiceUnderTest;
  beforeAll(async () => {
    const database = await open();
    await insertOddRows(database, base);
    service = await startService(database);
  });
  afterAll(() => service.close());

  const items = (layerId: string, query = ''): Promise<Collection> =>
    service.getJson<Collection>(`/ogc/collections/${layerId}/items${query}`);

  describe.each(base.map((layer) => [layer.id, layer] as const))('of %s', (id, layer) => {
    it('are valid GeoJSON with every row once, also those without a geometry', async () => {
      const collection = await items(id);
      expect(problemsOf(collection, true)).toEqual([]);
      expect(collection.features.map((feature) => feature.id)).toEqual(oddRows.map((row) => row.code));
      expect(collection).toMatchObject({ numberMatched: oddRows.length, numberReturned: oddRows.length });
      const without = collection.features.filter((feature) => feature.geometry === null);
      expect(without.map((feature) => feature.id)).toEqual(['null-geometry', 'empty-geometry']);
    });

    it('carry exactly the fields of the definition, in its order', async () => {
      const [first] = (await items(id, '?limit=1')).features;
      expect(Object.keys(first?.properties ?? {})).toEqual(layer.fields.map((field) => field.name));
    });

    it('keep a decimal point in real numbers', async () => {
      const stored = layer.fields.find((field) => field.type === 'real' && !field.computed);
      if (stored === undefined) return;
      const text = await (await service.get(`/ogc/collections/${id}/items?limit=1`)).text();
      expect(text).toContain(`"${stored.name}":${realValue}.0`);
    });

    it('turn outer rings counter-clockwise and holes clockwise, however they were stored', async () => {
      if (layer.table.geometryType !== 'MultiPolygon') return;
      const feature = await service.getJson<Feature>(`/ogc/collections/${id}/items/rings-wrong-way`);
      const [[outer, hole]] = feature.geometry?.coordinates as [[Position[], Position[]]];
      expect(signedArea(outer)).toBeGreaterThan(0);
      expect(signedArea(hole)).toBeLessThan(0);
    });

    it('give one feature by its code, whatever characters it has', async () => {
      const path = `/ogc/collections/${id}/items/${encodeURIComponent('two, parts/100%')}`;
      const feature = await service.getJson<Feature>(path);
      expect(feature.id).toBe('two, parts/100%');
      if ('name' in feature.properties) expect(feature.properties.name).toBe(quotedName);
      expect(feature.links?.find((link) => link.rel === 'self')?.href).toBe(service.url + path);
    });

    it('name anchor and axis where asked, and only there', async () => {
      const [plain] = (await items(id, '?derived=anchor,axis&limit=1')).features;
      expect('anchor' in (plain ?? {})).toBe(layer.table.anchor !== null);
      expect('axis' in (plain ?? {})).toBe(layer.table.axis !== null);
      if (layer.table.anchor !== null) {
        expect(plain?.anchor?.[0]).toBeCloseTo(115.005, 3);
        expect(plain?.anchor?.[1]).toBeCloseTo(25.505, 3);
      }
      if (layer.table.axis !== null) expect(plain?.axis?.type).toBe('MultiLineString');
      const [without] = (await items(id, '?limit=1')).features;
      expect(without).not.toHaveProperty('anchor');
      expect(without).not.toHaveProperty('axis');
    });

    it('leave geometries out on request', async () => {
      const collection = await items(id, '?skipGeometry=true');
      expect(collection.features.map((feature) => feature.geometry)).toEqual(oddRows.map(() => null));
    });

    it('are described by a schema that names their types', async () => {
      const collection = await service.getJson<{ links: { rel: string; href: string; type: string }[] }>(
        `/ogc/collections/${id}`,
      );
      const links = collection.links.filter((link) => /^described[bB]y$/.test(link.rel));
      expect(links.map((link) => link.rel).sort()).toEqual(['describedBy', 'describedby']);
      const schema = (await (await fetch(links[0]?.href ?? '')).json()) as {
        properties: { properties: { properties: Record<string, { type: string; title: string }> } };
      };
      const described = schema.properties.properties.properties;
      expect(Object.keys(described)).toEqual(layer.fields.map((field) => field.name));
      for (const field of layer.fields) {
        expect(described[field.name]?.title).toBe(field.title.zh);
        if (field.type === 'real') expect(described[field.name]?.type).toBe('number');
      }
    });

    it('can be filtered by each of the queryables', async () => {
      const queryables = await service.getJson<{ properties: Record<string, unknown> }>(
        `/ogc/collections/${id}/queryables`,
      );
      const filterable = layer.fields.filter((field) => field.filter);
      expect(Object.keys(queryables.properties)).toEqual([
        'geometry',
        ...filterable.map((field) => field.name),
      ]);
      const [first] = (await items(id, '?limit=1')).features;
      for (const field of filterable) {
        const value = first?.properties[field.name];
        if (value === null || value === undefined) continue;
        const found = await items(
          id,
          `?${field.name}=${encodeURIComponent(String(value).replaceAll(',', '\\,'))}`,
        );
        expect(found.features.map((feature) => feature.id)).toContain('plain');
      }
    });
  });

  it('are selected by what touches the bbox, not by what its own box touches', async () => {
    const inTheHole = await items('ecological_red_lines', '?bbox=115.14,25.54,115.16,25.56');
    expect(inTheHole.features).toEqual([]);
    const across = await items('ecological_red_lines', '?bbox=115.12,25.54,115.16,25.56');
    expect(across.features.map((feature) => feature.id)).toEqual(['hole']);
  });

  it.each([
    ['four numbers', 'bbox=114.99,25.49,115.02,25.52', ['plain']],
    ['six numbers', 'bbox=114.99,25.49,-10,115.02,25.52,3000', ['plain']],
    ['a point', 'bbox=115.005,25.505,115.005,25.505', ['plain']],
    ['a line', 'bbox=114.9,25.505,115.15,25.505', ['plain', 'hole']],
    ['a place without features', 'bbox=0,0,1,1', []],
    ['a box across the antimeridian', 'bbox=170,-10,-170,10', []],
    ['a box across the antimeridian and half the world', 'bbox=115,25,-170,26', undefined],
    ['latitude first', `bbox=25.49,114.99,25.52,115.02&bbox-crs=${crsUri(4490)}`, ['plain']],
    ['Web Mercator', `bbox=12801000,2937500,12804000,2939500&bbox-crs=${crsUri(3857)}`, ['plain']],
    [
      'the whole of Web Mercator',
      `bbox=-20037508.34,-20037508.34,20037508.34,20037508.34&bbox-crs=${crsUri(3857)}`,
      undefined,
    ],
    ['the bounds of a zone', `bbox=0,37000000,10000000,40000000&bbox-crs=${crsUri(4526)}`, undefined],
    ['northing first', `bbox=2821000,38600000,2823500,38602000&bbox-crs=${crsUri(4526)}`, ['plain']],
  ])('are selected by a bbox of %s', async (_name, query, expected) => {
    const found = (await items('ecological_red_lines', `?${query}`)).features.map((feature) => feature.id);
    expect(found).toEqual(
      expected ?? oddRows.filter((row) => !/geometry/.test(row.code)).map((row) => row.code),
    );
  });

  it('come in the axis order of the authority', async () => {
    const firstPosition = async (code: number): Promise<number[]> => {
      const query = `?code=plain&crs=${encodeURIComponent(crsUri(code))}`;
      const response = await service.get(`/ogc/collections/ecological_red_lines/items${query}`);
      expect(response.headers.get('content-crs')).toBe(`<${crsUri(code)}>`);
      const [feature] = ((await response.json()) as Collection).features;
      return (feature?.geometry?.coordinates as number[][][][])[0]?.[0]?.[0] ?? [];
    };
    expect(await firstPosition(4490)).toEqual([25.5, 115]);
    const [easting = 0, northing = 0] = await firstPosition(3857);
    expect([Math.round(easting / 1e4), Math.round(northing / 1e4)]).toEqual([1280, 294]);
    const [north = 0, east = 0] = await firstPosition(4526);
    expect([Math.round(north / 1e4), Math.round(east / 1e4)]).toEqual([282, 3860]);
  });

  it('have six decimals on the map and eight in downloads', async () => {
    const text = async (query: string): Promise<string> =>
      (await service.get(`/ogc/collections/ecological_red_lines/items/plain${query}`)).text();
    expect(await text('?crs=http://www.opengis.net/def/crs/EPSG/0/3857')).toMatch(/12801741\.\d{2},/);
    expect(await text('?precision=8&crs=http://www.opengis.net/def/crs/EPSG/0/3857')).toMatch(
      /12801741\.\d{4},/,
    );
  });

  it('take several values of one field and escaped commas', async () => {
    const both = await items('mine_sites', '?code=plain,hole');
    expect(both.features.map((feature) => feature.id)).toEqual(['plain', 'hole']);
    const escaped = await items('mine_sites', `?code=${encodeURIComponent('two\\, parts/100%')}`);
    expect(escaped.features.map((feature) => feature.id)).toEqual(['two, parts/100%']);
    const other = await items('mine_sites', '?code=plain&name=other');
    expect(other.numberMatched).toBe(0);
  });

  it('are selected by the day of their temporal field, and all where a layer has none', async () => {
    const matched = async (id: string, datetime: string): Promise<number> =>
      (await items(id, `?datetime=${encodeURIComponent(datetime)}`)).numberMatched;
    expect(await matched('mine_sites', '2024-02-29')).toBe(oddRows.length);
    // Still 29 February in Shanghai.
    expect(await matched('mine_sites', '2024-02-28T16:00:00Z')).toBe(oddRows.length);
    expect(await matched('mine_sites', '2024-02-28T15:59:59Z')).toBe(0);
    expect(await matched('mine_sites', '2024-03-01/..')).toBe(0);
    expect(await matched('mine_sites', '../2024-02-29')).toBe(oddRows.length);
    expect(await matched('counties', '1900-01-01')).toBe(oddRows.length);
  });

  it('are no collection until an optional layer has data', async () => {
    const optional = catalogue.filter((layer) => layer.optional);
    expect(optional.length).toBeGreaterThan(0);
    const { collections } = await service.getJson<{ collections: { id: string }[] }>('/ogc/collections');
    expect(collections.map((collection) => collection.id).sort()).toEqual(
      base.map((layer) => layer.id).sort(),
    );
    const asAdministrator = await service.signedIn('administrator');
    for (const layer of optional) {
      for (const path of ['', '/items', '/items/plain', '/tiles/WebMercatorQuad/0/0/0']) {
        const answer = await service.get(`/ogc/collections/${layer.id}${path}`, asAdministrator);
        expect(answer.status).toBe(404);
      }
    }
  });
});

function signedArea(ring: readonly Position[]): number {
  return ring.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = ring[(index + 1) % ring.length] ?? [x, y];
    return sum + x * nextY - nextX * y;
  }, 0);
}
