/** How far the campaign has come, asked for only where its sites may be read. */
import { useProgress } from '../api/progress.ts';
import { isClosed } from '../api/readable-layer.ts';
import { useLayer } from './loaded-catalogue.ts';
import { MINE_LAYER } from './mine-layer.ts';

export function useMineProgress() {
  const layer = useLayer(MINE_LAYER);
  const closed = layer !== undefined && isClosed(layer);
  const query = useProgress({ enabled: !closed });
  // What was read before signing out is not shown any longer.
  return closed ? { ...query, data: undefined, error: null } : query;
}
