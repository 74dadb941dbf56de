/** Evidence of a site: the list, sending one file with progress and a way to stop, and withdrawing one. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import {
  type Attachment,
  attachmentListSchema,
  attachmentSchema,
  type EvidenceMeaning,
  type momentIds,
  type UploadAnswer,
  uploadAnswerSchema,
} from '../../geodata/contract/attachments.ts';
import { serviceUrl } from './base-url.ts';
import { noteMissingRight } from './imports.ts';
import { mineSiteUrl, siteChanged } from './mine-sites.ts';
import { requestJson } from './request.ts';
import { type SendOptions, sendForm } from './send-form.ts';
import { csrfTokenOf } from './session.ts';
import { writeJson } from './write.ts';

export const attachmentsKey = (code: string) => ['attachments', code] as const;
export type Moment = (typeof momentIds)[number];

/** Newest first, withdrawn ones included; only for those who have signed in. */
export function useAttachments(code: string, options: { enabled: boolean }) {
  return useQuery({
    queryKey: attachmentsKey(code),
    enabled: options.enabled,
    queryFn: async ({ signal }) =>
      (await requestJson(mineSiteUrl(code, '/attachments'), attachmentListSchema, signal)).attachments,
  });
}

/** Address of the file itself, of its small picture, or of a PDF to be shown rather than saved. */
export function attachmentUrl(id: string, part: 'file' | 'thumbnail' | 'preview' = 'file'): string {
  const rest = part === 'thumbnail' ? '/thumbnail' : '';
  const query: Record<string, string> = part === 'preview' ? { inline: 'true' } : {};
  return serviceUrl(`api/attachments/${encodeURIComponent(id)}${rest}`, query);
}

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

/** Sends one file, or a zip of many, to be matched to sites by the codes in its names. Throws as uploadAttachment does. */
export function uploadSorted(
  file: File,
  name: string,
  meaning: EvidenceMeaning,
  options: SendOptions,
): Promise<UploadAnswer> {
  const form = new FormData();
  for (const [field, value] of Object.entries(meaning)) if (value !== undefined) form.append(field, value);
  form.append('files', file, name);
  return sendForm(serviceUrl('api/attachments'), form, uploadAnswerSchema, options);
}

/** Gives a file that named no site one. Throws RequestError. */
export function assignUnmatched(token: string, code: string, csrfToken: string | null): Promise<Attachment> {
  return writeJson({
    method: 'POST',
    url: serviceUrl(`api/attachments/unmatched/${encodeURIComponent(token)}`),
    body: { code },
    csrfToken,
    schema: attachmentSchema,
  });
}

/** Withdraws a photo or document; it stays in the trace. `version` is that of its site. */
export function useWithdrawAttachment(code: string) {
  const client = useQueryClient();
  return useMutation({
    networkMode: 'always',
    mutationFn: ({ id, version }: { id: string; version: number }) =>
      writeJson({
        method: 'DELETE',
        url: attachmentUrl(id),
        version,
        csrfToken: csrfTokenOf(client),
        schema: z.unknown(),
      }),
    onError: (error) => noteMissingRight(client, error),
    onSettled: () => siteChanged(client, code),
  });
}
