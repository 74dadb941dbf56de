/** POST /api/imports: the files of one delivery, with progress and a way to stop; fetch tells of neither. */
import { type ImportJob, importJobSchema } from '../../geodata/contract/imports.ts';
import { serviceUrl } from './base-url.ts';
import { RequestError, readAnswer } from './request.ts';
import { writeHeaders } from './write.ts';

export type UploadOptions = {
  csrfToken: string | null;
  /** 0–1 of the bytes sent. */
  onProgress: (share: number) => void;
  signal: AbortSignal;
};

/** The new job. Throws RequestError; a stop rejects with the signal's reason. */
export function uploadDelivery(files: readonly File[], options: UploadOptions): Promise<ImportJob> {
  const { csrfToken, onProgress, signal } = options;
  const form = new FormData();
  for (const file of files) form.append('files', file, file.name);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    signal.addEventListener('abort', stop);
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      onProgress(total > 0 ? loaded / total : 0);
    });
    request.addEventListener('loadend', () => signal.removeEventListener('abort', stop));
    request.addEventListener('abort', () => reject(signal.reason));
    request.addEventListener('error', () => reject(new RequestError({ cause: 'unreachable' })));
    request.addEventListener('load', () => {
      try {
        resolve(readAnswer(request.status, request.responseText, importJobSchema));
      } catch (error) {
        reject(error);
      }
    });
    // The form does not tell; the suggested 资料截止日期 comes from it.
    const modified = new Date(Math.max(...files.map(({ lastModified }) => lastModified))).toISOString();
    request.open('POST', serviceUrl('api/imports', { modified }));
    for (const [name, value] of Object.entries(writeHeaders(csrfToken)))
      request.setRequestHeader(name, value);
    request.send(form);
  });
}
