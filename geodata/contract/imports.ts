/** Requests and answers of /api/imports, /api/import-profiles and /api/datasets: a delivered file on its way into a layer. */
import { z } from 'zod';
import { bilingualSchema } from '../catalogue/layer-definition.ts';

export const importModes = ['replace', 'upsert', 'append'] as const;
export type ImportMode = (typeof importModes)[number];

/** Of one upload, all its files together. */
export const uploadLimits = { totalBytes: 2 ** 30, files: 200 } as const;

/** 密级; 秘密 and above may not be in this product at all. */
export const classifications = ['public', 'internal', 'on_request'] as const;
export type Classification = (typeof classifications)[number];

/** Why every position of a dataset may be off; the dataset carries the badge for good. */
export const positionDoubts = ['gcj02', 'beijing54', 'xian80'] as const;
export type PositionDoubt = (typeof positionDoubts)[number];

export const deliveryFormats = [
  'shapefile',
  'filegdb',
  'geopackage',
  'geojson',
  'kml',
  'csv',
  'xlsx',
] as const;
export type DeliveryFormat = (typeof deliveryFormats)[number];

export const rowProblemSchema = z.object({
  /** Position of the row in the file, from 1. */
  row: z.number().int(),
  code: z.string().nullable(),
  reason: bilingualSchema,
});
export type RowProblem = z.infer<typeof rowProblemSchema>;

/** [minLng, minLat, maxLng, maxLat] in CGCS2000 degrees. */
const extentSchema = z.tuple([z.number(), z.number(), z.number(), z.number()]);

/** What a file is and says, before anyone decides where it goes. */
export const inspectionSchema = z.object({
  fileName: z.string(),
  sha256: z.string(),
  bytes: z.number().int(),
  format: z.enum(deliveryFormats),
  /** Layers in the file, the chosen one among them. */
  parts: z.array(z.object({ name: z.string(), rowCount: z.number().int().nullable() })),
  part: z.string(),
  /** Several parts have shapes and none was asked for: the first was read, and has to be confirmed; else null. */
  partProblem: bilingualSchema.nullable(),
  rowCount: z.number().int(),
  geometryType: z.string().nullable(),
  encoding: z.object({ name: z.string(), reason: bilingualSchema }).nullable(),
  /** As asked or as stated by the file; null: it must be chosen from the candidates. */
  crs: z.object({ srid: z.number().int().nullable(), name: bilingualSchema }).nullable(),
  /** Best first. `value` is what is asked for, such as EPSG:4526 or GCJ-02. */
  crsCandidates: z.array(z.object({ value: z.string(), name: bilingualSchema, insideHome: z.boolean() })),
  /** Why no CRS was taken; null where one was. */
  crsProblem: bilingualSchema.nullable(),
  columns: z.array(z.string()),
  /** The first ten rows, decoded. */
  sampleRows: z.array(
    z.object({ row: z.number().int(), values: z.record(z.string(), z.string().nullable()) }),
  ),
  /** Null where the CRS is not known. */
  extent: extentSchema.nullable(),
  /** Day of the newest file of the delivery in Asia/Shanghai: the suggested 资料截止日期. */
  fileDay: z.iso.date(),
  suggestedLayerId: z.string().nullable(),
  /** Everything the file did not say, with how to change it. */
  assumptions: z.array(bilingualSchema),
  warnings: z.array(bilingualSchema),
});
export type Inspection = z.infer<typeof inspectionSchema>;

/**
 * What is decided about an import; everything may be left open until it is started. Given anew, settings are laid over
 * those there are; an empty text takes part, crs, encoding or profile back.
 */
export const importSettingsSchema = z.strictObject({
  layerId: z.string().max(100).optional(),
  part: z.string().max(200).optional(),
  crs: z.string().max(2_000).optional(),
  encoding: z.string().max(40).optional(),
  mode: z.enum(importModes).optional(),
  /** Column of the file by field of the layer; null: the field stays empty. Fields left out are suggested by name. */
  mapping: z.record(z.string(), z.string().nullable()).optional(),
  /** Name of a saved mapping, applied before `mapping`. */
  profile: z.string().max(100).optional(),
  asOf: z.iso.date().optional(),
  title: z.string().min(1).max(200).optional(),
  source: z.string().min(1).max(500).optional(),
  classification: z.enum(classifications).optional(),
  /** Import the good rows and leave out the rejected ones, which stay listed in the report. */
  skipRejected: z.boolean().optional(),
});
export type ImportSettings = z.infer<typeof importSettingsSchema>;

