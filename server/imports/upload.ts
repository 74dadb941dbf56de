/** Takes in the files of one delivery: streamed to disk piece by piece. Whatever goes wrong, nothing of it stays. */
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Request } from 'express';
import { uploadLimits } from '../../geodata/contract/imports.ts';
import { BadRequestError, TooLargeError, UnprocessableError } from '../errors.ts';
import { readForm } from '../http/multipart.ts';
import { shownName, storedName } from './uploaded-names.ts';

export type Upload = {
  /** As their sender named them. */
  fileNames: string[];
  /** Where they lie, in full, in the same order. */
  paths: string[];
};

export type UploadLimits = { totalBytes: number; files: number };

/**
 * The files of the request's body, stored in `folder`, which is made. Throws as readForm does, TooLargeError beyond the
 * limits, and UnprocessableError for files that make no delivery.
 */
export async function receiveUpload(
  request: Request,
  folder: string,
  limits: UploadLimits = uploadLimits,
): Promise<Upload> {
  const files: { shown: string; stored: string }[] = [];
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    await readForm(request, folder, {
      limits: { ...limits, fields: 0 },
      accept(givenName) {
        const shown = shownName(givenName);
        const stored = storedName(shown);
        if (shown === '') throw namelessFile();
        if (files.some((file) => file.stored.toLowerCase() === stored.toLowerCase())) throw twice(shown);
        files.push({ shown, stored });
        return createWriteStream(join(folder, stored), { flags: 'wx', mode: 0o600 });
      },
      words: {
        tooLarge: () => tooLarge(limits),
        tooManyFiles: () => tooManyFiles(limits),
        fields: onlyFiles,
      },
    });
    return {
      fileNames: files.map(({ shown }) => shown),
      paths: files.map(({ stored }) => join(folder, stored)),
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

function tooLarge({ totalBytes }: UploadLimits): TooLargeError {
  const megabytes = Math.round(totalBytes / 1024 / 1024);
  return new TooLargeError({
    zh: `一次上传不能超过 ${megabytes} MB。请分批上传,或在服务器上用 npm run import 导入。`,
    en: `One upload may not be more than ${megabytes} MB; send it in parts, or use npm run import on the server.`,
  });
}

function tooManyFiles({ files }: UploadLimits): TooLargeError {
  return new TooLargeError({
    zh: `一次上传不能超过 ${files} 个文件。`,
    en: `One upload may not hold more than ${files} files.`,
  });
}

function onlyFiles(): BadRequestError {
  return new BadRequestError(
    {
      zh: '上传中只能有文件;入库设置请随后用 PATCH 提交。',
      en: 'An upload holds files only; settings follow by PATCH.',
    },
    { field: 'body' },
  );
}

function namelessFile(): BadRequestError {
  return new BadRequestError(
    { zh: '上传中有没有文件名的部分。', en: 'A part of the upload has no file name.' },
    { field: 'body' },
  );
}

function twice(name: string): UnprocessableError {
  return new UnprocessableError({
    zh: `上传中有两个名为“${name}”的文件(不分大小写,特殊符号视为相同),请改名后重新上传。`,
    en: `The upload holds two files named "${name}" (letter case and special signs aside); rename one and send it again.`,
  });
}
