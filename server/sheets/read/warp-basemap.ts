/** The configured basemap as one picture that fills the frame of a sheet, in the CRS of the sheet. */
import { setImmediate as endOfTurn } from 'node:timers/promises';
import type { Basemap } from '../../basemap/basemap.ts';
import type { Queryable } from '../../db/database.ts';
import { namedSql } from '../../db/named-sql.ts';
import { BasemapUnavailableError } from '../../errors.ts';
import type { SheetPlan } from '../sheet-content.ts';
import { chooseTiles, fetchMosaic, type Mosaic } from './basemap-tiles.ts';

/** Lettering of web tiles is made for screens: finer than this it would be too small to be read on paper. */
const usualDpi = 150;
const mostPixels = 16_000_000;
/** Cells of the grid on which places are exact; between its corners they are interpolated. */
const gridCells = 32;
/** Rows that are computed before others get their turn. */
const rowsInTurn = 32;
const bands = 3;
const equatorRadius = 6_378_137;
const mercatorLimit = 85.05;

/** x and y in EPSG:3857 of the corners of the cells, row by row. */
type MercatorGrid = { x: Float64Array; y: Float64Array };

/** JPEG. Throws BasemapUnavailableError where the source does not give every tile. */
export async function warpBasemap(
  client: Queryable,
  basemap: Pick<Basemap, 'description' | 'tile'>,
  { map, scale }: Pick<SheetPlan, 'map' | 'scale'>,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const { frame } = map;
  const usual = (frame.width * frame.height * usualDpi ** 2) / 25.4 ** 2;
  const pixelsPerMm = (usualDpi / 25.4) * Math.min(1, Math.sqrt(mostPixels / usual));
  const width = Math.max(Math.round(frame.width * pixelsPerMm), 1);
  const height = Math.max(Math.round(frame.height * pixelsPerMm), 1);
  const { grid, cosine } = await mercatorGrid(client, map);
  const extent = {
    west: Math.min(...grid.x),
    south: Math.min(...grid.y),
    east: Math.max(...grid.x),
    north: Math.max(...grid.y),
  };
  // A metre on the ground is 1 / cos φ of Web Mercator.
  const metersPerPixel = scale / 1000 / pixelsPerMm / cosine;
  const block = chooseTiles(basemap.description, extent, metersPerPixel);
  const mosaic = await fetchMosaic(basemap, block, signal);
  const pixels = await resample(mosaic, grid, width, height, signal);
  const { default: sharp } = await import('sharp');
  const jpeg = await sharp(pixels, { raw: { width, height, channels: bands } })
    .jpeg({ quality: 88, chromaSubsampling: '4:4:4' })
    .toBuffer();
  return new Uint8Array(jpeg);
}

async function mercatorGrid(
  client: Queryable,
  { srid, minX, maxY, frame, metersPerMm }: SheetPlan['map'],
): Promise<{ grid: MercatorGrid; cosine: number }> {
  const size = [frame.width * metersPerMm, frame.height * metersPerMm];
  const [row] = await client.query<{ lng: number[]; lat: number[] }>(
    namedSql('sheets/outline-grid'),
    [srid, minX, maxY, ...size, gridCells, gridCells],
    { class: 'read', isRepeated: true, readsOnly: true },
  );
  if (row === undefined) throw new Error('the grid gave no row');
  const middle = row.lat[Math.floor(row.lat.length / 2)] ?? 0;
  if (![...row.lng, ...row.lat].every((each) => Number.isFinite(each))) throw beyondTiles();
  if (row.lat.some((each) => Math.abs(each) > mercatorLimit)) throw beyondTiles();
  return {
    grid: {
      x: Float64Array.from(row.lng, (lng) => equatorRadius * radians(lng)),
      y: Float64Array.from(row.lat, (lat) => equatorRadius * Math.asinh(Math.tan(radians(lat)))),
    },
    cosine: Math.cos(radians(middle)),
  };
}

/** RGB bytes of the picture: each pixel between the four of the mosaic round its centre. */
async function resample(
  mosaic: Mosaic,
  grid: MercatorGrid,
  width: number,
  height: number,
  signal: AbortSignal | undefined,
): Promise<Buffer> {
  const bytes = Buffer.alloc(width * height * bands);
  const columns = axisPlaces(width);
  const rows = axisPlaces(height);
  for (let row = 0; row < height; row += 1) {
    if (row % rowsInTurn === rowsInTurn - 1) {
      await endOfTurn();
      signal?.throwIfAborted();
    }
    const down = rows[row] ?? { cell: 0, share: 0 };
    const upper = down.cell * (gridCells + 1);
    const lower = upper + gridCells + 1;
    for (let column = 0; column < width; column += 1) {
      const across = columns[column] ?? { cell: 0, share: 0 };
      const x = between(grid.x, upper + across.cell, lower + across.cell, across.share, down.share);
      const y = between(grid.y, upper + across.cell, lower + across.cell, across.share, down.share);
      const fromLeft = (x - mosaic.west) / mosaic.metersPerPixel - 0.5;
      const fromTop = (mosaic.north - y) / mosaic.metersPerPixel - 0.5;
      writePixel(bytes, (row * width + column) * bands, mosaic, fromLeft, fromTop);
    }
  }
  return bytes;
}

type AxisPlace = { cell: number; share: number };

/** In which cell of the grid the centre of each pixel lies, and how far in it. */
function axisPlaces(pixels: number): AxisPlace[] {
  return Array.from({ length: pixels }, (_, index) => {
    const at = ((index + 0.5) / pixels) * gridCells;
    const cell = Math.min(Math.floor(at), gridCells - 1);
    return { cell, share: at - cell };
  });
}

function between(values: Float64Array, upper: number, lower: number, across: number, down: number): number {
  const above = (values[upper] ?? 0) * (1 - across) + (values[upper + 1] ?? 0) * across;
  const below = (values[lower] ?? 0) * (1 - across) + (values[lower + 1] ?? 0) * across;
  return above * (1 - down) + below * down;
}

function writePixel(
  bytes: Buffer,
  at: number,
  { pixels, width, height }: Mosaic,
  x: number,
  y: number,
): void {
  const left = Math.min(Math.max(Math.floor(x), 0), width - 2);
  const top = Math.min(Math.max(Math.floor(y), 0), height - 2);
  const right = Math.min(Math.max(x - left, 0), 1);
  const bottom = Math.min(Math.max(y - top, 0), 1);
  const first = (top * width + left) * bands;
  const second = first + width * bands;
  for (let band = 0; band < bands; band += 1) {
    const above = (pixels[first + band] ?? 0) * (1 - right) + (pixels[first + bands + band] ?? 0) * right;
    const below = (pixels[second + band] ?? 0) * (1 - right) + (pixels[second + bands + band] ?? 0) * right;
    bytes[at + band] = Math.round(above * (1 - bottom) + below * bottom);
  }
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}

function beyondTiles(): BasemapUnavailableError {
  return new BasemapUnavailableError({
    zh: '图幅超出底图的范围。',
    en: 'The sheet reaches beyond the basemap.',
  });
}
