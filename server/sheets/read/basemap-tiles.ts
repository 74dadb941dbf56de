/** Which tiles of the basemap a sheet needs, and all of them as one picture. */
import { setTimeout as pause } from 'node:timers/promises';
import type { OverlayOptions } from 'sharp';
import { mercatorHalfMeters, type Tile } from '../../../geodata/domain/tile.ts';
import type { Basemap } from '../../basemap/basemap.ts';
import type { TilePicture } from '../../basemap/fetch-tile.ts';
import { BasemapUnavailableError } from '../../errors.ts';

type TileSource = Pick<Basemap, 'description' | 'tile'>;
/** In metres of EPSG:3857. */
type MercatorExtent = { west: number; south: number; east: number; north: number };
type TileBlock = { zoom: number; left: number; top: number; columns: number; rows: number };

const tilePixels = 256;
/** Of all layers together: bounds what one sheet asks of the source, and memory. */
export const mostTiles = 256;
const atOnce = 8;
/** All tiles of a sheet have to have come by then. */
const patienceMs = 30_000;
const attempts = 3;

/**
 * The block of tiles that covers the extent with pixels about as fine as `metersPerPixel` (of EPSG:3857), coarser where that would
 * be too many. Throws BasemapUnavailableError where even the coarsest zoom has too many.
 */
export function chooseTiles(
  { minzoom, maxzoom, layers }: Pick<TileSource['description'], 'minzoom' | 'maxzoom' | 'layers'>,
  extent: MercatorExtent,
  metersPerPixel: number,
): TileBlock {
  const wanted = Math.round(Math.log2((2 * mercatorHalfMeters) / tilePixels / metersPerPixel));
  for (let zoom = Math.min(Math.max(wanted, minzoom), maxzoom); zoom >= minzoom; zoom -= 1) {
    const block = blockAt(zoom, extent);
    if (block.columns * block.rows * layers.length <= mostTiles) return block;
  }
  throw new BasemapUnavailableError({
    zh: '图幅范围太大,底图的瓦片超过一张图可用的数量。',
    en: 'The sheet covers more of the basemap than one sheet may ask for.',
  });
}

function blockAt(zoom: number, { west, south, east, north }: MercatorExtent): TileBlock {
  const last = 2 ** zoom - 1;
  const side = (2 * mercatorHalfMeters) / 2 ** zoom;
  const index = (distance: number): number => Math.min(Math.max(Math.floor(distance / side), 0), last);
  const left = index(west + mercatorHalfMeters);
  const top = index(mercatorHalfMeters - north);
  const right = index(east + mercatorHalfMeters);
  const bottom = index(mercatorHalfMeters - south);
  return { zoom, left, top, columns: right - left + 1, rows: bottom - top + 1 };
}

/** A picture of RGB bytes, and where it lies in EPSG:3857. */
export type Mosaic = {
  pixels: Buffer;
  width: number;
  height: number;
  west: number;
  north: number;
  metersPerPixel: number;
};

/** The layers of the basemap over each other on white. Throws BasemapUnavailableError where a tile does not come. */
export async function fetchMosaic(
  basemap: TileSource,
  block: TileBlock,
  signal?: AbortSignal,
): Promise<Mosaic> {
  const { zoom, left, top, columns, rows } = block;
  const wanted = basemap.description.layers.flatMap(({ id }, layer) =>
    Array.from({ length: columns * rows }, (_, at) => ({
      id,
      layer,
      column: at % columns,
      row: Math.floor(at / columns),
    })),
  );
  const deadline = Date.now() + patienceMs;
  const overlays: OverlayOptions[] = [];
  const layerOf = new Map<OverlayOptions, number>();
  const queue = wanted.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const { id, layer, column, row } of queue) {
        signal?.throwIfAborted();
        const tile = { z: zoom, x: left + column, y: top + row };
        const picture = await fetchTile(basemap, id, tile, deadline);
        if (picture === null) continue;
        const overlay = { input: picture.bytes, left: column * tilePixels, top: row * tilePixels };
        overlays.push(overlay);
        layerOf.set(overlay, layer);
      }
    }),
  );
  overlays.sort((a, b) => (layerOf.get(a) ?? 0) - (layerOf.get(b) ?? 0));
  const [width, height] = [columns * tilePixels, rows * tilePixels];
  // The library is loaded when first needed: without a basemap the service starts and runs without it.
  const { default: sharp } = await import('sharp');
  const pixels = await sharp({ create: { width, height, channels: 3, background: '#FFFFFF' } })
    .composite(overlays)
    .removeAlpha()
    .raw()
    .toBuffer();
  const metersPerPixel = (2 * mercatorHalfMeters) / 2 ** zoom / tilePixels;
  return {
    pixels,
    width,
    height,
    west: left * tilePixels * metersPerPixel - mercatorHalfMeters,
    north: mercatorHalfMeters - top * tilePixels * metersPerPixel,
    metersPerPixel,
  };
}

/** A source that is only slow goes on behind the refusal, so asking again finds what has come meanwhile. */
async function fetchTile(
  basemap: TileSource,
  layer: string,
  tile: Tile,
  deadline: number,
): Promise<TilePicture | null> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await basemap.tile(layer, tile);
    } catch (error) {
      const mayRetry =
        error instanceof BasemapUnavailableError && attempt < attempts && Date.now() < deadline;
      if (!mayRetry) throw error;
      await pause(200 * attempt);
    }
  }
}
