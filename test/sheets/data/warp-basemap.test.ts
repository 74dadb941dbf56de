/** The basemap in the frame: every pixel shows the place it lies at, and without all tiles there is no basemap. */
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SheetSpecInput } from '../../../geodata/contract/sheets.ts';
import { findCrs, toLngLat } from '../../../geodata/domain/crs.ts';
import { type Tile, tileExtent3857 } from '../../../geodata/domain/tile.ts';
import type { Database } from '../../../server/db/database.ts';
import { BasemapUnavailableError } from '../../../server/errors.ts';
import { chooseTiles, mostTiles } from '../../../server/sheets/read/basemap-tiles.ts';
import type { SheetSources } from '../../../server/sheets/sheet-sources.ts';
import { paint } from '../../basemap/synthetic-tiles.ts';
import { describeOnEngines } from '../../engines/on-engines.ts';
import { newDataset } from '../../fixtures/datasets.ts';
import { sheetsOf } from './sheets-under-test.ts';

const west = 12_750_000;
const north = 3_010_000;
/** Metres of EPSG:3857 for one step of colour. */
const step = 1_000;

const painted = new Map<string, Promise<Buffer>>();

/** Red tells how far east, green how far south, of every pixel. */
function placesAsColours(
  asked: Tile[],
  failing: (tile: Tile, time: number) => boolean,
): SheetSources['basemap'] {
  const times = new Map<string, number>();
  return {
    description: {
      title: { zh: '底图', en: 'Basemap' },
      attribution: { zh: '来源:试验', en: 'Source: test' },
      layers: [{ id: 'ground' }],
      minzoom: 3,
      maxzoom: 9,
      version: 'x',
    },
    async tile(_layer, tile) {
      asked.push(tile);
      const key = JSON.stringify(tile);
      times.set(key, (times.get(key) ?? 0) + 1);
      if (failing(tile, times.get(key) ?? 0)) throw new BasemapUnavailableError({ zh: '慢', en: 'slow' });
      const [minX, , maxX, maxY] = tileExtent3857(tile);
      const pixel = (maxX - minX) / 256;
      const level = (distance: number): number => Math.min(Math.max(distance / step, 0), 255);
      const bytes = await (painted.get(key) ??
        paint(256, (column, row) => [
          level(minX + (column + 0.5) * pixel - west),
          level(north - maxY + (row + 0.5) * pixel),
          128,
          255,
        ]));
      painted.set(key, Promise.resolve(bytes));
      return { bytes, type: 'image/png' };
    },
  };
}

describeOnEngines('the basemap of a sheet', ({ open }) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
    await newDataset(database, 'rivers', 'sample');
  });
  const spec = (srid: number): SheetSpecInput => ({
    template: 'picture',
    paper: 'A4',
    srid,
    area: { kind: 'extent', extent: [115, 25, 115.9, 25.6] },
    layers: [{ id: 'rivers' }],
    basemap: true,
  });

  it.each([4547, 4548, 4490, 3857])('lies where it belongs in EPSG:%i', async (srid) => {
    const asked: Tile[] = [];
    const sheets = sheetsOf(database, { basemap: placesAsColours(asked, () => false) });
    const { plan, basemap } = await sheets.read(spec(srid));
    expect(plan.notices.map(({ id }) => id)).not.toContain('basemap_unavailable');
    expect(basemap?.attribution).toBe('来源:试验');
    const { data, info } = await sharp(basemap?.bytes).raw().toBuffer({ resolveWithObject: true });
    const { frame, minX, maxY, metersPerMm } = plan.map;
    expect(info.width / frame.width).toBeCloseTo(150 / 25.4, 1);
    const crs = findCrs(srid);
    const mercator = findCrs(3857);
    if (crs === undefined || mercator === undefined) throw new Error('no CRS');
    for (const [across, down] of [
      [0.02, 0.02],
      [0.97, 0.04],
      [0.03, 0.96],
      [0.98, 0.97],
      [0.5, 0.5],
    ] as const) {
      const [column, row] = [Math.floor(across * info.width), Math.floor(down * info.height)];
      const [x, y] = [
        ((column + 0.5) / info.width) * frame.width,
        ((row + 0.5) / info.height) * frame.height,
      ];
      const [lng, lat] = toLngLat(crs, [minX + x * metersPerMm, maxY - y * metersPerMm]);
      const radius = 6_378_137;
      const east = (lng * Math.PI * radius) / 180 - west;
      const south = north - radius * Math.asinh(Math.tan((lat * Math.PI) / 180));
      const at = (row * info.width + column) * info.channels;
      expect(Math.abs((data[at] ?? 0) - east / step)).toBeLessThan(3);
      expect(Math.abs((data[at + 1] ?? 0) - south / step)).toBeLessThan(3);
    }
    expect(asked.length).toBeLessThanOrEqual(mostTiles);
  });

  it('waits for a tile that comes late, and goes without the whole where one never comes', async () => {
    const late = sheetsOf(database, { basemap: placesAsColours([], (_tile, time) => time < 2) });
    expect((await late.read(spec(4547))).basemap).not.toBeNull();
    const never = sheetsOf(database, { basemap: placesAsColours([], ({ x }) => x % 2 === 1) });
    const content = await never.read(spec(4547));
    expect(content.basemap).toBeNull();
    expect(content.plan.notices).toContainEqual(
      expect.objectContaining({ id: 'basemap_unavailable', severity: 'warning' }),
    );
  });
});

describe('tiles for a sheet', () => {
  const description = { minzoom: 3, maxzoom: 12, layers: [{ id: 'ground' }, { id: 'lettering' }] };
  const square = (side: number) => ({
    west: 12_800_000,
    south: 2_900_000,
    east: 12_800_000 + side,
    north: 2_900_000 + side,
  });

  it('are as fine as the paper shows, within the zooms there are', () => {
    expect(chooseTiles(description, square(100_000), 152).zoom).toBe(10);
    expect(chooseTiles(description, square(1_000), 0.5).zoom).toBe(12);
    expect(chooseTiles(description, square(4_000_000), 100_000).zoom).toBe(3);
  });

  it('are coarser where they would be too many, never more than one sheet may ask for', () => {
    const block = chooseTiles(description, square(2_000_000), 100);
    expect(block.columns * block.rows * 2).toBeLessThanOrEqual(mostTiles);
    expect(block.zoom).toBeLessThan(11);
    expect(() => chooseTiles({ ...description, minzoom: 12 }, square(2_000_000), 100)).toThrow(
      BasemapUnavailableError,
    );
  });
});
