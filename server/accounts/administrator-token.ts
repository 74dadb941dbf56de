/**
 * The token that makes its holder the administrator of this start. Printed once and kept in a file that only the
 * user who runs the service can read, so that a service started in the background can be used; never in the log.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

export const tokenFileName = 'administrator-token';

/** 192 random bits, in characters an address takes as they are. */
export function createToken(): string {
  return randomBytes(24).toString('base64url');
}

/** Whether two tokens are equal, in a time that tells nothing of where they differ. */
export function isSameToken(given: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(right));
}

/** Writes the token file (mode 0600) in place of an older one. Throws what the file system says. */
export async function keepToken(dataDir: string, token: string): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const path = join(dataDir, tokenFileName);
  await rm(path, { force: true });
  // Only as a new file: its mode is then its own, and nobody's link is followed.
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(`${token}\n`);
  } finally {
    await file.close();
  }
}

/** Removes the token file, unless a later start has put its own there. */
export async function forgetToken(dataDir: string, token: string): Promise<void> {
  const path = join(dataDir, tokenFileName);
  const kept = await readFile(path, 'utf8').catch(() => '');
  if (kept.trim() === token) await rm(path, { force: true });
}
