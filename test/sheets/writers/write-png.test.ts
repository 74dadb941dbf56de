import sharp from 'sharp';
import { expect, test, vi } from 'vitest';
import { UnprocessableError } from '../../../server/errors.ts';
import type { Mark } from '../../../server/sheets/page.ts';
import { pngSize } from '../../../server/sheets/writers/png-size.ts';
import { startPng } from '../../../server/sheets/writers/start-png.ts';
import { worldFile } from '../../../server/sheets/writers/world-file.ts';
import { writePng } from '../../../server/sheets/writers/write-png.ts';
import { darkExtent, pixelsOf } from './poppler.ts';
import { line100, pageWith, words } from './sample-pages.ts';

// Programs are started and wall maps drawn.
vi.setConfig({ testTimeout: 120_000 });

test.each([72, 96, 150, 300])('at %i dpi a line of 100 mm is 100 mm to a pixel', async (dpi) => {
  const pixels = await pixelsOf(await writePng(pageWith([line100]), dpi));
  const place = (mm: number) => (mm / 25.4) * dpi;
  expect([pixels.width, pixels.height]).toEqual([Math.round(place(297)), Math.round(place(210))]);
  const [first, last] = darkExtent(pixels, 'x', Math.floor(place(100)));
  expect(Math.abs(first - place(50))).toBeLessThanOrEqual(1);
  expect(Math.abs(last + 1 - place(150))).toBeLessThanOrEqual(1);
});

test('a picture says its dpi', async () => {
  const { density, format, channels } = await sharp(await writePng(pageWith([line100]), 150)).metadata();
  expect({ density, format, channels }).toEqual({ density: 150, format: 'png', channels: 3 });
});

test('more dpi are more detail, not larger pixels', async () => {
  const page = pageWith([words('赣', { sizePt: 8, x: 5, y: 8 })], { widthMm: 10, heightMm: 10 });
  const [low, high] = [await writePng(page, 75), await writePng(page, 300)];
  const enlarged = await pixelsOf(await sharp(low).resize(118, 118, { kernel: 'nearest' }).png().toBuffer());
  const drawn = await pixelsOf(high);
  let unlike = 0;
  for (let y = 0; y < 118; y += 1) {
    for (let x = 0; x < 118; x += 1) if (drawn.at(x, y) !== enlarged.at(x, y)) unlike += 1;
  }
  expect(unlike).toBeGreaterThan(300);
});

test('the same page gives the same bytes', async () => {
  const page = pageWith([line100, words('岿美山', { halo: { color: '#FFFFFF', widthMm: 0.4 } })]);
  expect(Buffer.from(await writePng(page, 96)).equals(await writePng(page, 96))).toBe(true);
});

test('A0 at 300 dpi is 9933 × 14043 pixels, drawn in bands without a seam', async () => {
  const stripe: Mark = { kind: 'path', d: 'M100 0H300V1189H100Z', fill: { color: '#22619F' } };
  const png = await writePng(pageWith([stripe], { widthMm: 841, heightMm: 1189 }), 300);
  const { width, height } = await sharp(png, { limitInputPixels: false }).metadata();
  expect([width, height]).toEqual([9933, 14043]);
  // Nothing but the fill in the column it fills: a seam would be of another colour.
  const column = await sharp(png, { limitInputPixels: false })
    .extract({ left: 2000, top: 0, width: 1, height: 14043 })
    .raw()
    .toBuffer();
  const colors = new Set(
    Array.from({ length: 14043 }, (_, row) => column.subarray(row * 3, row * 3 + 3).toString('hex')),
  );
  expect([...colors]).toEqual(['22619f']);
});

test('beyond the limit of pixels it is refused with the resolution that is possible', async () => {
  expect(pngSize({ widthMm: 841, heightMm: 1189 }, 300)).toEqual({ width: 9933, height: 14043 });
  const refused = writePng(pageWith([line100]), 300, { limit: 1_000_000 });
  await expect(refused).rejects.toThrow(UnprocessableError);
  await expect(refused).rejects.toMatchObject({ field: 'dpi', members: { mostDpi: 101 } });
  expect(pngSize(pageWith([]), 101, 1_000_000).width).toBe(1181);
});

test('rows give the same file however they are banded', async () => {
  const rgba = new Uint8Array(new ArrayBuffer(40 * 150 * 4)).map(
    (_, index) => (index * 7 + (index >> 9)) & 255,
  );
  const write = async (bands: number[]) => {
    const png = startPng(40, 150, 96);
    let row = 0;
    for (const rows of bands) {
      await png.addRows(rgba.slice(row * 160, (row + rows) * 160));
      row += rows;
    }
    return Buffer.from(await png.end());
  };
  const whole = await write([150]);
  expect((await write([1, 70, 79])).equals(whole)).toBe(true);
  const { at } = await pixelsOf(whole);
  const from = (99 * 40 + 17) * 4;
  expect(at(17, 99)).toBe(
    `#${Buffer.from(rgba.subarray(from, from + 3))
      .toString('hex')
      .toUpperCase()}`,
  );
});

test('the world file puts known pixels at known coordinates', async () => {
  const page = pageWith([]);
  const numbers = worldFile(page, 254)?.trim().split('\n').map(Number) ?? [];
  const [stepX = 0, turnX, turnY, stepY = 0, east = 0, north = 0] = numbers;
  // 254 dpi are ten pixels a millimetre: 10 m a pixel at 1:100 000. The frame starts at 25 mm and 20 mm.
  expect([stepX, turnX, turnY, stepY]).toEqual([10, 0, 0, -10]);
  expect(east + stepX * (250 - 0.5)).toBeCloseTo(640_000, 6);
  expect(north + stepY * (200 - 0.5)).toBeCloseTo(2_920_000, 6);
  expect(worldFile({ map: null }, 254)).toBeNull();
});
