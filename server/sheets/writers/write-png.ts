/** A page as a picture: its SVG drawn by resvg at the size asked for, never scaled up, in bands of bounded memory. */
import { Resvg } from '@resvg/resvg-js';
import type { Page } from '../page.ts';
import { coverInsteadOfClip } from './cover-instead-of-clip.ts';
import { pixelsPerMm, pngSize } from './png-size.ts';
import { precise } from './rounded.ts';
import { startPng } from './start-png.ts';
import { frameSvg, svgBody } from './write-svg.ts';

/**
 * Pixels drawn at once, 80 MB of them, a few times over: the drawing engine does not give large pages back. Every band
 * costs the drawing of all paths again, so A3 is one and A0 seven.
 */
const bandPixels = 20_000_000;

/** PNG with its dpi in it; throws UnprocessableError beyond the limit of pixels. */
export async function writePng(
  page: Page,
  dpi: number,
  options: { limit?: number } = {},
): Promise<Uint8Array> {
  const { width, height } = pngSize(page, dpi, options.limit);
  const body = svgBody(coverInsteadOfClip(page));
  const png = startPng(width, height, dpi);
  const bandRows = Math.min(height, Math.max(1, Math.floor(bandPixels / width)));
  const mm = 1 / pixelsPerMm(dpi);
  for (let top = 0; top < height; top += bandRows) {
    const rows = Math.min(bandRows, height - top);
    // The box is told in whole pixels, so that a millimetre is exactly so many whatever the paper's size rounds to.
    const viewBox = `0 ${precise(top * mm)} ${precise(width * mm)} ${precise(rows * mm)}`;
    const svg = frameSvg(body, { width: `${width}`, height: `${rows}` }, viewBox);
    const picture = new Resvg(svg, { font: { loadSystemFonts: false }, background: '#FFFFFF' }).render();
    await png.addRows(picture.pixels);
  }
  return png.end();
}