/** What was found, assumed and done; kept as JSON beside the dataset. */
export const importReportSchema = z.object({
  file: z.string(),
  sha256: z.string(),
  format: z.enum(deliveryFormats),
  part: z.string(),
  layerId: z.string(),
  mode: z.enum(importModes),
  /** Rows of the file. */
  rowCount: z.number().int(),
  /** Features made of the accepted rows (patch rows of one site make one feature). */
  featureCount: z.number().int(),
  /** Of them stored under a code that was not there, and over one that was. */
  insertedCount: z.number().int(),
  updatedCount: z.number().int(),
  /** Features that stood in the layer before and are gone. */
  removedCount: z.number().int(),
  isDryRun: z.boolean(),
  asOf: z.iso.date(),
  classification: z.enum(classifications),
  crs: z.object({ srid: z.number().int().nullable(), name: bilingualSchema }),
  positionDoubt: z.enum(positionDoubts).nullable(),
  encoding: z.string().nullable(),
  /** Column of the file by field of the layer. */
  columns: z.record(z.string(), z.string()),
  unusedColumns: z.array(z.string()),
  assumptions: z.array(bilingualSchema),
  warnings: z.array(bilingualSchema),
  /** Rejected rows, all of them. */
  problems: z.array(rowProblemSchema),
  /** Rows whose shape was mended, with what was done and the area before and after. */
  repairs: z.array(rowProblemSchema),
  /** Id of the dataset it became; null for a dry run. */
  datasetId: z.string().nullable(),
});
export type ImportReport = z.infer<typeof importReportSchema>;

/** reading → inspected → checking → checked → importing → done; failed and cancelled from any of them. */
export const importJobStates = [
  'reading',
  'inspected',
  'checking',
  'checked',
  'importing',
  'done',
  'failed',
  'cancelled',
] as const;

export const importJobSchema = z.object({
  id: z.string(),
  state: z.enum(importJobStates),
  fileNames: z.array(z.string()),
  settings: importSettingsSchema,
  inspection: inspectionSchema.nullable(),
  /** Of the check (isDryRun true) and then of the import itself. Lists of rows end at 500 here. */
  report: importReportSchema.nullable(),
  /** How many there are, beyond those listed. */
  problemCount: z.number().int(),
  repairCount: z.number().int(),
  progress: z
    .object({ text: bilingualSchema, done: z.number().nullable(), total: z.number().nullable() })
    .nullable(),
  /** Why it failed, or what must be decided before it can go on. */
  problem: z.object({ code: z.string(), text: bilingualSchema, field: z.string().nullable() }).nullable(),
});
export type ImportJob = z.infer<typeof importJobSchema>;

/** A mapping of columns to fields that is used again. */
export const importProfileSchema = z.strictObject({
  name: z.string().trim().min(1).max(100),
  layerId: z.string(),
  columns: z.record(z.string(), z.string().nullable()),
});
export type ImportProfile = z.infer<typeof importProfileSchema>;

/** One import of the past, newest first: current, replaced by a later one, or taken back. */
export const importedDatasetSchema = z.object({
  id: z.string(),
  layerId: z.string(),
  kind: z.enum(['sample', 'official']),
  mode: z.enum(importModes),
  title: z.string(),
  fileName: z.string().nullable(),
  asOf: z.iso.date(),
  featureCount: z.number().int(),
  createdAt: z.string(),
  state: z.enum(['current', 'replaced', 'taken-back']),
  /** Null where it can be taken back; otherwise why not. */
  takeBackRefusal: bilingualSchema.nullable(),
});
export type ImportedDataset = z.infer<typeof importedDatasetSchema>;

/** Answer of GET /api/imports. */
export const importListSchema = z.object({
  jobs: z.array(importJobSchema),
  datasets: z.array(importedDatasetSchema),
});
