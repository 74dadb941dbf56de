/** The selected feature with its shape, whatever layers are on. */
import type { FeatureCollection } from 'geojson';
import { z } from 'zod';
import { serviceUrl } from '../api/base-url.ts';
import { extentOfCoordinates } from '../api/feature.ts';
import { requestJson } from '../api/request.ts';
import type { Extent, FeatureKey } from '../state/app-state.ts';
import { pastDayQuery } from '../state/past-day.ts';
import { mapFeatures } from './map-features.ts';

const itemSchema = z.custom<Parameters<typeof mapFeatures>[0][number]>(
  (value) => z.looseObject({ type: z.literal('Feature'), geometry: z.unknown() }).safeParse(value).success,
);

export type SelectedItem = { features: FeatureCollection; extent: Extent | null };

export const nothingSelected: FeatureCollection = { type: 'FeatureCollection', features: [] };

/** Throws RequestError. */
export async function fetchSelectedItem(
  key: FeatureKey,
  asOf: string | null,
  signal: AbortSignal,
): Promise<SelectedItem> {
  const path = `ogc/collections/${encodeURIComponent(key.layerId)}/items/${encodeURIComponent(key.code)}`;
  const item = await requestJson(
    serviceUrl(path, { derived: 'anchor,axis', ...pastDayQuery(asOf) }),
    itemSchema,
    signal,
  );
  const extent =
    item.geometry && 'coordinates' in item.geometry ? extentOfCoordinates(item.geometry.coordinates) : null;
  return { features: mapFeatures([item], { outline: false }), extent };
}
