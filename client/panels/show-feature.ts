/** Selecting a feature from a list: its layer is switched on, so that there is something to see. */

import type { CatalogueLayer } from '../../geodata/contract/catalogue.ts';
import { type FeatureKey, useAppState } from '../state/app-state.ts';
import { isShown, switchOf } from './layers/layer-list.ts';

export function showFeature(layer: CatalogueLayer, code: FeatureKey['code']): void {
  const { visible, setVisible, select } = useAppState.getState();
  const layerId = layer.definition.id;
  select({ layerId, code });
  if (!isShown(layer, visible)) setVisible(layerId, switchOf(layer, true));
}
