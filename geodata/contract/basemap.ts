/** Answer of GET /api/basemap: the one basemap an operator has configured, as far as a browser may know it. */
import { z } from 'zod';
import { bilingualSchema } from '../catalogue/layer-definition.ts';

export const basemapSchema = z.object({
  title: bilingualSchema,
  /** Plain text to be shown on the map wherever the basemap is; with 审图号 where the operator states one. */
  attribution: bilingualSchema,
  /** Pictures to lay over each other, the lowest first: ground, then its lettering. */
  layers: z.array(z.object({ id: z.string().regex(/^[a-z]+$/) })).min(1),
  /** Zooms of WebMercatorQuad with tiles of 256 pixels. */
  minzoom: z.number().int(),
  maxzoom: z.number().int(),
  /** Changes with the configuration: part of a tile's address, so that no browser shows tiles of another one. */
  version: z.string(),
});

/** null: none is configured, and no request leaves the machine. */
export const basemapResponseSchema = z.object({ basemap: basemapSchema.nullable() });

export type Basemap = z.infer<typeof basemapSchema>;
export type BasemapResponse = z.infer<typeof basemapResponseSchema>;
