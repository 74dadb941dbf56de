/** Requests and answers about many sites at once: one decision, one document, one trace, undone as one. */
import { z } from 'zod';
import { decisionSchema, periodSchema, reviewSchema } from './marking.ts';

/** A site and the version the asker saw. */
const target = z.strictObject({ code: z.string().min(1).max(60), version: z.number().int().min(1) });
const targets = z.array(target).min(1).max(2000);

/** Body of POST /api/change-sets: everything or nothing; the answer names each site that stands in the way. */
export const changeSetOrderSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('no_progress'),
    sites: targets,
    period: periodSchema,
    effectiveOn: z.iso.date(),
    reason: z.string().trim().min(1).max(500),
  }),
  /** Acceptance, closing … as a list under one 文号 with one document (id of an uploaded list document). */
  z.strictObject({
    kind: z.literal('decision'),
    sites: targets,
    decision: decisionSchema,
    documentId: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
  }),
  z.strictObject({ kind: z.literal('review'), sites: targets, period: periodSchema, review: reviewSchema }),
]);
export type ChangeSetOrder = z.infer<typeof changeSetOrderSchema>;

export const changeSetSchema = z.object({
  id: z.string(),
  kind: z.enum(['no_progress', 'decision', 'review', 'workbook', 'undo']),
  title: z.string(),
  documentNumber: z.string().nullable(),
  actor: z.string(),
  madeAt: z.iso.datetime({ offset: true }),
  siteCount: z.number().int(),
  undoneById: z.string().nullable(),
  /** Null: it can be undone by who asks; else why not. */
  undoObstacle: z.enum(['undone', 'marked_since', 'not_yours', 'is_undo']).nullable(),
});
export type ChangeSet = z.infer<typeof changeSetSchema>;

/** One site that stands in the way of a change set. */
export const siteProblemSchema = z.object({
  code: z.string(),
  name: z.string(),
  title: z.object({ zh: z.string(), en: z.string() }),
});
