/** What of printing outlives its panel: the order under way, how files are wanted, what the atlas is made of. */
import { create } from 'zustand';
import { type SheetFormat, sheetDpi } from '../../../geodata/contract/sheets.ts';
import type { SeriesChoice } from './series-order.ts';

type PrintState = {
  /** The order whose progress is shown; null: none. */
  jobId: string | null;
  /** Orders whose file has been handed to the browser. */
  handedOver: ReadonlySet<string>;
  dpi: number;
  series: SeriesChoice;
  seriesFile: { format: 'pdf' | 'zip'; pageFormat: SheetFormat };
  setJob: (jobId: string | null) => void;
  /** Whether it had not been before. */
  handOver: (jobId: string) => boolean;
  setDpi: (dpi: number) => void;
  setSeries: (series: SeriesChoice) => void;
  setSeriesFile: (file: Partial<PrintState['seriesFile']>) => void;
};

export const usePrintState = create<PrintState>()((set, get) => ({
  jobId: null,
  handedOver: new Set(),
  dpi: sheetDpi.usual,
  series: { by: 'county', which: 'all' },
  seriesFile: { format: 'pdf', pageFormat: 'pdf' },
  setJob: (jobId) => set({ jobId }),
  handOver: (jobId) => {
    const { handedOver } = get();
    if (handedOver.has(jobId)) return false;
    set({ handedOver: new Set([...handedOver, jobId]) });
    return true;
  },
  setDpi: (dpi) => set({ dpi }),
  setSeries: (series) => set({ series }),
  setSeriesFile: (file) => set(({ seriesFile }) => ({ seriesFile: { ...seriesFile, ...file } })),
}));
