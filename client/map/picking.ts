/** Which feature a pointer means, among those drawn under it. Pure. */
import type { FeatureKey } from '../state/app-state.ts';
import { pickableLayerId } from './style.ts';

export type ScreenPoint = { x: number; y: number };
/** A drawn feature: `at` is where its point lies on the screen, null for shapes. */
export type DrawnFeature = { styleLayerId: string; code: unknown; at: ScreenPoint | null };

/**
 * The feature on top; where several symbols of that layer lie within reach, the nearest one.
 * `drawn` runs from the top of the map downwards.
 */
export function pickFeature(drawn: readonly DrawnFeature[], pointer: ScreenPoint): FeatureKey | null {
  const candidates = drawn.flatMap(({ styleLayerId, code, at }) => {
    const layerId = pickableLayerId(styleLayerId);
    return layerId !== null && typeof code === 'string' ? [{ styleLayerId, layerId, code, at }] : [];
  });
  const top = candidates[0];
  if (top === undefined) return null;
  const rivals = candidates.filter(
    ({ styleLayerId, at }) => styleLayerId === top.styleLayerId && at !== null,
  );
  const nearest = rivals.reduce(
    (best, rival) => (distance(rival.at, pointer) < distance(best.at, pointer) ? rival : best),
    top,
  );
  return { layerId: nearest.layerId, code: nearest.code };
}

function distance(at: ScreenPoint | null, pointer: ScreenPoint): number {
  return at === null ? Number.POSITIVE_INFINITY : Math.hypot(at.x - pointer.x, at.y - pointer.y);
}
