/** Evidence of a site: the list, sending one file with progress and a way to stop, and withdrawing one. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import {
  attachmentSchema,
  type momentIds,
  type UploadAnswer,
  uploadAnswerSchema,
} from '../../geodata/contract/attachments.ts';
import type { RequirementId } from '../../geodata/domain/workflow.ts';
import { serviceUrl } from './base-url.ts';
import { noteMissingRight } from './imports.ts';
import { mineSiteUrl, siteChanged } from './mine-sites.ts';
import { requestJson } from './request.ts';
import { type SendOptions, sendForm } from './send-form.ts';
import { csrfTokenOf } from './session.ts';
import { writeJson } from './write.ts';

export const attachmentsKey = (code: string) => ['attachments', code] as const;
export type Moment = (typeof momentIds)[number];

const listSchema = z.object({ attachments: z.array(attachmentSchema) });

/** Newest first, withdrawn ones included; only for those who have signed in. */
export function useAttachments(code: string, options: { enabled: boolean }) {
  return useQuery({
    queryKey: attachmentsKey(code),
    enabled: options.enabled,
    queryFn: async ({ signal }) =>
      (await requestJson(mineSiteUrl(code, '/attachments'), listSchema, signal)).attachments,
  });
}

/** Address of the file itself, or of its small picture. */
export function attachmentUrl(id: string, part: 'file' | 'thumbnail' = 'file'): string {
  return serviceUrl(`api/attachments/${encodeURIComponent(id)}${part === 'thumbnail' ? '/thumbnail' : ''}`);
}

/** What a file is meant as: a photo of a moment, or a document for what a step needs. */
export type EvidenceMeaning = { moment?: Moment; purpose?: RequirementId; period: string };

/** Sends one file. Throws RequestError; a stop rejects with the signal's reason. */
export function uploadAttachment(
  code: string,
  file: File,
  meaning: EvidenceMeaning,
  options: SendOptions,
): Promise<UploadAnswer> {
  const form = new FormData();
  for (const [name, value] of Object.entries(meaning)) if (value !== undefined) form.append(name, value);
  form.append('files', file, file.name);
  return sendForm(mineSiteUrl(code, '/attachments'), form, uploadAnswerSchema, options);
}

/** Withdraws a photo or document; it stays in the trace. */
export function useWithdrawAttachment(code: string) {
  const client = useQueryClient();
  return useMutation({
    networkMode: 'always',
    mutationFn: (id: string) =>
      writeJson({
        method: 'DELETE',
        url: attachmentUrl(id),
        csrfToken: csrfTokenOf(client),
        schema: z.unknown(),
      }),
    onError: (error) => noteMissingRight(client, error),
    onSettled: () => siteChanged(client, code),
  });
}
