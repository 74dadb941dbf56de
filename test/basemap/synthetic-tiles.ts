/** Pictures whose colours say where they are, so that a test can read a place back from a pixel. */
import sharp from 'sharp';
import type { TileMatrixSet } from '../../geodata/domain/tile-matrix.ts';

export type Place = [x: number, y: number];
export type Pixel = { red: number; green: number; blue: number; alpha: number };

/** A PNG of `size` pixels, each painted by a function of its column and row. */
export function paint(
  size: number,
  color: (column: number, row: number) => [red: number, green: number, blue: number, alpha: number],
): Promise<Buffer> {
  const bytes = Buffer.alloc(size * size * 4);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      bytes.set(color(column, row), (row * size + column) * 4);
    }
  }
  return sharp(bytes, { raw: { width: size, height: size, channels: 4 } })
    .png()
    .toBuffer();
}

export function plainTile(color: [number, number, number], size = 256): Promise<Buffer> {
  return paint(size, () => [...color, 255]);
}

/** Where the centre of a pixel of a source tile lies, in the CRS of its set. */
export function pixelCentre(
  set: TileMatrixSet,
  { matrix, row, column }: { matrix: string; row: number; column: number },
  [pixelColumn, pixelRow]: [number, number],
): Place {
  const resolution = set.matrices.find(({ id }) => id === matrix)?.resolution;
  if (resolution === undefined) throw new Error(`no level ${matrix}`);
  return [
    set.origin[0] + (column * set.tileSize + pixelColumn + 0.5) * resolution,
    set.origin[1] - (row * set.tileSize + pixelRow + 0.5) * resolution,
  ];
}

/** Pixels of an encoded picture, row by row. */
export async function readPixels(
  picture: Buffer,
): Promise<{ size: number; at(column: number, row: number): Pixel }> {
  const { data, info } = await sharp(picture).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return {
    size: info.width,
    at(column, row) {
      const [red = 0, green = 0, blue = 0, alpha = 0] = data.subarray((row * info.width + column) * 4);
      return { red, green, blue, alpha };
    },
  };
}
