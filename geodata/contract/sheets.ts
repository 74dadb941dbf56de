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
