/** Which feature a pointer means, among those drawn under it. Pure. */
import type { FeatureKey } from '../state/app-state.ts';
import { pickableLayerId } from './style.ts';

export type ScreenPoint = { x: number; y: number };
/** A drawn feature: `at` is where its point lies on the screen, null for shapes. */
export type DrawnFeature = { styleLayerId: string; code: unknown; at: ScreenPoint | null };

/** A pointer this near to the middle of a symbol is on it. */
const ON_SYMBOL_PX = 6;

/**
 * The feature on top. Among symbols of its layer: the uppermost one the pointer is on, else the
 * nearest within reach. `drawn` runs from the top of the map downwards.
 */
export function pickFeature(drawn: readonly DrawnFeature[], pointer: ScreenPoint): FeatureKey | null {
  const candidates = drawn.flatMap(({ styleLayerId, code, at }) => {
    const layerId = pickableLayerId(styleLayerId);
    const away = at === null ? 0 : Math.hypot(at.x - pointer.x, at.y - pointer.y);
    return layerId !== null && typeof code === 'string' ? [{ styleLayerId, layerId, code, away }] : [];
  });
  const top = candidates[0];
  if (top === undefined) return null;
  const rivals = candidates.filter(({ styleLayerId }) => styleLayerId === top.styleLayerId);
  const picked =
    rivals.find(({ away }) => away <= ON_SYMBOL_PX) ??
    rivals.reduce((best, rival) => (rival.away < best.away ? rival : best), top);
  return { layerId: picked.layerId, code: picked.code };
}
