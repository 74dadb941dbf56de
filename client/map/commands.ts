/** What tools and keys can ask of the map. They only write wishes into the store; the map carries them out. */
import { useAppState } from '../state/app-state.ts';

export const mapCommands = {
  home: () => useAppState.getState().requestView({ fit: 'home' }),
  zoomIn: () => useAppState.getState().requestView({ zoomBy: 1 }),
  zoomOut: () => useAppState.getState().requestView({ zoomBy: -1 }),
  /** Shows the selected feature whole; nothing happens without a selection. */
  fitSelection: () => useAppState.getState().requestView({ fit: 'selection' }),
  /** Asks again for a layer that could not be loaded: a visible layer at rest is fetched. */
  reloadLayer: (layerId: string) => useAppState.getState().setLoad(layerId, { phase: 'idle' }),
  /** Asks again for every visible layer that could not be loaded. */
  reloadFailedLayers: () => {
    for (const [layerId, { phase }] of Object.entries(useAppState.getState().loads)) {
      if (phase === 'error') mapCommands.reloadLayer(layerId);
    }
  },
};
