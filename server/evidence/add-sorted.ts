/** A mixed upload: many files, or a zip of them, each for the site its name tells; the rest waits to be sorted by hand. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Request } from 'express';
import { evidenceLimits, type UploadAnswer } from '../../geodata/contract/attachments.ts';
import type { SignedInAccount } from '../../geodata/contract/session.ts';
import type { Context } from '../context.ts';
import { UnprocessableError } from '../errors.ts';
import { indexCodes } from './match-site.ts';
import { nothingKept, prepareFile, type RefusedFile } from './prepare-file.ts';
import { receiveFiles } from './receive-files.ts';
import { listSites, mayAddEvidence } from './site-rights.ts';
import { sortFiles } from './sort-files.ts';
import { type EvidenceToStore, storeEvidence } from './store-evidence.ts';
import type { UnmatchedFiles } from './unmatched-files.ts';

type SortedUpload = {
  request: Request;
  account: SignedInAccount;
  unmatched: UnmatchedFiles;
  /** Empty, on the disk of the data folder; the caller removes it. */
  folder: string;
};

/** Throws as receiveFiles does, and UnprocessableError where not one file could be kept. */
export async function addSorted(
  context: Context,
  { request, account, unmatched, folder }: SortedUpload,
): Promise<UploadAnswer> {
  const received = join(folder, 'received');
  await mkdir(received);
  // A zip holds many files and may be as large as they are together.
  const { files, meaning } = await receiveFiles(request, received, evidenceLimits.totalBytes);
  const sites = (await listSites(context.database, account)).filter((site) => mayAddEvidence(account, site));
  const { files: sorted, refused } = await sortFiles(
    files,
    indexCodes(sites.map(({ code }) => code)),
    folder,
  );
  const items: EvidenceToStore[] = [];
  const waiting: UploadAnswer['unmatched'] = [];
  const allRefused: RefusedFile[] = [...refused];
  for (const { siteCode, ...received } of sorted) {
    try {
      const file = await prepareFile(received);
      if (siteCode !== null) {
        items.push({ siteCode, file, meaning });
        continue;
      }
      const { kind } = file.inspected;
      const note = { accountId: account.id, fileName: file.name, kind, meaning };
      waiting.push({ token: await unmatched.keep(file.path, note), fileName: file.name, kind });
    } catch (error) {
      if (!(error instanceof UnprocessableError)) throw error;
      allRefused.push({ fileName: received.name, title: error.text });
    }
  }
  if (items.length === 0 && waiting.length === 0) throw nothingKept(allRefused);
  const stored = items.length === 0 ? [] : await storeEvidence(context, account, items, folder);
  return { stored, unmatched: waiting, refused: allRefused };
}
