/** Finished tiles in memory, up to a number of bytes and an age: what several people look at is made once. */
import type { TilePicture } from './fetch-tile.ts';

export type RecentTiles = {
  get(key: string): TilePicture | null;
  keep(key: string, picture: TilePicture): void;
  bytes(): number;
};

/** What an entry costs beside its bytes. */
const overheadBytes = 500;

export function createRecentTiles(maxBytes: number, maxAgeMs: number): RecentTiles {
  const kept = new Map<string, { picture: TilePicture; until: number }>();
  let total = 0;

  function forget(key: string): void {
    const entry = kept.get(key);
    if (entry === undefined) return;
    total -= entry.picture.bytes.length + overheadBytes;
    kept.delete(key);
  }

  return {
    get(key) {
      const entry = kept.get(key);
      if (entry === undefined) return null;
      if (performance.now() > entry.until) {
        forget(key);
        return null;
      }
      kept.delete(key);
      kept.set(key, entry);
      return entry.picture;
    },
    keep(key, picture) {
      forget(key);
      kept.set(key, { picture, until: performance.now() + maxAgeMs });
      total += picture.bytes.length + overheadBytes;
      for (const oldest of kept.keys()) {
        if (total <= maxBytes) return;
        forget(oldest);
      }
    },
    bytes: () => total,
  };
}
