/** A page as a picture: its SVG drawn by resvg at the size asked for, never scaled up, in bands of bounded memory. */
import { Resvg, renderAsync } from '@resvg/resvg-js';
import type { Page } from '../page.ts';
import { coverInsteadOfClip } from './cover-instead-of-clip.ts';
import { pixelsPerMm, pngSize } from './png-size.ts';
import { precise } from './rounded.ts';
import { startPng } from './start-png.ts';
import { frameSvg, svgBody } from './write-svg.ts';

/** Pixels of a band, 80 MB of them, two bands at a time: each costs the drawing of all paths again. */
const bandPixels = 20_000_000;
/** Pictures of fewer pixels are drawn in one go. */
const halvedFromPixels = 4_000_000;

const drawing = { font: { loadSystemFonts: false }, background: '#FFFFFF' };

/** PNG with its dpi in it; throws UnprocessableError beyond the limit of pixels. */
export async function writePng(
  page: Page,
  dpi: number,
  options: { limit?: number } = {},
): Promise<Uint8Array> {
  const { width, height } = pngSize(page, dpi, options.limit);
  const png = startPng(width, height, dpi);
  const bands = bandsOf(page, { width, height, mm: 1 / pixelsPerMm(dpi) });
  // Of two bands one is drawn here and the other beside, in a thread of the pool.
  for (let at = 0; at < bands.length; at += 2) {
    const [here, beside] = bands.slice(at, at + 2);
    if (here === undefined) break;
    const other = beside === undefined ? undefined : renderAsync(beside, drawing);
    // Awaited below; a failure here is told first.
    other?.catch(() => undefined);
    await png.addRows(new Resvg(here, drawing).render().pixels);
    if (other !== undefined) await png.addRows((await other).pixels);
  }
  return png.end();
}

function bandsOf(page: Page, { width, height, mm }: { width: number; height: number; mm: number }): string[] {
  const body = svgBody(coverInsteadOfClip(page));
  const pixels = width * height;
  const pairs = Math.ceil(pixels / (2 * bandPixels));
  const bandRows = pixels < halvedFromPixels ? height : Math.ceil(height / (2 * pairs));
  const bands: string[] = [];
  for (let top = 0; top < height; top += bandRows) {
    const rows = Math.min(bandRows, height - top);
    // The box is told in whole pixels, so that a millimetre is exactly so many whatever the paper's size rounds to.
    const viewBox = `0 ${precise(top * mm)} ${precise(width * mm)} ${precise(rows * mm)}`;
    bands.push(frameSvg(body, { width: `${width}`, height: `${rows}` }, viewBox));
  }
  return bands;
}
