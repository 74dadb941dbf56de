/**
 * A sheet as data: what is to be printed, checked once and the same for URL, API, command line and composer; and what
 * the service says of it before it is printed. Lengths in millimetres, positions in CGCS2000 degrees [lng, lat].
 */
import { z } from 'zod';
import { orientations, paperIds, scaleBounds } from '../domain/sheet-paper.ts';

export const sheetTemplateIds = ['city', 'county', 'site', 'wall', 'slide', 'picture'] as const;
export type SheetTemplateId = (typeof sheetTemplateIds)[number];
export const classifications = ['public', 'internal', 'on_request'] as const;
export type Classification = (typeof classifications)[number];
export const sheetFormats = ['svg', 'png', 'pdf'] as const;
export type SheetFormat = (typeof sheetFormats)[number];
export const sheetLanguages = ['zh-CN', 'en'] as const;
export const sheetDpi = { least: 72, most: 300, usual: 300 } as const;

const lng = z.number().min(-180).max(180);
const lat = z.number().min(-85).max(85);
const layerId = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/);
/** One line of text: no line breaks or other control characters. */
const line = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(/^\P{Cc}*$/u);

/** What the map shows. */
export const sheetAreaSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('region') }),
  /** The county whole; neighbours are greyed, features of the county alone are shown and counted. */
  z.strictObject({ kind: z.literal('county'), adcode: z.string().regex(/^\d{6}$/) }),
  /** One mine site close up. */
  z.strictObject({ kind: z.literal('site'), code: z.string().min(1).max(200) }),
  z.strictObject({ kind: z.literal('extent'), extent: z.tuple([lng, lat, lng, lat]) }),
  /** Needs `scale`. */
  z.strictObject({ kind: z.literal('center'), center: z.tuple([lng, lat]) }),
]);
export type SheetArea = z.infer<typeof sheetAreaSchema>;

export const sheetLayerSchema = z.strictObject({
  id: layerId,
  /** Ids of the legend entries shown; missing: all. */
  entries: z.array(layerId).max(50).optional(),
  labels: z.boolean().default(true),
});

/** Texts of the sheet; one that is missing is written by the template, '' leaves it out. */
export const sheetSlotsSchema = z.strictObject({
  title: line(120).optional(),
  subtitle: line(160).optional(),
  /** 制图单位; missing: the bureau. */
  producer: line(80).optional(),
  drawnBy: line(40).optional(),
  reviewedBy: line(40).optional(),
  /** 审图号 */
  mapNumber: line(60).optional(),
  /** A further paragraph of 说明. */
  note: z
    .string()
    .trim()
    .max(600)
    .regex(/^[\P{Cc}\n]*$/u)
    .optional(),
});
export type SheetSlots = z.infer<typeof sheetSlotsSchema>;

export const sheetSpecSchema = z
  .strictObject({
    template: z.enum(sheetTemplateIds),
    paper: z.enum(paperIds).default('A3'),
    /** `auto`: the one that gives the larger round scale. */
    orientation: z.enum(['auto', ...orientations]).default('auto'),
    language: z.enum(sheetLanguages).default('zh-CN'),
    area: sheetAreaSchema,
    /** Denominator; missing: the largest round scale at which the area is whole. */
    scale: z.number().int().min(scaleBounds.least).max(scaleBounds.most).optional(),
    /** EPSG code of the map's CRS; missing: the 3° zone of the centre, without prefix. */
    srid: z.number().int().min(1024).max(32_767).optional(),
    /** Bottom first as the catalogue orders them, whatever their order here; missing: those of the template. */
    layers: z.array(sheetLayerSchema).max(40).optional(),
    /** State effective on that day; missing: as the data stands. */
    asOf: z.iso.date().optional(),
    graticule: z.enum(['degrees', 'kilometres', 'both', 'none']).default('degrees'),
    /** The configured raster basemap below everything. */
    basemap: z.boolean().default(false),
    /** 密级; 秘密 and above may not be in this system at all. */
    classification: z.enum(classifications).default('internal'),
    /** Why a 公开 sheet with administrative boundaries goes without 审图号; printed nowhere, kept in the audit. */
    overrideReason: z.string().trim().min(4).max(300).optional(),
    /** 制图日期; missing: today in Asia/Shanghai. */
    date: z.iso.date().optional(),
    slots: sheetSlotsSchema.default({}),
  })
  .refine(({ area, scale }) => area.kind !== 'center' || scale !== undefined, {
    path: ['scale'],
    message: 'needed with a centre',
  });
