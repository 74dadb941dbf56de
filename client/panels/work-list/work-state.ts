/** What the work list shows and which sites are selected in it; kept while the reader looks at the map. */
import { create } from 'zustand';
import { noFilter, type WorkFilter } from './work-filter.ts';

export type WorkView = 'list' | 'sets' | 'workbooks' | 'evidence';

type WorkState = {
  view: WorkView;
  filter: WorkFilter;
  /** An earlier month that is looked at; null: the one that owes an answer now. */
  period: string | null;
  /** Codes of the selected sites. */
  chosen: ReadonlySet<string>;
  /** On the phone cards have no boxes until asked for. */
  choosing: boolean;
  setView: (view: WorkView) => void;
  setPeriod: (period: string | null) => void;
  setFilter: (part: Partial<WorkFilter>) => void;
  choose: (codes: readonly string[], chosen: boolean) => void;
  clearChosen: () => void;
  setChoosing: (choosing: boolean) => void;
};

const nobody: ReadonlySet<string> = new Set();

export const useWorkState = create<WorkState>()((set) => ({
  view: 'list',
  filter: noFilter,
  period: null,
  chosen: nobody,
  choosing: false,
  setView: (view) => set({ view }),
  // What was selected was selected of another month.
  setPeriod: (period) => set({ period, filter: noFilter, chosen: nobody, choosing: false }),
  setFilter: (part) => set((state) => ({ filter: { ...state.filter, ...part } })),
  choose: (codes, isChosen) =>
    set((state) => {
      const chosen = new Set(state.chosen);
      for (const code of codes) {
        if (isChosen) chosen.add(code);
        else chosen.delete(code);
      }
      return { chosen };
    }),
  clearChosen: () => set({ chosen: nobody, choosing: false }),
  setChoosing: (choosing) => set(choosing ? { choosing } : { choosing, chosen: nobody }),
}));

/** Whoever signs in next begins anew. */
export function forgetWork(): void {
  useWorkState.setState({ view: 'list', filter: noFilter, period: null, chosen: nobody, choosing: false });
}
