/**
 * Files in the data folder that hold passwords given at the first start, readable by the user who runs the service only:
 * for a service whose output nobody sees, and for trying the sample. Removed when they are of no use any more.
 */
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { roleIdSchema } from '../../geodata/contract/session.ts';

export const firstPasswordFile = 'first-administrator-password';
export const sampleAccountsFile = 'sample-accounts.json';

/** The username of the account a start makes where there is none. */
export const firstUsername = 'admin';

const sampleAccountSchema = z.object({
  username: z.string(),
  password: z.string(),
  role: roleIdSchema,
  counties: z.array(z.string()),
});
export type KeptSampleAccount = z.infer<typeof sampleAccountSchema>;

/** Throws what the file system says. */
export async function keepFirstPassword(dataDir: string, password: string): Promise<void> {
  await replaceFile(dataDir, firstPasswordFile, `${password}\n`);
}

/** An empty list removes the file. Throws what the file system says. */
export async function keepSampleAccounts(
  dataDir: string,
  accounts: readonly KeptSampleAccount[],
): Promise<void> {
  if (accounts.length === 0) await rm(join(dataDir, sampleAccountsFile), { force: true });
  else await replaceFile(dataDir, sampleAccountsFile, `${JSON.stringify(accounts, null, 2)}\n`);
}

/** Those of the file; none where there is no such file or it is not as it was written. */
export async function readSampleAccounts(dataDir: string): Promise<KeptSampleAccount[]> {
  const text = await readFile(join(dataDir, sampleAccountsFile), 'utf8').catch(() => '[]');
  try {
    return z.array(sampleAccountSchema).parse(JSON.parse(text));
  } catch {
    return [];
  }
}

/** The account has another password now: the one that was kept is removed. Does not fail where it cannot be. */
export async function forgetKeptPassword(dataDir: string, username: string): Promise<void> {
  try {
    if (username === firstUsername) await rm(join(dataDir, firstPasswordFile), { force: true });
    const kept = await readSampleAccounts(dataDir);
    const rest = kept.filter((account) => account.username !== username);
    if (rest.length < kept.length) await keepSampleAccounts(dataDir, rest);
  } catch {
    // A password that no longer opens anything.
  }
}

/** Always as a new file: its mode is then its own, and nobody's link is followed. */
async function replaceFile(dataDir: string, name: string, text: string): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const unfinished = join(dataDir, `${name}.new`);
  await rm(unfinished, { force: true });
  const file = await open(unfinished, 'wx', 0o600);
  try {
    await file.writeFile(text);
  } finally {
    await file.close();
  }
  await rename(unfinished, join(dataDir, name));
}