export type SheetSpec = z.infer<typeof sheetSpecSchema>;
export type SheetSpecInput = z.input<typeof sheetSpecSchema>;

/** Something to know before printing: `id` is a key both languages translate. */
export const sheetNoticeSchema = z.object({
  id: z.string(),
  severity: z.enum(['info', 'warning', 'blocking']),
  text: z.object({ zh: z.string(), en: z.string() }),
});
export type SheetNotice = z.infer<typeof sheetNoticeSchema>;

/** Where the frame lies and what it will be: answer of POST /api/sheets/plan. */
export const sheetPlanResponseSchema = z.object({
  paper: z.enum(paperIds),
  orientation: z.enum(orientations),
  widthMm: z.number(),
  heightMm: z.number(),
  /** Inner edge of the map frame, from the top left corner of the paper. */
  frame: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }),
  scale: z.number().int(),
  srid: z.number().int(),
  crsName: z.object({ zh: z.string(), en: z.string() }),
  center: z.tuple([z.number(), z.number()]),
  /** Corners of the frame and points between them, closed, lng/lat: to be drawn on the map. */
  frameRing: z.array(z.tuple([z.number(), z.number()])),
  notices: z.array(sheetNoticeSchema),
});
export type SheetPlanResponse = z.infer<typeof sheetPlanResponseSchema>;

/** Many pages as one order: each fits its own subject, with the texts and layers of `spec`. */
export const sheetSeriesSchema = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.literal('county'),
    /** Missing: every county. */
    adcodes: z
      .array(z.string().regex(/^\d{6}$/))
      .min(1)
      .max(200)
      .optional(),
  }),
  z.strictObject({
    by: z.literal('site'),
    codes: z.array(z.string().min(1).max(200)).min(1).max(2000).optional(),
    /** Every site of the county; with neither codes nor county: every site. */
    adcode: z
      .string()
      .regex(/^\d{6}$/)
      .optional(),
  }),
]);
export type SheetSeries = z.infer<typeof sheetSeriesSchema>;

/** Body of POST /api/sheet-jobs: one sheet, or with `series` one page a subject as one PDF or a zip of files. */
export const sheetOrderSchema = z.strictObject({
  spec: sheetSpecSchema,
  format: z.enum([...sheetFormats, 'zip']),
  /** Of PNG, and of pictures in a PDF. */
  dpi: z.number().int().min(sheetDpi.least).max(sheetDpi.most).default(sheetDpi.usual),
  /** Format of the files in a zip. */
  pageFormat: z.enum(sheetFormats).default('pdf'),
  series: sheetSeriesSchema.optional(),
});
export type SheetOrder = z.infer<typeof sheetOrderSchema>;

export const sheetJobSchema = z.object({
  id: z.string(),
  state: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
  /** How many orders stand before it; 0 when it is being worked on or at its end. */
  position: z.number().int(),
  pagesDone: z.number().int(),
  pages: z.number().int(),
  notices: z.array(sheetNoticeSchema),
  /** Why it failed. */
  problem: z.object({ zh: z.string(), en: z.string() }).nullable(),
  file: z.object({ name: z.string(), bytes: z.number().int(), contentType: z.string() }).nullable(),
});
export type SheetJob = z.infer<typeof sheetJobSchema>;

/** A sheet kept by an account under a name: GET /api/saved-sheets, PUT and DELETE /api/saved-sheets/{name}. */
export const savedSheetNameSchema = line(60).min(1);
export const savedSheetSchema = z.object({
  name: savedSheetNameSchema,
  spec: sheetSpecSchema,
  savedAt: z.string(),
});
export type SavedSheet = z.infer<typeof savedSheetSchema>;
