/** Requests and answers of /api/layer-access: which layers may be read without an account, for administrators. */
import { z } from 'zod';
import { bilingualSchema } from '../catalogue/layer-definition.ts';

export const layerAccessSchema = z.object({
  layerId: z.string(),
  title: bilingualSchema,
  mayReadAnonymously: z.boolean(),
  /** As set; null: as the layer is defined. */
  setting: z.boolean().nullable(),
  hasOfficialData: z.boolean(),
  /** Official data that is not public stands in the layer. */
  isSensitive: z.boolean(),
});
export type LayerAccessRecord = z.infer<typeof layerAccessSchema>;

/** Answer of GET /api/layer-access, in the order of the catalogue. */
export const layerAccessListSchema = z.object({ layers: z.array(layerAccessSchema) });

/** Body of PUT /api/layer-access/{layerId}; null: as the layer is defined. The answer is its record. */
export const layerAccessChangeSchema = z.strictObject({ anonymousRead: z.boolean().nullable() });
