/** Requests and answers about many sites at once: one decision, one document, one trace, undone as one. */
import { z } from 'zod';
import { decisionSchema, mineSiteSchema, periodSchema, reviewSchema } from './marking.ts';

/** A site and the version the asker saw. */
const target = z.strictObject({ code: z.string().min(1).max(60), version: z.number().int().min(1) });
/** Sites of one change set at most. */
export const mostTargets = 2000;
const targets = z.array(target).min(1).max(mostTargets);

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

/** Answer of POST /api/change-sets/documents: `documentId` of the orders of this account that follow within the hour. */
export const setDocumentSchema = z.object({
  documentId: z.string(),
  fileName: z.string(),
  mediaType: z.string(),
  byteSize: z.number().int(),
});
export type SetDocument = z.infer<typeof setDocumentSchema>;

/** Body of POST /api/change-sets/{id}/undo. The answer is the change set of kind `undo`. */
export const undoSchema = z.strictObject({ reason: z.string().trim().min(1).max(500) });

export const undoObstacles = ['undone', 'marked_since', 'not_yours', 'is_undo'] as const;

/** Answer of POST /api/change-sets and of its undo, and a line of the list. */
export const changeSetSchema = z.object({
  id: z.string(),
  kind: z.enum(['no_progress', 'decision', 'review', 'workbook', 'undo']),
  title: z.string(),
  documentNumber: z.string().nullable(),
  actor: z.string(),
  madeAt: z.iso.datetime({ offset: true }),
  siteCount: z.number().int(),
  /** Of kind `undo`: the one it took back. */
  undoesId: z.string().nullable(),
  undoneById: z.string().nullable(),
  documents: z.array(setDocumentSchema),
  /** Null: it can be undone by who asks; else why not. */
  undoObstacle: z.enum(undoObstacles).nullable(),
});
export type ChangeSet = z.infer<typeof changeSetSchema>;

/** Answer of GET /api/change-sets?before&limit, newest first. */
export const changeSetListSchema = z.object({
  changeSets: z.array(changeSetSchema),
  nextBefore: z.string().nullable(),
});
export type ChangeSetList = z.infer<typeof changeSetListSchema>;

/** One site that stands in the way of a change set. */
export const siteProblemSchema = z.object({
  code: z.string(),
  name: z.string(),
  title: z.object({ zh: z.string(), en: z.string() }),
});
export type SiteProblem = z.infer<typeof siteProblemSchema>;

/** What a refused change set tells beside the usual members of a problem document; nothing was written. */
export const changeSetRefusalSchema = z.object({
  /** 403, 409, 412, 422: each site that stands in the way. */
  sites: z.array(siteProblemSchema).optional(),
  /** 412: the sites that were changed meanwhile, as they stand. */
  currentSites: z.array(mineSiteSchema).optional(),
});
export type ChangeSetRefusal = z.infer<typeof changeSetRefusalSchema>;
