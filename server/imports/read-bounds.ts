/** How much a delivery may take of the machine while it is read. */
import type { WorkerBounds } from './bounded-worker.ts';
import type { UnzipLimits } from './unzip.ts';

export type ReadBounds = {
  worker: WorkerBounds;
  /** GDAL's own memory. */
  maxWasmBytes: number;
  unzip: UnzipLimits;
  /** Rows as text: about twice what their shapes take in the file. */
  maxSpoolBytes: number;
};

export const usualReadBounds: ReadBounds = {
  worker: { timeoutMs: 180_000, maxOldGenerationSizeMb: 512 },
  maxWasmBytes: 2 ** 30,
  unzip: { maxEntries: 2_000, maxBytes: 2 ** 30 },
  maxSpoolBytes: 3 * 2 ** 30,
};
