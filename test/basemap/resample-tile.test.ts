/** Web Mercator tiles made of geographic ones, read back pixel by pixel: place, seams, opacity. */
import { describe, expect, it } from 'vitest';
import type { Extent } from '../../geodata/domain/bbox.ts';
import { type Tile, tileExtentDegrees } from '../../geodata/domain/tile.ts';
import { type TileMatrixSet, tiandituC } from '../../geodata/domain/tile-matrix.ts';
import { planTile, type TilePlan } from '../../geodata/domain/tile-matrix-plan.ts';
import type { TilePicture } from '../../server/basemap/fetch-tile.ts';
import { type PlacedTile, resampleTile } from '../../server/basemap/resample-tile.ts';
import { paint, pixelCentre, plainTile, readPixels } from './synthetic-tiles.ts';

const tiandituSet = tiandituC(18);
const arcgisSet: TileMatrixSet = {
  crs: 'EPSG:4490',
  origin: [-400, 400],
  tileSize: 512,
  matrices: [8, 9, 10, 11].map((level) => ({
    id: String(level),
    resolution: 1.4078260157100582 / 2 ** level,
  })),
};

/** Tiles of zoom 9 and their southern neighbours round Ganzhou. */
const upper: Tile = { z: 9, x: 420, y: 216 };
const lower: Tile = { ...upper, y: 217 };

function planOf(set: TileMatrixSet, tile: Tile): TilePlan {
  const plan = planTile(set, tile);
  if (plan === null) throw new Error('no plan');
  return plan;
}

async function sourceTiles(
  set: TileMatrixSet,
  plan: TilePlan,
  color: (lng: number, lat: number) => [number, number, number, number],
): Promise<PlacedTile[]> {
  const tiles: PlacedTile[] = [];
  for (let row = plan.firstRow; row <= plan.lastRow; row += 1) {
    for (let column = plan.firstColumn; column <= plan.lastColumn; column += 1) {
      const place = { matrix: plan.matrix.id, row, column };
      const bytes = await paint(set.tileSize, (x, y) => color(...pixelCentre(set, place, [x, y])));
      tiles.push({ row, column, picture: { type: 'image/png', bytes } });
    }
  }
  return tiles;
}

/** Colours that run once over an extent in degrees and a little beyond: red with lng, green with lat. */
function ramp([west, south, east, north]: Extent) {
  const level = (value: number, from: number, to: number) =>
    Math.min(Math.max(Math.round(8 + (240 * (value - from)) / (to - from)), 0), 255);
  return {
    color: (lng: number, lat: number): [number, number, number, number] => [
      level(lng, west, east),
      level(lat, south, north),
      0,
      255,
    ],
    lngOf: (red: number) => west + ((red - 8) / 240) * (east - west),
    latOf: (green: number) => south + ((green - 8) / 240) * (north - south),
  };
}

