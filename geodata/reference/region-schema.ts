/**
 * What a region is: the facts that tie the product to one prefecture. Everything region-specific
 * lives in geodata/reference/<region>/; the rest of the code reads it only through this shape.
 */
import { z } from 'zod';
import { bilingualSchema } from '../catalogue/layer-definition.ts';

const positionSchema = z.tuple([z.number(), z.number()]);

export const placeKinds = [
  'nature_reserve',
  'wetland_park',
  'forest_park',
  'scenic_area',
  'mine_project',
] as const;

export const regionSchema = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: bilingualSchema,
  bureau: bilingualSchema,
  adcode: z.string().regex(/^\d{6}$/),
  /** [minLng, minLat, maxLng, maxLat] in CGCS2000 degrees; the home view. */
  extent: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  /** 3° Gauss-Kruger zones shown in the status line, nearest first. */
  homeZones: z
    .array(
      z.object({
        zone: z.number().int(),
        centralMeridian: z.number(),
        /** EPSG code with the zone prefix in the easting (4526 for zone 38). */
        prefixedSrid: z.number().int(),
        /** EPSG code without prefix (4547 for 114° E). */
        plainSrid: z.number().int(),
      }),
    )
    .min(1),
  counties: z
    .array(
      z.object({
        adcode: z.string().regex(/^\d{6}$/),
        name: z.string(),
        nameEn: z.string(),
        pinyin: z.string(),
        seat: positionSchema,
        areaKm2: z.number().positive(),
        /** Codes of units that became this one; met in real files. */
        formerAdcodes: z.array(z.string()),
        /** Outer rings and holes of a schematic outline, lng/lat. */
        outline: z.array(z.array(z.array(positionSchema))),
      }),
    )
    .min(1),
  /** Units that report beside the counties and have no code of their own. */
  zones: z.array(
    z.object({ code: z.string(), name: z.string(), nameEn: z.string(), countyAdcode: z.string() }),
  ),
  rivers: z.array(z.object({ name: z.string(), line: z.array(positionSchema).min(2) })),
  places: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      kind: z.enum(placeKinds),
      level: z.enum(['national', 'provincial', 'county']).nullable(),
      adcode: z.string(),
      center: positionSchema,
      /** How far the stated centre may be off, in metres. */
      accuracyMeters: z.number().positive().optional(),
      /** Published area in hectares; null where no published figure is known. */
      areaHa: z.number().positive().nullable(),
      nameChecked: z.boolean(),
      note: z.string(),
    }),
  ),
  campaign: z.object({
    code: z.string(),
    name: bilingualSchema,
    document: z.string(),
    baseCount: z.number().int().positive(),
    baseAreaSquareMeters: z.number().positive(),
    from: z.iso.date(),
    to: z.iso.date(),
  }),
  sample: z.object({
    seed: z.number().int(),
    historyFrom: z.iso.date(),
    /** 资料截止日期 of everything synthetic. */
    asOf: z.iso.date(),
    redLineCount: z.number().int().nonnegative(),
    corridorCount: z.number().int().nonnegative(),
    /** Relative weight of each mineral by county adcode; counties left out have an even mix. */
    mineralWeights: z.record(z.string(), z.record(z.string(), z.number().nonnegative())).optional(),
    /** Corridor systems, each with the counties it runs in and its attested minimum elevation. */
    corridorSystems: z
      .array(
        z.object({
          name: z.string(),
          minElevationMeters: z.number().int(),
          countyAdcodes: z.array(z.string()).min(1),
          count: z.number().int().positive(),
        }),
      )
      .optional(),
  }),
});

export type Region = z.infer<typeof regionSchema>;
export type Place = Region['places'][number];
export type County = Region['counties'][number];
