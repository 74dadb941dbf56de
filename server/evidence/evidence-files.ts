/**
 * Where evidence lies: <dataDir>/evidence/<aa>/<sha256>, beside each photo its small picture. A file is named by its content,
 * appears under its name only when it is whole and on the disk, and is never changed. Who puts files there or takes them
 * away holds the lock of `evidence/lock-store` in the database.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

export function evidenceFolder(dataDir: string): string {
  return join(dataDir, 'evidence');
}

/** Path below `evidenceFolder`. */
export function evidenceName(sha256: string): string {
  return join(sha256.slice(0, 2), sha256);
}

export function evidencePath(dataDir: string, sha256: string): string {
  return join(evidenceFolder(dataDir), evidenceName(sha256));
}

/** Path below `evidenceFolder`. */
export function thumbnailName(sha256: string): string {
  return `${evidenceName(sha256)}.webp`;
}

/** The file's hash in hex, after everything of it is on the disk. Throws what the file system says. */
export async function settleFile(path: string): Promise<string> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  return hashOf(path);
}

/** SHA-256 of a file in hex. Throws what the file system says. */
export async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/**
 * Gives a settled file its name; one that stands there already holds the same and is replaced, which also mends one that
 * was damaged. Durable when it resolves. Throws what the file system says.
 */
export async function placeFile(dataDir: string, settledPath: string, sha256: string): Promise<void> {
  await moveInto(settledPath, evidencePath(dataDir, sha256));
}

/** Keeps the small picture of a photo; `scratch` is a path of the caller on the same disk. */
export async function placeThumbnail(
  dataDir: string,
  thumbnail: Buffer,
  sha256: string,
  scratch: string,
): Promise<void> {
  await writeFile(scratch, thumbnail, { mode: 0o600, flush: true });
  await moveInto(scratch, join(evidenceFolder(dataDir), thumbnailName(sha256)));
}

async function moveInto(from: string, to: string): Promise<void> {
  const folder = dirname(to);
  const isNew = (await mkdir(folder, { recursive: true, mode: 0o700 })) !== undefined;
  await rename(from, to);
  await syncFolder(folder);
  if (isNew) await syncFolder(dirname(folder));
}

/** So that a name outlives a power cut; Windows has no such thing and needs none. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Bytes of the file of this hash; null where there is none. */
export async function sizeOfFile(dataDir: string, sha256: string): Promise<number | null> {
  const found = await stat(evidencePath(dataDir, sha256)).catch(() => null);
  return found?.isFile() ? found.size : null;
}
