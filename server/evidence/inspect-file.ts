/** What a sent file is, looked at in full before it is kept. */
import { open } from 'node:fs/promises';
import { evidenceLimits } from '../../geodata/contract/attachments.ts';
import { UnprocessableError } from '../errors.ts';
import { detectType, leadingBytes } from './detect-type.ts';
import { inspectPdf, inspectZip } from './inspect-document.ts';
import { type InspectedPhoto, inspectPhoto } from './inspect-photo.ts';

export type Inspected = { byteSize: number; mediaType: string } & (
  | { kind: 'photo'; photo: InspectedPhoto }
  | { kind: 'document' }
);

/** Throws UnprocessableError with what is wrong and what to do, BusyError where too many wait. */
export async function inspectFile(path: string): Promise<Inspected> {
  const { head, byteSize } = await readHead(path);
  const detected = detectType(head);
  if (detected.type === null) throw new UnprocessableError(detected.reason);
  if (detected.type === 'pdf' || detected.type === 'zip') {
    refuseLarge(byteSize, evidenceLimits.documentBytes);
    const { mediaType } = await (detected.type === 'pdf' ? inspectPdf(path) : inspectZip(path));
    return { kind: 'document', byteSize, mediaType };
  }
  refuseLarge(byteSize, evidenceLimits.photoBytes);
  const { type } = detected;
  const photo = await inspectPhoto(path, type);
  return { kind: 'photo', byteSize, mediaType: photo.mediaType, photo };
}

/** The first bytes of a file, and how many it has. Throws what the file system says. */
export async function readHead(path: string): Promise<{ head: Buffer; byteSize: number }> {
  const file = await open(path);
  try {
    const buffer = Buffer.alloc(leadingBytes);
    const { bytesRead } = await file.read(buffer, 0, leadingBytes, 0);
    return { head: buffer.subarray(0, bytesRead), byteSize: (await file.stat()).size };
  } finally {
    await file.close();
  }
}

function refuseLarge(byteSize: number, mostBytes: number): void {
  if (byteSize <= mostBytes) return;
  throw tooLargeFile();
}

/** For a file beyond its limit, also where it is noticed before it is known what the file is. */
export function tooLargeFile(): UnprocessableError {
  const [photo, document] = [evidenceLimits.photoBytes, evidenceLimits.documentBytes].map((n) => n / 2 ** 20);
  return new UnprocessableError({
    zh: `文件过大:照片不超过 ${photo} MB,文件不超过 ${document} MB;请压缩或拆分后上传。`,
    en: `it is too large: a photo may have ${photo} MB, a document ${document} MB; compress or split it.`,
  });
}
