/** The files of a mixed upload with the site each is for; a zip among them is opened, and its entries are files like others. */
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { evidenceLimits } from '../../geodata/contract/attachments.ts';
import { TooLargeError, UnprocessableError } from '../errors.ts';
import { unzip } from '../imports/unzip.ts';
import { detectType } from './detect-type.ts';
import { documentMediaTypes, inspectZip } from './inspect-document.ts';
import { readHead } from './inspect-file.ts';
import { matchSite, type SiteCodes } from './match-site.ts';
import type { RefusedFile } from './prepare-file.ts';
import type { ReceivedFile } from './receive-files.ts';

export type SortedFile = ReceivedFile & { siteCode: string | null };

/** What systems put into zips of their own accord; nobody sent it. */
const bySystems = /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._)/i;

/** `folder` takes what zips hold. A zip that cannot be opened is refused as a whole. */
export async function sortFiles(
  received: readonly ReceivedFile[],
  codes: SiteCodes,
  folder: string,
): Promise<{ files: SortedFile[]; refused: RefusedFile[] }> {
  const files: SortedFile[] = [];
  const refused: RefusedFile[] = [];
  let left = evidenceLimits.files;
  for (const [index, file] of received.entries()) {
    try {
      if (!(await isPlainZip(file))) {
        files.push({ ...file, siteCode: matchSite(file.name, codes) });
        continue;
      }
      const entries = await openArchive(file, join(folder, `zip-${index}`), left);
      left -= entries.length;
      for (const { path, inZip } of entries) {
        const { size } = await stat(path);
        const name = inZip.split('/').at(-1) ?? '';
        const siteCode = matchSite(`${file.name}/${inZip}`, codes);
        files.push({ name, path, siteCode, isCut: size > evidenceLimits.documentBytes });
      }
    } catch (error) {
      if (!(error instanceof UnprocessableError || error instanceof TooLargeError)) throw error;
      refused.push({ fileName: file.name, title: error.text });
    }
  }
  return { files, refused };
}

/** A DOCX, XLSX or OFD is a document; throws UnprocessableError for a zip that is none at all. */
async function isPlainZip({ path, isCut }: ReceivedFile): Promise<boolean> {
  if (isCut || detectType((await readHead(path)).head).type !== 'zip') return false;
  return (await inspectZip(path)).mediaType === documentMediaTypes.zip;
}

async function openArchive(
  { path }: ReceivedFile,
  folder: string,
  mostEntries: number,
): Promise<{ path: string; inZip: string }[]> {
  await mkdir(folder, { mode: 0o700 });
  const entries: { path: string; inZip: string }[] = [];
  const place = (inZip: string): string | null => {
    if (bySystems.test(inZip)) return null;
    const entry = { path: join(folder, String(entries.length)), inZip };
    entries.push(entry);
    return entry.path;
  };
  await unzip(path, { place }, { maxEntries: mostEntries, maxBytes: evidenceLimits.totalBytes });
  return entries;
}
