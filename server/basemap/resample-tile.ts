/** Carries out a tile plan: source tiles decoded side by side, resampled row by row, and encoded again. */
import type { Sharp, SharpOptions } from 'sharp';
import { outputTileSize, type Taps, type TilePlan } from '../../geodata/domain/tile-matrix-plan.ts';
import type { TilePicture } from './fetch-tile.ts';

/** A tile of the plan and its picture; null where the source has none. */
export type PlacedTile = { row: number; column: number; picture: TilePicture | null };

const bands = 4;
const jpegQuality = 88;

/**
 * The output tile: JPEG where every pixel is opaque and some source tile was a JPEG, else PNG.
 * Throws where a picture cannot be decoded or is not `tileSize` pixels wide and high.
 */
export async function resampleTile(
  plan: TilePlan,
  tileSize: number,
  tiles: readonly PlacedTile[],
): Promise<TilePicture> {
  const columns = plan.lastColumn - plan.firstColumn + 1;
  const rows = plan.lastRow - plan.firstRow + 1;
  const mosaic = { width: columns * tileSize, height: rows * tileSize };
  const pixels = new Uint8Array(mosaic.width * mosaic.height * bands);
  await Promise.all(
    tiles.map(async ({ row, column, picture }) => {
      if (picture === null) return;
      const tile = await decode(picture.bytes, tileSize);
      const left = (column - plan.firstColumn) * tileSize;
      const top = (row - plan.firstRow) * tileSize;
      for (let line = 0; line < tileSize; line += 1) {
        const from = line * tileSize * bands;
        pixels.set(
          tile.subarray(from, from + tileSize * bands),
          ((top + line) * mosaic.width + left) * bands,
        );
      }
    }),
  );
  const { bytes, isOpaque } = resample(pixels, mosaic.width, plan.columns, plan.rows);
  const { picture: raw } = await openPicture(bytes, {
    raw: { width: outputTileSize, height: outputTileSize, channels: bands },
  });
  return isOpaque && tiles.some(({ picture }) => picture?.type === 'image/jpeg')
    ? { type: 'image/jpeg', bytes: await raw.removeAlpha().jpeg({ quality: jpegQuality }).toBuffer() }
    : { type: 'image/png', bytes: await raw.png({ compressionLevel: 6 }).toBuffer() };
}

/** The library is loaded when first needed: without a basemap the service starts and runs without it. */
async function openPicture(bytes: Buffer, options: SharpOptions): Promise<{ picture: Sharp }> {
  const { default: sharp } = await import('sharp');
  return { picture: sharp(bytes, options) };
}

async function decode(bytes: Buffer, tileSize: number): Promise<Buffer> {
  const { picture } = await openPicture(bytes, {
    limitInputPixels: tileSize * tileSize,
    failOn: 'truncated',
  });
  const { data, info } = await picture
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  if (info.width === tileSize && info.height === tileSize && info.channels === bands) return data;
  throw new RangeError(`a tile of ${info.width} × ${info.height} pixels instead of ${tileSize}`);
}

/**
 * Rows first, then columns, on colours multiplied by their opacity, so that what is transparent
 * lends no colour to its neighbours.
 */
function resample(pixels: Uint8Array, width: number, columns: readonly Taps[], rows: readonly Taps[]) {
  const bytes = Buffer.alloc(columns.length * rows.length * bands);
  const line = new Float32Array(width * bands);
  let isOpaque = true;
  for (const [index, row] of rows.entries()) {
    addRows(line, pixels, row);
    for (const [column, { first, weights }] of columns.entries()) {
      let [red, green, blue, alpha] = [0, 0, 0, 0];
      for (let tap = 0; tap < weights.length; tap += 1) {
        const at = (first + tap) * bands;
        const weight = weights[tap] as number;
        red += (line[at] as number) * weight;
        green += (line[at + 1] as number) * weight;
        blue += (line[at + 2] as number) * weight;
        alpha += (line[at + 3] as number) * weight;
      }
      if (alpha < 254.5) isOpaque = false;
      const at = (index * columns.length + column) * bands;
      const opacity = alpha > 0 ? alpha / 255 : 1;
      bytes[at] = Math.min(Math.round(red / opacity), 255);
      bytes[at + 1] = Math.min(Math.round(green / opacity), 255);
      bytes[at + 2] = Math.min(Math.round(blue / opacity), 255);
      bytes[at + 3] = Math.round(alpha);
    }
  }
  return { bytes, isOpaque };
}

/** `line` becomes the weighted sum of rows of the mosaic, colours multiplied by opacity. */
function addRows(line: Float32Array, pixels: Uint8Array, { first, weights }: Taps): void {
  line.fill(0);
  for (let tap = 0; tap < weights.length; tap += 1) {
    const weight = weights[tap] as number;
    const from = (first + tap) * line.length;
    for (let at = 0; at < line.length; at += bands) {
      const alpha = pixels[from + at + 3] as number;
      const share = (weight * alpha) / 255;
      line[at] = (line[at] as number) + (pixels[from + at] as number) * share;
      line[at + 1] = (line[at + 1] as number) + (pixels[from + at + 1] as number) * share;
      line[at + 2] = (line[at + 2] as number) + (pixels[from + at + 2] as number) * share;
      line[at + 3] = (line[at + 3] as number) + alpha * weight;
    }
  }
}
