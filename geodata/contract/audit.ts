/** Requests and answers of /api/audit: what was done by whom, for auditors and administrators. */
import { z } from 'zod';

export const auditEntrySchema = z.object({
  /** Place in the chain, from 1 without gaps. */
  seq: z.int(),
  at: z.iso.datetime(),
  /** Username, or the command that did it. */
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  detail: z.record(z.string(), z.unknown()),
  /** SHA-256 in hex over the hash before and the text of this entry. */
  hash: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

/** Newest first. */
export const auditPageSchema = z.object({
  entries: z.array(auditEntrySchema),
  /** Goes into `before` for the next page; null on the last. */
  next: z.int().nullable(),
});
export type AuditPage = z.infer<typeof auditPageSchema>;
