/** Choosing a county: figures, sites and table are narrowed to it and the map moves there. */
import { useQueryClient } from '@tanstack/react-query';
import { fetchFeature } from '../../api/feature.ts';
import { useAppState } from '../../state/app-state.ts';
import { useLoadedCatalogue } from '../loaded-catalogue.ts';
import { windowWidth } from '../window-width.ts';

const COUNTY_LAYER = 'counties';
/** Where the county has no shape to show: its seat and what lies round it. */
const SEAT_ZOOM = 9.5;

export function useCountyChoice(): (adcode: string | null) => Promise<void> {
  const { region, layers } = useLoadedCatalogue();
  const client = useQueryClient();
  const { setCounty, requestView, select, setPanel } = useAppState.getState();
  return async (adcode) => {
    select(null);
    setCounty(adcode);
    if (adcode === null) return requestView({ extent: region.extent });
    // On a phone the figures lie over the map that now shows the county.
    if (windowWidth() === 'phone') setPanel('contextPanelOpen', false);
    const hasShapes = layers.some(
      ({ definition, state }) => definition.id === COUNTY_LAYER && state === 'loaded',
    );
    const key = { layerId: COUNTY_LAYER, code: adcode };
    const shape = hasShapes
      ? await client
          .fetchQuery({
            queryKey: ['feature', key.layerId, key.code, null],
            queryFn: ({ signal }) => fetchFeature(key, null, signal),
          })
          .catch(() => null)
      : null;
    if (useAppState.getState().county !== adcode) return;
    const seat = region.counties.find((county) => county.adcode === adcode)?.seat;
    if (shape?.extent) requestView({ extent: shape.extent });
    else if (seat) requestView({ center: seat, zoom: SEAT_ZOOM });
  };
}
