/** Answers of GET /api/progress and GET /api/progress/sites: how far the campaign has come, and who is counted. */
import { z } from 'zod';
import { bilingualSchema } from '../catalogue/layer-definition.ts';
import { statusIds } from '../domain/workflow.ts';
import { periodSchema } from './marking.ts';

const measureSchema = z.object({
  /** 座 */
  count: z.number().int(),
  /** m², on the campaign's area basis. */
  areaSquareMeters: z.number(),
});
export type Measure = z.infer<typeof measureSchema>;

/** Figures of where sites stand, now and at the last month end. */
export const standingFigureIds = [
  'listed',
  'started',
  'completed',
  'closed',
  'rectifying',
  'excluded',
  'treated',
] as const;
/** Figures of what needs somebody to do something. */
export const attentionFigureIds = ['returned', 'waits_county', 'waits_city', 'silent', 'overdue'] as const;
export const figureIds = [...standingFigureIds, ...attentionFigureIds] as const;
export type FigureId = (typeof figureIds)[number];

export const standingSchema = z.object({
  /** 台账合计: every listed site (核减 not among them). */
  listed: measureSchema,
  started: measureSchema,
  completed: measureSchema,
  closed: measureSchema,
  rectifying: measureSchema,
  excluded: measureSchema,
  /** 累计治理面积: listed sites with any treated area, and that area, not the one of the sites. */
  treated: measureSchema,
});
export type Standing = z.infer<typeof standingSchema>;

/** By how many months, the longest first. */
const steppedSchema = measureSchema.extend({
  steps: z.array(measureSchema.extend({ months: z.number().int() })),
});

export const attentionSchema = z.object({
  /** Sites with a returned report. */
  returned: measureSchema,
  /** Sites with a report that waits for the county's review, or the city's. */
  waits_county: measureSchema,
  waits_city: measureSchema,
  /** Sites that owed an answer by `reportingPeriod` and gave none (未报). */
  silent: steppedSchema,
  /** Unfinished sites whose plan year ended before asOf (超计划年度). */
  overdue: steppedSchema,
});
export type Attention = z.infer<typeof attentionSchema>;

const figuresSchema = z.object({
  standing: standingSchema,
  previous: standingSchema,
  attention: attentionSchema,
});

export const progressGroupings = ['unit', 'county', 'status', 'plan_year', 'mineral'] as const;
export type ProgressGrouping = (typeof progressGroupings)[number];

export const progressResponseSchema = z.object({
  campaign: z
    .object({
      code: z.string(),
      name: bilingualSchema,
      document: z.string(),
      /** 下达任务 */
      base: measureSchema,
      areaBasis: z.enum(['declared', 'measured', 'accepted']),
      from: z.iso.date(),
      to: z.iso.date(),
    })
    .nullable(),
  /** 下达任务 less 台账合计; null without a campaign. */
  difference: measureSchema.nullable(),
  /** State effective on this day as known now. */
  asOf: z.iso.date(),
  /** Last day of the month before `asOf`, for 较上月. */
  comparedWith: z.iso.date(),
  /** The last month whose report was due by `asOf`. */
  reportingPeriod: periodSchema,
  /** First day anything is known of; null without any event. */
  firstDay: z.iso.date().nullable(),
  /** 资料截止日期 of the mine sites, whatever day was asked for. */
  knownUntil: z.iso.date(),
  hasSampleData: z.boolean(),
  total: standingSchema,
  previousTotal: standingSchema,
  attention: attentionSchema,
  byStatus: z.record(z.enum(statusIds), measureSchema),
  byUnit: z.array(
    figuresSchema.extend({
      /** '' for sites that no unit reports. */
      code: z.string(),
      name: bilingualSchema,
      countyAdcode: z.string().nullable(),
    }),
  ),
  /** As asked by `by`; null where nothing was asked. */
  groups: z
    .object({
      by: z.enum(progressGroupings),
      entries: z.array(
        figuresSchema.extend({
          /** '' for sites without a value. Goes into the parameter of /api/progress/sites named as `by`. */
          key: z.string(),
          title: bilingualSchema,
        }),
      ),
    })
    .nullable(),
});
export type ProgressResponse = z.infer<typeof progressResponseSchema>;

export const figureSitesSchema = measureSchema.extend({
  figure: z.enum(figureIds),
  asOf: z.iso.date(),
  hasSampleData: z.boolean(),
  /** Every site the figure counts, in the order of their names. */
  sites: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      /** Code of its reporting unit; null where none reports it. */
      unit: z.string().nullable(),
      status: z.enum(statusIds),
      areaSquareMeters: z.number(),
      /** Months silent or overdue; null for other figures. */
      months: z.number().int().nullable(),
    }),
  ),
});
export type FigureSites = z.infer<typeof figureSitesSchema>;
