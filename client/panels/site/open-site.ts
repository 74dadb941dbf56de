/** How other panels lead to a mine site: its panel beside the map, or one of its forms over whatever is open. */
import { type SiteTask, useAppState } from '../../state/app-state.ts';
import { MINE_LAYER } from '../mine-layer.ts';

/** Shows the site on the map with its panel, the layer switched on. */
export function openSite(code: string): void {
  const { tab, visible, setTab, setVisible, select, requestView, siteTask, setSiteTask } =
    useAppState.getState();
  if (siteTask !== null && siteTask.code !== code) setSiteTask(null);
  if (tab !== 'map' && tab !== 'remediation') setTab('map');
  if (visible[MINE_LAYER] === false) setVisible(MINE_LAYER, null);
  select({ layerId: MINE_LAYER, code });
  requestView({ fit: 'selection' });
}

/** Opens a form of the site where one is; the page underneath stays as it is. */
export function openTask(task: SiteTask): void {
  useAppState.getState().setSiteTask(task);
}
