/** 出图 from the map's tools: a picture of what the map shows, to begin with. */
import { useBasemap } from '../../api/basemap.ts';
import { useAppState } from '../../state/app-state.ts';
import { useLoadedCatalogue } from '../loaded-catalogue.ts';
import { beginSheet } from './sheet-from-map.ts';

export function usePrintThisMap(): () => void {
  const catalogue = useLoadedCatalogue();
  const hasBasemap = useBasemap() !== null;
  return () => {
    const state = useAppState.getState();
    state.setSheet(beginSheet('picture', state, catalogue, { hasBasemap }));
    state.setTab('print');
  };
}
