/**
 * How many features matched a filter, by layer, so that a reader who pages by ten through 100 000 features
 * has them counted once and not 10 000 times. A count is good for the revision it was made at.
 */
import type { LayerFilter } from '../db/layer-sql.ts';

export type Count = { revision: string; matched: number };

export type CountMemory = {
  recall(layerId: string, filter: LayerFilter): Count | null;
  keep(layerId: string, filter: LayerFilter, count: Count): void;
};

/** Of at most `size` counts; the one kept longest ago goes first. */
export function createCountMemory(size = 1_000): CountMemory {
  const counts = new Map<string, Count>();
  const keyOf = (layerId: string, filter: LayerFilter): string => JSON.stringify([layerId, filter]);
  return {
    recall: (layerId, filter) => counts.get(keyOf(layerId, filter)) ?? null,
    keep(layerId, filter, count) {
      const key = keyOf(layerId, filter);
      counts.delete(key);
      counts.set(key, count);
      const [oldest] = counts.keys();
      if (counts.size > size && oldest !== undefined) counts.delete(oldest);
    },
  };
}
