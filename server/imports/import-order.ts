/** What an import is asked to do. */
import type { Classification } from './datasets.ts';

export type ImportOrder = {
  file: string;
  layerId: string;
  /** 资料截止日期, YYYY-MM-DD. */
  asOf: string;
  crs?: string | undefined;
  encoding?: string | undefined;
  /** Layer inside a zip that holds several. */
  part?: string | undefined;
  title?: string | undefined;
  source?: string | undefined;
  classification: Classification;
  isDryRun: boolean;
  /** Who imports, for the trace. */
  actor: string;
};
