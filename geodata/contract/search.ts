/** Answer of GET /api/search?q=…: features found by name or code. */
import { z } from 'zod';

export const searchResponseSchema = z.object({
  query: z.string(),
  /** True when more was found than is listed. */
  truncated: z.boolean(),
  hits: z.array(
    z.object({
      layerId: z.string(),
      code: z.string(),
      title: z.string(),
      countyAdcode: z.string().nullable(),
      /** [minLng, minLat, maxLng, maxLat] */
      extent: z.tuple([z.number(), z.number(), z.number(), z.number()]).nullable(),
    }),
  ),
});
export type SearchResponse = z.infer<typeof searchResponseSchema>;
