/** The sheet being composed, begun where there is none, and the ways to change it. */
import { useEffect } from 'react';
import type { SheetSlots, SheetSpec, SheetTemplateId } from '../../../geodata/contract/sheets.ts';
import { useBasemap } from '../../api/basemap.ts';
import { useAppState } from '../../state/app-state.ts';
import { useLoadedCatalogue } from '../loaded-catalogue.ts';
import { beginSheet, selectedSite } from './sheet-from-map.ts';

/** Optional parts that are given as undefined are taken off the sheet. */
export type SheetChange = { [Part in keyof SheetSpec]?: SheetSpec[Part] | undefined };

/** Null for a moment where no sheet has been begun: it begins with what the reader is looking at. */
export function usePrintSheet(): SheetSpec | null {
  const sheet = useAppState((state) => state.sheet);
  const catalogue = useLoadedCatalogue();
  useEffect(() => {
    if (sheet !== null) return;
    const state = useAppState.getState();
    const template = selectedSite(state) !== null ? 'site' : state.county === null ? 'city' : 'county';
    state.setSheet(beginSheet(template, state, catalogue));
  }, [sheet, catalogue]);
  return sheet;
}

export function changeSheet(change: SheetChange): void {
  const { sheet, setSheet } = useAppState.getState();
  if (sheet === null) return;
  const parts = Object.entries({ ...sheet, ...change }).filter(([, value]) => value !== undefined);
  setSheet(Object.fromEntries(parts) as SheetSpec);
}

/** undefined: as the template writes it. */
export function changeSlot(name: keyof SheetSlots, text: string | undefined): void {
  const slots = useAppState.getState().sheet?.slots ?? {};
  const { [name]: _replaced, ...rest } = slots;
  changeSheet({ slots: text === undefined ? rest : { ...rest, [name]: text } });
}

/** Begins a sheet of another template from the one at hand. */
export function useTemplateChoice(): (template: SheetTemplateId) => void {
  const catalogue = useLoadedCatalogue();
  const hasBasemap = useBasemap() !== null;
  return (template) => {
    const state = useAppState.getState();
    if (state.sheet?.template === template) return;
    state.setSheet(beginSheet(template, state, catalogue, { before: state.sheet, hasBasemap }));
  };
}
