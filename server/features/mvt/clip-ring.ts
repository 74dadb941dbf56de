/**
 * Clips a closed ring by the four sides in turn (Sutherland and Hodgman, 1974). It needs no valid ring;
 * what lies outside is drawn along the sides, where a tile's buffer hides it.
 */
import type { Coordinates } from './twkb.ts';

/** The closed ring within [min, max] in both directions, whole numbers; fewer than four points: nothing is left. */
export function clipRing(ring: Coordinates, min: number, max: number): Coordinates {
  if (isWithin(ring, min, max)) return ring;
  let clipped = ring;
  for (const axis of [0, 1] as const) {
    clipped = clipSide(clipped, axis, (value) => value >= min, min);
    clipped = clipSide(clipped, axis, (value) => value <= max, max);
  }
  return clipped;
}

function isWithin(ring: Coordinates, min: number, max: number): boolean {
  for (const value of ring) if (value < min || value > max) return false;
  return true;
}

function clipSide(
  ring: Coordinates,
  axis: 0 | 1,
  inside: (value: number) => boolean,
  limit: number,
): Coordinates {
  const out: Coordinates = [];
  for (let index = 0; index + 3 < ring.length; index += 2) {
    const from = [ring[index] ?? 0, ring[index + 1] ?? 0] as const;
    const to = [ring[index + 2] ?? 0, ring[index + 3] ?? 0] as const;
    if (inside(from[axis])) out.push(from[0], from[1]);
    if (inside(from[axis]) !== inside(to[axis])) {
      const share = (limit - from[axis]) / (to[axis] - from[axis]);
      const crossing = Math.round(
        from[(1 - axis) as 0 | 1] + share * (to[(1 - axis) as 0 | 1] - from[(1 - axis) as 0 | 1]),
      );
      out.push(...(axis === 0 ? [limit, crossing] : [crossing, limit]));
    }
  }
  if (out.length > 0) out.push(out[0] ?? 0, out[1] ?? 0);
  return out;
}
