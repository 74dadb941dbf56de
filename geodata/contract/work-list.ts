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
  /** Month the item is about: the one asked for, or an earlier one whose report was returned or still waits for review. */
  period: periodSchema,
  /** Report of that month, if there is one. */
  reportState: z.enum(reportStates).nullable(),
  returnReason: z.string().nullable(),
  /** Flags of the report: doubtful values and evidence, the first to look at. */
  flags: z.array(warningSchema),
  /** What is asked of whoever looks at the list. */
  waitsFor: z.enum(['report', 'resubmit', 'county_review', 'city_review', 'decision', 'nothing']),
  /** A later month was passed already, so that this one, not answered, cannot be reported any more. */
  isOvertaken: z.boolean(),
  /** Months without an answer before the one asked for. */
  silentMonths: z.number().int(),
  /** Steps a decision of the asker's level can take now; empty unless `waitsFor` is `decision`. */
  steps: z.array(z.enum(statusIds)),
});
export type WorkItem = z.infer<typeof workItemSchema>;

/** Whose list it is: an editor's or an onlooker's of units, or that of a level of review. */
export const workListLevels = ['unit', 'county', 'city'] as const;

export const workListSchema = z.object({
  level: z.enum(workListLevels),
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
  /**
   * Of units: returned first, then those that owe, the longest silent before the others, then those waiting for others, then
   * those that are done. Of a level of review: flagged reports first, then other reports, then sites that wait for a decision.
   */
  items: z.array(workItemSchema),
});
export type WorkList = z.infer<typeof workListSchema>;
