/** /api/workbooks: a month of a reporting unit as a spreadsheet: fetched, sent back, looked at, then applied as one. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { changeSetSchema } from '../../geodata/contract/change-sets.ts';
import { type WorkbookPreview, workbookPreviewSchema } from '../../geodata/contract/workbooks.ts';
import { serviceUrl } from './base-url.ts';
import { manySitesChanged } from './change-sets.ts';
import { noteMissingRight } from './imports.ts';
import { type SendOptions, sendForm } from './send-form.ts';
import { csrfTokenOf } from './session.ts';
import { writeJson } from './write.ts';

/** Address of the workbook to fill in, in the language of the page. */
export function workbookUrl(unit: string, period: string): string {
  return serviceUrl('api/workbooks', { unit, period, lang: document.documentElement.lang });
}

/** Sends a filled workbook; nothing is written. Throws RequestError; a stop rejects with the signal's reason. */
export function checkWorkbook(file: File, options: SendOptions): Promise<WorkbookPreview> {
  const form = new FormData();
  form.append('files', file, file.name);
  return sendForm(serviceUrl('api/workbooks'), form, workbookPreviewSchema, options);
}

/** Applies what was looked at. Resolves with its change set. */
export function useApplyWorkbook() {
  const client = useQueryClient();
  return useMutation({
    networkMode: 'always',
    mutationFn: (token: string) =>
      writeJson({
        method: 'POST',
        url: serviceUrl(`api/workbooks/${encodeURIComponent(token)}/apply`),
        csrfToken: csrfTokenOf(client),
        schema: changeSetSchema,
      }),
    onError: (error) => noteMissingRight(client, error),
    onSettled: () => manySitesChanged(client),
  });
}
