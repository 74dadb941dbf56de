/** How far the campaign has come, or had come on the chosen day, asked for only where its sites may be read. */
import { useProgress } from '../api/progress.ts';
import { isClosed, isReadable } from '../api/readable-layer.ts';
import { useAppState } from '../state/app-state.ts';
import { useLayer } from './loaded-catalogue.ts';
import { MINE_LAYER } from './mine-layer.ts';

export function useMineProgress() {
  const layer = useLayer(MINE_LAYER);
  const closed = layer !== undefined && isClosed(layer);
  const asOf = useAppState((state) => state.asOf);
  const query = useProgress({ enabled: !closed, asOf });
  // What was read before signing out is not shown any longer.
  return closed ? { ...query, data: undefined, error: null } : query;
}

/** How far it has come by now, whatever day is chosen. */
export function useMineProgressNow() {
  const layer = useLayer(MINE_LAYER);
  return useProgress({ enabled: layer !== undefined && isReadable(layer), asOf: null });
}
