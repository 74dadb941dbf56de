/** Sends files as a form, with progress and a way to stop; fetch tells of neither. */
import type { z } from 'zod';
import { RequestError, readAnswer } from './request.ts';
import { writeHeaders } from './write.ts';

export type SendOptions = {
  csrfToken: string | null;
  /** 0–1 of the bytes sent. */
  onProgress: (share: number) => void;
  signal: AbortSignal;
};

/** The parsed answer of the POST. Throws RequestError; a stop rejects with the signal's reason. */
export function sendForm<Output>(
  url: string,
  form: FormData,
  schema: z.ZodType<Output>,
  { csrfToken, onProgress, signal }: SendOptions,
): Promise<Output> {
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
        resolve(readAnswer(request.status, request.responseText, schema));
      } catch (error) {
        reject(error);
      }
    });
    request.open('POST', url);
    for (const [name, value] of Object.entries(writeHeaders(csrfToken)))
      request.setRequestHeader(name, value);
    request.send(form);
  });
}
