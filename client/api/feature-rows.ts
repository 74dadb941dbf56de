/** All rows of a layer without their shapes, for the table and the figures: pages of /ogc items. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { pastDayQuery } from '../state/past-day.ts';
import { serviceUrl } from './base-url.ts';
import { type FeatureProperties, featurePropertiesSchema } from './feature.ts';
import { requestJson } from './request.ts';

const PAGE_SIZE = 5_000;
/** More rows than a person scrolls through; above it the table says that it is cut. */
export const MOST_ROWS = 20_000;

export type FeatureRow = { code: string; properties: FeatureProperties };
export type FeatureRows = { rows: FeatureRow[]; matched: number };

const pageSchema = z.object({
  numberMatched: z.number().int().optional(),
  features: z.array(z.object({ id: z.union([z.string(), z.number()]), properties: featurePropertiesSchema })),
  links: z.array(z.looseObject({ rel: z.string(), href: z.string() })).default([]),
});

/**
 * Rows of a layer as of a past day or now, or of one county of it, page after page up to MOST_ROWS; `matched` is how many there are.
 * Throws RequestError.
 */
export async function fetchFeatureRows(
  layerId: string,
  { county, asOf }: { county: string | null; asOf: string | null },
  signal?: AbortSignal,
): Promise<FeatureRows> {
  const path = `ogc/collections/${encodeURIComponent(layerId)}/items`;
  const query = {
    limit: String(PAGE_SIZE),
    skipGeometry: 'true',
    ...(county ? { county_adcode: county } : {}),
    ...pastDayQuery(asOf),
  };
  let next: string | undefined = serviceUrl(path, query);
  let matched = 0;
  const rows: FeatureRow[] = [];
  while (next !== undefined && rows.length < MOST_ROWS) {
    const page: z.infer<typeof pageSchema> = await requestJson(next, pageSchema, signal);
    rows.push(...page.features.map(({ id, properties }) => ({ code: String(id), properties })));
    matched = Math.max(page.numberMatched ?? 0, rows.length);
    const link = page.links.find(({ rel }) => rel === 'next');
    // The link names the public address, which may not be the one this page was opened by.
    next = link && serviceUrl(path) + new URL(link.href, document.baseURI).search;
  }
  return { rows, matched };
}

export function useFeatureRows(
  layerId: string,
  options: { county?: string | null; asOf?: string | null; enabled?: boolean } = {},
) {
  const county = options.county ?? null;
  const asOf = options.asOf ?? null;
  return useQuery({
    queryKey: ['rows', layerId, county, asOf],
    queryFn: ({ signal }) => fetchFeatureRows(layerId, { county, asOf }, signal),
    enabled: options.enabled ?? true,
    placeholderData: (previous, query) =>
      query?.queryKey[1] === layerId ? keepPreviousData(previous) : undefined,
  });
}
