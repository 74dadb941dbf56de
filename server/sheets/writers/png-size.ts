/** How many pixels a page has at a resolution, and how many a picture may have. */
import { UnprocessableError } from '../../errors.ts';
import type { Page } from '../page.ts';

/** A0 at 300 dpi has 139 million. */
export const pixelLimit = 150_000_000;

/** Pixels of a millimetre. */
export function pixelsPerMm(dpi: number): number {
  return dpi / 25.4;
}

/**
 * Width and height of the page in whole pixels. Throws UnprocessableError where the picture would have more than
 * `limit` pixels: nothing is scaled down in silence.
 */
export function pngSize(
  page: Pick<Page, 'widthMm' | 'heightMm'>,
  dpi: number,
  limit = pixelLimit,
): { width: number; height: number } {
  const width = Math.round(page.widthMm * pixelsPerMm(dpi));
  const height = Math.round(page.heightMm * pixelsPerMm(dpi));
  if (width * height <= limit) return { width, height };
  const most = Math.floor(Math.sqrt(limit / (page.widthMm * page.heightMm)) * 25.4);
  throw new UnprocessableError(
    {
      zh: `图片将有 ${width} × ${height} 个像素,超过上限 ${Math.floor(limit / 1e6)} 百万像素。请把分辨率降到 ${most} dpi 以下,或改用 PDF。`,
      en: `The picture would be ${width} × ${height} pixels, more than the limit of ${Math.floor(limit / 1e6)} million. Choose at most ${most} dpi, or a PDF.`,
    },
    { field: 'dpi', members: { width, height, limit, mostDpi: most } },
  );
}
