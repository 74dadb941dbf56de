/** POST /api/imports: the files of one delivery. */
import { type ImportJob, importJobSchema } from '../../geodata/contract/imports.ts';
import { serviceUrl } from './base-url.ts';
import { type SendOptions, sendForm } from './send-form.ts';

/** The new job. Throws RequestError; a stop rejects with the signal's reason. */
export function uploadDelivery(files: readonly File[], options: SendOptions): Promise<ImportJob> {
  const form = new FormData();
  for (const file of files) form.append('files', file, file.name);
  // The form does not tell; the suggested 资料截止日期 comes from it.
  const modified = new Date(Math.max(...files.map(({ lastModified }) => lastModified))).toISOString();
  return sendForm(serviceUrl('api/imports', { modified }), form, importJobSchema, options);
}
