/** GET /ogc/collections/{layer}/items/{code}: one feature with all its properties and its shape. */
import { useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import type { Extent, FeatureKey } from '../state/app-state.ts';
import { pastDayQuery } from '../state/past-day.ts';
import { serviceUrl } from './base-url.ts';
import { requestJson } from './request.ts';

export const featurePropertiesSchema = z.record(z.string(), z.unknown());
export type FeatureProperties = z.infer<typeof featurePropertiesSchema>;

const featureSchema = z.object({
  properties: featurePropertiesSchema,
  geometry: z.object({ coordinates: z.unknown() }).nullable(),
});

/** Smallest extent holding every position of GeoJSON coordinates however deep; null without any. */
export function extentOfCoordinates(coordinates: unknown): Extent | null {
  if (!Array.isArray(coordinates)) return null;
  const [first, second] = coordinates;
  if (typeof first === 'number' && typeof second === 'number') return [first, second, first, second];
  let extent: Extent | null = null;
  for (const part of coordinates) {
    const inner = extentOfCoordinates(part);
    if (inner === null) continue;
    extent =
      extent === null
        ? inner
        : [
            Math.min(extent[0], inner[0]),
            Math.min(extent[1], inner[1]),
            Math.max(extent[2], inner[2]),
            Math.max(extent[3], inner[3]),
          ];
  }
  return extent;
}

/** As of a past day, or, with null, as it is now. */
export async function fetchFeature({ layerId, code }: FeatureKey, asOf: string | null, signal?: AbortSignal) {
  const path = `ogc/collections/${encodeURIComponent(layerId)}/items/${encodeURIComponent(code)}`;
  const feature = await requestJson(serviceUrl(path, pastDayQuery(asOf)), featureSchema, signal);
  return { properties: feature.properties, extent: extentOfCoordinates(feature.geometry?.coordinates) };
}

export function useFeature(key: FeatureKey, { enabled, asOf }: { enabled: boolean; asOf: string | null }) {
  return useQuery({
    enabled,
    queryKey: ['feature', key.layerId, key.code, asOf],
    queryFn: ({ signal }) => fetchFeature(key, asOf, signal),
  });
}
