/** Answer of GET /api/catalogue: all the client needs to know about region, layers and data. */
import { z } from 'zod';
import { bilingualSchema, layerDefinitionSchema } from '../catalogue/layer-definition.ts';
import { regionSchema } from '../reference/region-schema.ts';
import { positionDoubts } from './imports.ts';

export const datasetSchema = z.object({
  id: z.string(),
  kind: z.enum(['sample', 'official']),
  title: z.string(),
  source: z.string(),
  asOf: z.iso.date(),
  classification: z.enum(['public', 'internal', 'on_request']),
  featureCount: z.number().int(),
  createdAt: z.string(),
  /** CRS and encoding the file was read in, as stated or assumed; null for the sample. */
  sourceCrs: z.string().nullable(),
  sourceEncoding: z.string().nullable(),
  sourceFile: z.string().nullable(),
  /** Why every position may be off by tens to hundreds of metres; null where it is not. */
  positionDoubt: z.enum(positionDoubts).nullable(),
});

export const catalogueLayerSchema = z.object({
  definition: layerDefinitionSchema,
  /** not-loaded: defined but without any dataset (未导入). */
  state: z.enum(['loaded', 'not-loaded']),
  /** False: closed to an account like the one that asks (需登录); counts, extent and datasets are then left empty. */
  mayRead: z.boolean(),
  featureCount: z.number().int(),
  /** Rises with every change of the layer; part of every cache key. */
  revision: z.string(),
  /** Features per category entry of the style, by entry id; empty without categories. */
  categoryCounts: z.record(z.string(), z.number().int()),
  /** [minLng, minLat, maxLng, maxLat] or null when empty. */
  extent: z.tuple([z.number(), z.number(), z.number(), z.number()]).nullable(),
  datasets: z.array(datasetSchema),
  /** How the map should draw it now. */
  drawFrom: z.enum(['geojson', 'tiles']),
});

export const catalogueResponseSchema = z.object({
  product: z.object({ name: bilingualSchema, version: z.string() }),
  region: regionSchema
    .pick({ id: true, title: true, bureau: true, adcode: true, extent: true, homeZones: true })
    .extend({
      counties: z.array(
        z.object({
          adcode: z.string(),
          name: z.string(),
          nameEn: z.string(),
          seat: z.tuple([z.number(), z.number()]),
        }),
      ),
    }),
  /** Oldest and newest 资料截止日期 of the loaded datasets; null with no data. */
  dataAsOf: z.object({ oldest: z.iso.date(), newest: z.iso.date() }).nullable(),
  hasSampleData: z.boolean(),
  layers: z.array(catalogueLayerSchema),
});

export type CatalogueResponse = z.infer<typeof catalogueResponseSchema>;
export type CatalogueLayer = z.infer<typeof catalogueLayerSchema>;