describe.each([
  ['天地图 c', tiandituSet],
  ['an ArcGIS cache of 512 pixels from 400° W', arcgisSet],
] as const)('a tile made of %s', (_name, set) => {
  it.each([
    [0, 0],
    [64, 192],
    [128, 128],
    [192, 64],
    [192, 192],
  ])('shows every place within half a pixel of where it lies, from column %i and row %i on', async (x, y) => {
    const plan = planOf(set, upper);
    // The colours run over a window of 64 pixels: one step is a quarter of a pixel.
    const window = { z: upper.z + 2, x: upper.x * 4 + x / 64, y: upper.y * 4 + y / 64 };
    const { color, lngOf, latOf } = ramp(tileExtentDegrees(window));
    const made = await resampleTile(plan, set.tileSize, await sourceTiles(set, plan, color));
    expect(made.type).toBe('image/png');
    const picture = await readPixels(made.bytes);
    expect(picture.size).toBe(256);
    let worstPixels = 0;
    for (let row = y; row < y + 64; row += 3) {
      for (let column = x; column < x + 64; column += 3) {
        const { red, green, alpha } = picture.at(column, row);
        expect(alpha).toBe(255);
        const pixel = { z: upper.z + 8, x: upper.x * 256 + column, y: upper.y * 256 + row };
        const [west, south, east, north] = tileExtentDegrees(pixel);
        const acrossPixels = Math.abs(lngOf(red) - (west + east) / 2) / (east - west);
        const alongPixels = Math.abs(latOf(green) - (south + north) / 2) / (north - south);
        worstPixels = Math.max(worstPixels, acrossPixels, alongPixels);
      }
    }
    expect(worstPixels).toBeLessThan(0.5);
  });

  it('meets its neighbour without a seam', async () => {
    const [, , , north] = tileExtentDegrees(upper);
    const [west, south, east] = tileExtentDegrees(lower);
    const { color } = ramp([west, south, east, north]);
    const [above, below] = await Promise.all(
      [upper, lower].map(async (tile) => {
        const plan = planOf(set, tile);
        const made = await resampleTile(plan, set.tileSize, await sourceTiles(set, plan, color));
        return readPixels(made.bytes);
      }),
    );
    if (above === undefined || below === undefined) throw new Error('not made');
    for (let column = 0; column < 256; column += 1) {
      const [over, last, first] = [above.at(column, 254), above.at(column, 255), below.at(column, 0)];
      // From tile to tile the colour steps no more than from row to row.
      expect(Math.abs(last.green - first.green)).toBeLessThanOrEqual(Math.abs(over.green - last.green) + 1);
      expect(last.red).toBe(first.red);
    }
  });
});

describe('what is transparent', () => {
  const plan = planOf(tiandituSet, upper);

  it('stays so where the source has no picture, beside a row that has one', async () => {
    // The grid line 26.71875° N of 天地图 c crosses this tile: two rows of source tiles.
    expect(plan.lastRow - plan.firstRow).toBe(1);
    const picture: TilePicture = { type: 'image/jpeg', bytes: await plainTile([200, 40, 40]) };
    const made = await resampleTile(plan, 256, [
      { row: plan.firstRow, column: plan.firstColumn, picture },
      { row: plan.lastRow, column: plan.firstColumn, picture: null },
    ]);
    expect(made.type).toBe('image/png');
    const pixels = await readPixels(made.bytes);
    expect(pixels.at(10, 0)).toEqual({ red: 200, green: 40, blue: 40, alpha: 255 });
    expect(pixels.at(10, 255).alpha).toBe(0);
  });

  it('lends no colour to the edge of lettering', async () => {
    const lettering = await paint(256, (_x, y) => (y % 8 < 4 ? [0, 0, 0, 0] : [250, 250, 250, 255]));
    const tiles = [plan.firstRow, plan.lastRow].map((row) => ({
      row,
      column: plan.firstColumn,
      picture: { type: 'image/png' as const, bytes: lettering },
    }));
    const pixels = await readPixels((await resampleTile(plan, 256, tiles)).bytes);
    let soft = 0;
    for (let row = 0; row < 256; row += 1) {
      const { red, alpha } = pixels.at(128, row);
      if (alpha > 20 && alpha < 235) soft += 1;
      if (alpha > 20) expect(red).toBeGreaterThan(240);
    }
    expect(soft).toBeGreaterThan(20);
  });
});

it('refuses pictures of another size than the grid has', async () => {
  const plan = planOf(tiandituSet, upper);
  const picture: TilePicture = { type: 'image/png', bytes: await plainTile([1, 2, 3], 128) };
  const tiles = [{ row: plan.firstRow, column: plan.firstColumn, picture }];
  await expect(resampleTile(plan, 256, tiles)).rejects.toThrow(/128/);
});

it('makes a JPEG of pictures without gaps', async () => {
  const plan = planOf(tiandituSet, upper);
  const picture: TilePicture = { type: 'image/jpeg', bytes: await plainTile([10, 90, 30]) };
  const tiles = [plan.firstRow, plan.lastRow].map((row) => ({ row, column: plan.firstColumn, picture }));
  const made = await resampleTile(plan, 256, tiles);
  expect(made.type).toBe('image/jpeg');
  expect(made.bytes.subarray(0, 2).toString('hex')).toBe('ffd8');
});
