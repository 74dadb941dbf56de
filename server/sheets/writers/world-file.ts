/** The world file beside a picture: where its pixels lie in the CRS of the map. */
import type { Page } from '../page.ts';
import { pixelsPerMm } from './png-size.ts';

/**
 * Six lines as GIS programs read them: width of a pixel, two turns of 0, minus its height, and east and north of the
 * centre of the upper left pixel, in units of the map's CRS. Null for a page without a map.
 */
export function worldFile({ map }: Pick<Page, 'map'>, dpi: number): string | null {
  if (map === null) return null;
  const pixelMm = 1 / pixelsPerMm(dpi);
  const pixel = pixelMm * map.metersPerMm;
  const east = map.minX + (pixelMm / 2 - map.frame.x) * map.metersPerMm;
  const north = map.maxY - (pixelMm / 2 - map.frame.y) * map.metersPerMm;
  return `${[pixel, 0, 0, -pixel, east, north].map((value) => value.toFixed(12)).join('\n')}\n`;
}
