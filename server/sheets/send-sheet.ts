/** Sends what was drawn so that a browser only ever shows or saves it: nothing in it runs or loads. */
import { basename, dirname } from 'node:path';
import type { Request, Response } from 'express';
import { contentDisposition } from '../evidence/send-evidence.ts';

/** Nothing loads, nothing runs, and the page it would make has no origin. */
const sandboxed =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox";
/** Browsers show no PDF in a sandboxed page; their viewer runs its scripts apart from any site. */
const forPdf = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'";

export type SentFile = { name: string; contentType: string; disposition: 'inline' | 'attachment' };

export function setSheetHeaders(response: Response, { name, contentType, disposition }: SentFile): void {
  response.set({
    'Content-Type': contentType,
    'Content-Disposition': contentDisposition(disposition, name),
    'Content-Security-Policy': contentType === 'application/pdf' ? forPdf : sandboxed,
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  });
}

/** The file, in ranges where asked. A reader who leaves is no failure. */
export function sendSheetFile(
  request: Request,
  response: Response,
  file: SentFile & { path: string },
): Promise<void> {
  setSheetHeaders(response, file);
  const options = { root: dirname(file.path), etag: false, lastModified: false, cacheControl: false };
  return new Promise((resolve, reject) => {
    response.sendFile(basename(file.path), options, (error?: NodeJS.ErrnoException) => {
      if (error === undefined || response.headersSent || request.destroyed) resolve();
      else reject(error);
    });
  });
}
