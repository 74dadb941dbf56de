/**
 * Sends what people uploaded so that a browser only ever shows or saves it: the type found on arrival and no other, no
 * script, no frame of another site. Photos are shown, a PDF only where that is asked for, everything else is saved.
 */
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Request, Response } from 'express';
import type { Attachment } from '../../geodata/contract/attachments.ts';
import { NotFoundError } from '../errors.ts';
import {
  evidenceFolder,
  evidenceName,
  evidencePath,
  placeThumbnail,
  sizeOfFile,
  thumbnailName,
} from './evidence-files.ts';
import { documentMediaTypes } from './inspect-document.ts';
import { makeThumbnail } from './inspect-photo.ts';

/** Nothing loads, nothing runs, and the page it would make has no origin. */
const sandboxed = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox";
/** Browsers show no PDF in a sandboxed page; their viewer runs its scripts apart from any site. */
const forPdf = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'";

const shown = new Set(['image/jpeg', 'image/png', 'image/webp']);

/** Answers with the file itself, in ranges where asked. Throws NotFoundError where it is not on the disk. */
export async function sendOriginal(
  request: Request,
  response: Response,
  attachment: Pick<Attachment, 'sha256' | 'fileName' | 'mediaType'>,
  { dataDir, isPreview }: { dataDir: string; isPreview: boolean },
): Promise<void> {
  if ((await sizeOfFile(dataDir, attachment.sha256)) === null) throw lost();
  const isShownPdf = isPreview && attachment.mediaType === documentMediaTypes.pdf;
  const isInline = isShownPdf || shown.has(attachment.mediaType);
  response.set({
    'Content-Type': attachment.mediaType,
    'Content-Disposition': contentDisposition(isInline ? 'inline' : 'attachment', attachment.fileName),
    'Content-Security-Policy': isShownPdf ? forPdf : sandboxed,
    'X-Content-Type-Options': 'nosniff',
    ETag: `"${attachment.sha256}"`,
    'Cache-Control': 'private, no-cache',
  });
  await send(request, response, dataDir, evidenceName(attachment.sha256));
}

/** Answers with the small picture, made again where it is missing. Throws NotFoundError for a document. */
export async function sendThumbnail(
  request: Request,
  response: Response,
  attachment: Attachment,
  dataDir: string,
): Promise<void> {
  if (attachment.kind !== 'photo') throw noPicture();
  await ensureThumbnail(attachment, dataDir);
  response.set({
    'Content-Type': 'image/webp',
    'Content-Disposition': 'inline',
    'Content-Security-Policy': sandboxed,
    'X-Content-Type-Options': 'nosniff',
    ETag: `"${attachment.sha256}-small"`,
    'Cache-Control': 'private, max-age=86400',
  });
  await send(request, response, dataDir, thumbnailName(attachment.sha256));
}

/** It is no part of a backup, so after a restore it is missing. */
async function ensureThumbnail({ sha256, width, height }: Attachment, dataDir: string): Promise<void> {
  const folder = evidenceFolder(dataDir);
  const found = await stat(join(folder, thumbnailName(sha256))).catch(() => null);
  if (found !== null) return;
  if ((await sizeOfFile(dataDir, sha256)) === null) throw lost();
  const scratch = await mkdtemp(join(folder, 'thumbnail-'));
  try {
    const thumbnail = await makeThumbnail(await readFile(evidencePath(dataDir, sha256)), {
      width: width ?? 0,
      height: height ?? 0,
    });
    await placeThumbnail(dataDir, thumbnail, sha256, join(scratch, 'small'));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function send(request: Request, response: Response, dataDir: string, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const options = { root: evidenceFolder(dataDir), etag: false, lastModified: false, cacheControl: false };
    response.sendFile(name, options, (error?: NodeJS.ErrnoException) => {
      // A reader who leaves is no failure; everything that was not sent yet is.
      if (error === undefined || response.headersSent || request.destroyed) resolve();
      else reject(error.code === 'ENOENT' ? lost() : error);
    });
  });
}

/** RFC 6266, the name in the notation of RFC 5987, beside one of plain letters for old programs. */
export function contentDisposition(kind: 'inline' | 'attachment', fileName: string): string {
  const plain = fileName.replace(/[^\w. -]/g, '_').replace(/^\.+/, '_') || 'file';
  const encoded = encodeURIComponent(fileName.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

function lost(): NotFoundError {
  return new NotFoundError({
    zh: '这份材料登记在册,但服务器上找不到文件。请联系管理员从备份恢复(npm run doctor 会列出缺失的文件)。',
    en: 'This is on record, but its file is not on the server. Ask the administrator to restore it from a backup (npm run doctor lists what is missing).',
  });
}

function noPicture(): NotFoundError {
  return new NotFoundError({ zh: '文件没有缩略图。', en: 'A document has no small picture.' });
}
