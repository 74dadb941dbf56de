/** Evidence of a site: photos and documents, what each says of itself, and the answers to uploads. */
import { z } from 'zod';
import { requirementIds } from '../domain/workflow.ts';
import { periodSchema } from './marking.ts';

/** What a photo says of itself: 位置相符, 无位置信息, 位置不符, 疑似偏移坐标, 时间不符, 重复照片. */
export const evidenceCheckIds = [
  'place_ok',
  'no_location',
  'wrong_place',
  'shifted_coordinates',
  'wrong_time',
  'duplicate',
] as const;
export const evidenceCheckSchema = z.object({
  id: z.enum(evidenceCheckIds),
  /** Metres from the site's outline (0 inside), for place checks. */
  distanceMeters: z.number().optional(),
  /** Photos that look the same, of whichever site. */
  sameAs: z.array(z.object({ id: z.string(), siteCode: z.string(), siteName: z.string() })).optional(),
});
export type EvidenceCheck = z.infer<typeof evidenceCheckSchema>;

export const momentIds = ['before', 'during', 'after'] as const;

export const attachmentSchema = z.object({
  id: z.string(),
  siteCode: z.string(),
  kind: z.enum(['photo', 'document']),
  moment: z.enum(momentIds).nullable(),
  purpose: z.enum(requirementIds).nullable(),
  fileName: z.string(),
  sha256: z.string(),
  byteSize: z.number().int(),
  mediaType: z.string(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  takenAt: z.iso.datetime({ offset: true }).nullable(),
  /** [lng, lat] in CGCS2000 degrees, as the camera said. */
  position: z.tuple([z.number(), z.number()]).nullable(),
  checks: z.array(evidenceCheckSchema),
  period: periodSchema.nullable(),
  uploadedBy: z.string(),
  uploadedAt: z.iso.datetime({ offset: true }),
  withdrawnAt: z.iso.datetime({ offset: true }).nullable(),
});
export type Attachment = z.infer<typeof attachmentSchema>;

/** Of one file, and of one request. */
export const evidenceLimits = {
  photoBytes: 20 * 2 ** 20,
  documentBytes: 50 * 2 ** 20,
  /** Files of one request; of a zip that is sorted by site, its entries. */
  files: 200,
  totalBytes: 500 * 2 ** 20,
} as const;

/** Answer of GET /api/mine-sites/{code}/attachments: newest first, withdrawn ones too. */
export const attachmentListSchema = z.object({ attachments: z.array(attachmentSchema) });
export type AttachmentList = z.infer<typeof attachmentListSchema>;

/** Fields of the form beside its files, before or after them. */
export const evidenceMeaningSchema = z.strictObject({
  moment: z.enum(momentIds).optional(),
  purpose: z.enum(requirementIds).optional(),
  period: periodSchema.optional(),
});
export type EvidenceMeaning = z.infer<typeof evidenceMeaningSchema>;

/** Body of POST /api/attachments/unmatched/{token}: the site an unmatched file is for. The answer is its Attachment. */
export const assignUnmatchedSchema = z.strictObject({ code: z.string().min(1).max(100) });

/** Answer of POST /api/mine-sites/{code}/attachments and POST /api/attachments (files matched to sites by code). */
export const uploadAnswerSchema = z.object({
  stored: z.array(attachmentSchema),
  /** Files whose name names no site the asker may mark: kept for an hour, to be given a site by hand. */
  unmatched: z.array(
    z.object({ token: z.string(), fileName: z.string(), kind: z.enum(['photo', 'document']) }),
  ),
  refused: z.array(z.object({ fileName: z.string(), title: z.object({ zh: z.string(), en: z.string() }) })),
});
export type UploadAnswer = z.infer<typeof uploadAnswerSchema>;
