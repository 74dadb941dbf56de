/** What the command line asks: files, where they go, and what is decided about them beforehand. */
import type { ImportSettings } from '../../geodata/contract/imports.ts';

export type ImportOrder = {
  /** Absolute paths: one file, or the parts of a shapefile. */
  files: readonly string[];
  settings: ImportSettings & { layerId: string };
  isDryRun: boolean;
  /** Who imports, for the trace. */
  actor: string;
};
