/** Which mode the map is in under which tab. */
import type { TabId } from '../state/app-state.ts';
import { browse } from './browse.ts';
import type { Mode } from './mode.ts';
import { print } from './print.ts';

const modes: Record<TabId, Mode> = {
  map: browse,
  remediation: browse,
  print,
  data: browse,
  admin: browse,
};

export function modeOfTab(tab: TabId): Mode {
  return modes[tab];
}
