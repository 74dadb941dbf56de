/** Gives a file that waits a site; where it cannot be stored it goes on waiting. */
import type { Attachment } from '../../geodata/contract/attachments.ts';
import type { SignedInAccount } from '../../geodata/contract/session.ts';
import type { Context } from '../context.ts';
import { prepareFile } from './prepare-file.ts';
import type { EvidenceSite } from './site-rights.ts';
import { storeEvidence } from './store-evidence.ts';
import type { UnmatchedFiles } from './unmatched-files.ts';

type Assignment = {
  account: SignedInAccount;
  unmatched: UnmatchedFiles;
  token: string;
  /** To which the account may add evidence. */
  site: EvidenceSite;
  /** Where the file may lie meanwhile, in `folder` of the caller on the disk of the data folder. */
  path: string;
  folder: string;
};

/** Throws NotFoundError where nothing waits under the token for this account. */
export async function assignUnmatched(
  context: Context,
  { account, unmatched, token, site, path, folder }: Assignment,
): Promise<Attachment> {
  const note = await unmatched.find(token, account.id);
  await unmatched.take(token, path);
  try {
    const file = await prepareFile({ name: note.fileName, path, isCut: false });
    const item = { siteCode: site.code, file, meaning: note.meaning };
    const [attachment] = await storeEvidence(context, account, [item], folder);
    if (attachment === undefined) throw new Error(`nothing was stored for ${site.code}`);
    return attachment;
  } catch (error) {
    // Its place may have been taken already: then the next upload of the same bytes finds it there.
    await unmatched.putBack(token, path, note).catch(() => undefined);
    throw error;
  }
}
