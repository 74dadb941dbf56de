/** Tiles of every layer, against ST_AsMVT on the server engine and against golden texts on both. */
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogue } from '../../geodata/catalogue/index.ts';
import { columnOf, type LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import type { Tile } from '../../geodata/domain/tile.ts';
import type { Database } from '../../server/db/database.ts';
import { describeOnEngines } from '../engines/on-engines.ts';
import { type DecodedTile, decodeTile, tileText } from './decode-tile.ts';
import { insertOddRows } from './odd-rows.ts';
import { type ServiceUnderTest, startService } from './service-under-test.ts';

const base = catalogue.filter((layer) => !layer.optional);

function tileAt([lng, lat]: [number, number], z: number): Tile {
  const side = 2 ** z;
  const y = (1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2;
  return { z, x: Math.floor(((lng + 180) / 360) * side), y: Math.floor(y * side) };
}

/** Where the odd rows lie, from a tile with nearly all of them to one inside a single shape. */
const tiles: [name: string, tile: Tile][] = [
  ['nearly all rows', tileAt([115.2, 25.5], 6)],
  ['the western rows', tileAt([115.2, 25.5], 8)],
  ['the plain square', tileAt([115.005, 25.505], 13)],
  ['a corner of the hole', tileAt([115.131, 25.531], 12)],
  ['an edge of two parts', tileAt([115.72, 25.51], 14)],
  ['inside one shape', tileAt([115.11, 25.51], 15)],
];

describeOnEngines('tiles', ({ open, engine }) => {
  let database: Database;
  let service: ServiceUnderTest;
  beforeAll(async () => {
    database = await open();
    await insertOddRows(database, base);
    service = await startService(database);
  });
  afterAll(() => service.close());

  const read = (layerId: string, tile: Tile): Promise<DecodedTile> => readFrom(service, layerId, tile);
  const readFrom = async (
    from: ServiceUnderTest,
    layerId: string,
    { z, y, x }: Tile,
  ): Promise<DecodedTile> => {
    const response = await from.get(`/ogc/collections/${layerId}/tiles/WebMercatorQuad/${z}/${y}/${x}`);
    if (response.status === 204) return {};
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/vnd.mapbox-vector-tile');
    return decodeTile(new Uint8Array(await response.arrayBuffer()));
  };

  it.each(
    base.map((layer) => [layer.id, layer] as const),
  )('of %s are as in the golden text', async (id, layer) => {
    const texts: string[] = [];
    for (const [name, tile] of tiles) {
      texts.push(`# ${name}: ${tile.z}/${tile.y}/${tile.x}\n${tileText(await read(layer.id, tile))}`);
    }
    const file = new URL(`../golden/tiles/${id}.txt`, import.meta.url);
    if (process.env.UPDATE_GOLDEN === '1' && engine === 'embedded') writeFileSync(file, texts.join('\n'));
    expect(texts.join('\n')).toBe(readFileSync(file, 'utf8'));
  });

  it('are the same asked for together as one by one', async () => {
    const around = (name: string, side: number): Tile[] => {
      const [, centre] = tiles.find(([known]) => known === name) ?? [];
      if (centre === undefined) throw new Error(`no tile ${name}`);
      return Array.from({ length: side * side }, (_, index) => ({
        z: centre.z,
        x: centre.x + (index % side) - 1,
        y: centre.y + Math.floor(index / side) - 1,
      }));
    };
    for (const id of ['ecological_red_lines', 'mine_sites', 'biodiversity_corridors']) {
      const asked = [...around('the plain square', 5), ...around('a corner of the hole', 5)];
      const alone: string[] = [];
      for (const tile of asked) alone.push(tileText(await read(id, tile)));
      const other = await startService(database);
      try {
        const together = await Promise.all(asked.map((tile) => readFrom(other, id, tile)));
        expect(together.map(tileText)).toEqual(alone);
        expect(new Set(alone).size).toBeGreaterThan(1);
      } finally {
        await other.close();
      }
    }
  });

  it('turn outer rings clockwise on screen and holes the other way', async () => {
    for (const [, tile] of tiles) {
      for (const feature of (await read('ecological_red_lines', tile)).ecological_red_lines ?? []) {
        if (feature.properties.code === 'bow-tie') continue;
        const areas = feature.parts.map(doubleArea);
        expect(areas[0]).toBeGreaterThan(0);
        const holes = feature.properties.code === 'two, parts/100%' ? [] : areas.slice(1);
        for (const area of holes) expect(area).toBeLessThan(0);
      }
    }
  });

  it('keep an invalid shape inside itself, also where it is cut', async () => {
    const crossing = tileAt([115.555, 25.54], 14);
    const features = (await read('ecological_red_lines', crossing)).ecological_red_lines ?? [];
    const bowTie = features.find((feature) => feature.properties.code === 'bow-tie');
    expect(bowTie).toBeDefined();
    // The clip of an invalid ring by the database would cover nearly the whole tile.
    const covered = Math.abs(doubleArea(bowTie?.parts[0] ?? [])) / 2;
    expect(covered).toBeLessThan(0.8 * 4224 * 4224);
    for (const [x, y] of bowTie?.parts.flat() ?? []) {
      expect(x).toBeGreaterThanOrEqual(-64);
      expect(y).toBeLessThanOrEqual(4160);
    }
  });

  it('are 204 without a body where nothing is', async () => {
    const response = await service.get('/ogc/collections/mine_sites/tiles/WebMercatorQuad/5/16/16');
    expect(response.status).toBe(204);
    expect(await response.text()).toBe('');
  });

  it('leave features smaller than a pixel out at low zooms and say how many, but keep symbols', async () => {
    const { z, y, x } = tileAt([115.4, 25.5], 2);
    const response = await service.get(`/ogc/collections/mine_sites/tiles/WebMercatorQuad/${z}/${y}/${x}`);
    const tile = decodeTile(new Uint8Array(await response.arrayBuffer()));
    expect(tile.mine_sites).toBeUndefined();
    expect(response.headers.get('x-lantu-left-out')).toBe('5');
    expect(tile.mine_sites_anchor).toHaveLength(5);
    const close = await service.get(pathOf('mine_sites', tileAt([115.005, 25.505], 13)));
    expect(close.headers.get('x-lantu-left-out')).toBe('0');
  });

  it('are announced by TileJSON with their layers, fields and zooms', async () => {
    for (const layer of base) {
      const tileset = await service.getJson<{
        tilejson: string;
        tiles: string[];
        minzoom: number;
        maxzoom: number;
        bounds: number[];
        vector_layers: { id: string; fields: Record<string, string> }[];
      }>(`/ogc/collections/${layer.id}/tiles/WebMercatorQuad`);
      expect(tileset).toMatchObject({ tilejson: '3.0.0', ...layer.tiles });
      const [template = ''] = tileset.tiles;
      const { z, y, x } = tileAt([115.4, 25.5], 8);
      const address = template.replace('{z}', String(z)).replace('{y}', String(y)).replace('{x}', String(x));
      const tile = decodeTile(new Uint8Array(await (await fetch(address)).arrayBuffer()));
      const announced = new Map(tileset.vector_layers.map((each) => [each.id, each.fields]));
      for (const [name, features] of Object.entries(tile)) {
        for (const feature of features) {
          expect(Object.keys(announced.get(name) ?? {})).toEqual(
            expect.arrayContaining(Object.keys(feature.properties)),
          );
        }
      }
      expect(tileset.bounds[0]).toBeLessThanOrEqual(115);
    }
  });

  if (engine === 'server') {
    describe('beside those of ST_AsMVT', () => {
      it.each(base.map((layer) => [layer.id, layer] as const))('of %s are the same', async (_id, layer) => {
        let compared = 0;
        for (const [, tile] of tiles) {
          const ours = (await read(layer.id, tile))[layer.id] ?? [];
          const theirs = (await readOracle(database, layer, tile))[layer.id] ?? [];
          // An invalid shape is repaired there and drawn as it is here.
          const valid = (each: { properties: { code?: unknown } }): boolean =>
            each.properties.code !== 'bow-tie';
          expect(ours.filter(valid).map((each) => each.properties)).toEqual(
            theirs.filter(valid).map((each) => each.properties),
          );
          for (const [index, feature] of ours.filter(valid).entries()) {
            const other = theirs.filter(valid)[index];
            expect(feature.id).toBe(other?.id);
            expect(feature.type).toBe(other?.type);
            expect(farthest(feature.parts, other?.parts ?? [])).toBeLessThanOrEqual(Math.SQRT2);
            expect(farthest(other?.parts ?? [], feature.parts)).toBeLessThanOrEqual(Math.SQRT2);
            compared += 1;
          }
        }
        expect(compared).toBeGreaterThan(5);
      });
    });
  }
});

function pathOf(layerId: string, { z, y, x }: Tile): string {
  return `/ogc/collections/${layerId}/tiles/WebMercatorQuad/${z}/${y}/${x}`;
}

/** The tile as PostGIS makes it whole, with the same buffer, properties and rule for what is too small. */
async function readOracle(
  database: Database,
  layer: LayerDefinition,
  { z, x, y }: Tile,
): Promise<DecodedTile> {
  const columns = layer.fields.filter((field) => field.tile).map((field) => `f."${columnOf(field)}"`);
  const [row] = await database.query<{ tile: Buffer }>(
    `select ST_AsMVT(t, '${layer.id}', 4096, 'shape', 'id') as tile
     from (
       select f.id, ST_AsMVTGeom(ST_Transform(f.geom, 3857), ST_TileEnvelope($1, $2, $3), 4096, 64) as shape,
         ${columns.join(', ')}
       from "${layer.table.schema}"."${layer.table.name}" as f
       where f.geom && ST_Transform(ST_TileEnvelope($1, $2, $3, margin => 64.0 / 4096), 4490)
         and greatest(ST_XMax(f.geom) - ST_XMin(f.geom), ST_YMax(f.geom) - ST_YMin(f.geom)) >= 360 / 2 ^ $1 / 512
       order by f.id) as t
     where t.shape is not null`,
    [z, x, y],
    { class: 'read' },
  );
  return row === undefined ? {} : decodeTile(new Uint8Array(row.tile));
}

/** Greatest distance from a vertex of `parts` to the nearest edge of `others`, in tile units. */
function farthest(parts: [number, number][][], others: [number, number][][]): number {
  const edges = others.flatMap((part) => part.slice(1).map((to, index) => [part[index] ?? to, to] as const));
  return Math.max(
    0,
    ...parts.flat().map((point) => Math.min(...edges.map(([from, to]) => distanceToEdge(point, from, to)))),
  );
}

function distanceToEdge(
  [x, y]: [number, number],
  [x1, y1]: [number, number],
  [x2, y2]: [number, number],
): number {
  const length = (x2 - x1) ** 2 + (y2 - y1) ** 2;
  const share =
    length === 0 ? 0 : Math.min(1, Math.max(0, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length));
  return Math.hypot(x - x1 - share * (x2 - x1), y - y1 - share * (y2 - y1));
}

function doubleArea(ring: readonly [number, number][]): number {
  return ring.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = ring[(index + 1) % ring.length] ?? [x, y];
    return sum + x * nextY - nextX * y;
  }, 0);
}
