/** Answer of GET /api/progress: how far the campaign has come, city-wide and by reporting unit. */
import { z } from 'zod';
import { bilingualSchema } from '../catalogue/layer-definition.ts';
import { statusIds } from '../domain/workflow.ts';

const measureSchema = z.object({
  /** 座 */
  count: z.number().int(),
  /** m², on the campaign's area basis. */
  areaSquareMeters: z.number(),
});

const standingSchema = z.object({
  /** 台账合计: every listed site (核减 not among them). */
  listed: measureSchema,
  started: measureSchema,
  completed: measureSchema,
  closed: measureSchema,
  rectifying: measureSchema,
  excluded: measureSchema,
});

export const progressResponseSchema = z.object({
  campaign: z
    .object({
      code: z.string(),
      name: bilingualSchema,
      document: z.string(),
      base: measureSchema,
      areaBasis: z.enum(['declared', 'measured', 'accepted']),
      from: z.iso.date(),
      to: z.iso.date(),
    })
    .nullable(),
  /** State effective on this day as known now. */
  asOf: z.iso.date(),
  /** Last day of the month before `asOf`, for 较上月. */
  comparedWith: z.iso.date(),
  hasSampleData: z.boolean(),
  total: standingSchema,
  previousTotal: standingSchema,
  byStatus: z.record(z.enum(statusIds), measureSchema),
  byUnit: z.array(
    z.object({
      code: z.string(),
      name: bilingualSchema,
      countyAdcode: z.string().nullable(),
      standing: standingSchema,
      previous: standingSchema,
    }),
  ),
  /** Unfinished sites whose plan year ended before asOf (超过计划年度). */
  overdue: measureSchema,
});
export type ProgressResponse = z.infer<typeof progressResponseSchema>;
