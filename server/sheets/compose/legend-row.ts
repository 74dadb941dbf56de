/** One row of a legend. */
import type { Box, Mark } from '../page.ts';

export type LegendRow =
  | { kind: 'heading'; title: string }
  | {
      kind: 'entry';
      /** Layer and entry as drawn; null: what belongs to no entry, or is the whole layer. */
      layerId: string;
      entryId: string | null;
      title: string;
      /** '' where features are not counted. */
      count: string;
      area: string;
      swatch: (box: Box) => Mark[];
    };
