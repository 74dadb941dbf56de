/** Scale of the web map. Pure. */

const EARTH_CIRCUMFERENCE_METERS = 2 * Math.PI * 6_378_137;
/** Side of the world in CSS pixels at zoom 0, as MapLibre counts zoom. */
const WORLD_SIZE_PX = 512;
/** A CSS pixel at 96 dpi. */
const PIXEL_METERS = 0.0254 / 96;

/** Scale denominator on a 96 dpi screen at this latitude in degrees. */
export function scaleDenominator(latitude: number, zoom: number): number {
  const metersPerPixel =
    (EARTH_CIRCUMFERENCE_METERS * Math.cos((latitude * Math.PI) / 180)) / (WORLD_SIZE_PX * 2 ** zoom);
  return metersPerPixel / PIXEL_METERS;
}
