/** Answer of GET /api/work-list: what an editor owes, and what waits for a reviewer (待办). */
import { z } from 'zod';
import { statusIds } from '../domain/workflow.ts';
import { periodSchema, reportStates, warningSchema } from './marking.ts';

export const workItemSchema = z.object({
  code: z.string(),
  name: z.string(),
  version: z.number().int(),
  unit: z.object({ code: z.string(), name: z.string(), nameEn: z.string() }),
  status: z.enum(statusIds),
  declaredAreaSquareMeters: z.number().nullable(),
  progressPercent: z.number().nullable(),
  /** Report of the period, if there is one. */
  reportState: z.enum(reportStates).nullable(),
  returnReason: z.string().nullable(),
  /** Flags of the report: doubtful values and evidence, the first to look at. */
  flags: z.array(warningSchema),
  /** What is asked of whoever looks at the list. */
  waitsFor: z.enum(['report', 'resubmit', 'county_review', 'city_review', 'decision', 'nothing']),
  /** Months without an answer before this one. */
  silentMonths: z.number().int(),
});
export type WorkItem = z.infer<typeof workItemSchema>;

export const workListSchema = z.object({
  period: periodSchema,
  workDay: z.iso.date(),
  /** 报送截止日 of the period. */
  dueOn: z.iso.date(),
  hasSampleData: z.boolean(),
  /** Of the sites that owe an answer within the asker's units. */
  counts: z.object({
    owed: z.number().int(),
    reported: z.number().int(),
    returned: z.number().int(),
    left: z.number().int(),
  }),
  /** Returned first, then those that owe, then those waiting for others. */
  items: z.array(workItemSchema),
});
export type WorkList = z.infer<typeof workListSchema>;
