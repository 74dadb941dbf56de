/** The paper frame under the hand: as it moves on the screen until the service says how it lies there. Pure; degrees. */
import type { LngLat, SheetFrame } from '../state/app-state.ts';

const MOST_LATITUDE = 85;

const radians = (degrees: number) => (degrees * Math.PI) / 180;
/** Mercator's northing of a latitude, on a sphere of radius one. */
const northing = (lat: number) => Math.asinh(Math.tan(radians(lat)));
const latitude = (y: number) => {
  const lat = (Math.atan(Math.sinh(y)) * 180) / Math.PI;
  return Math.min(MOST_LATITUDE, Math.max(-MOST_LATITUDE, lat));
};

/** The frame moved as far on a Mercator map as from one position to the other; `frame` itself where they are the same. */
export function moveFrame(frame: SheetFrame, from: LngLat, to: LngLat): SheetFrame {
  const east = to[0] - from[0];
  const north = northing(to[1]) - northing(from[1]);
  if (east === 0 && north === 0) return frame;
  const move = ([lng, lat]: LngLat): LngLat => [lng + east, latitude(northing(lat) + north)];
  return { ...frame, ring: frame.ring.map(move), center: move(frame.center) };
}

/** Whether a position lies inside a closed ring, by the even-odd rule. */
export function isInRing([lng, lat]: LngLat, ring: readonly LngLat[]): boolean {
  let inside = false;
  for (let index = 1; index < ring.length; index += 1) {
    const [a, b] = [ring[index - 1], ring[index]];
    if (a === undefined || b === undefined || a[1] > lat === b[1] > lat) continue;
    if (lng < a[0] + ((lat - a[1]) / (b[1] - a[1])) * (b[0] - a[0])) inside = !inside;
  }
  return inside;
}
