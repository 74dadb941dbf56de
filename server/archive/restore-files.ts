/** Puts the files of evidence of an archive in their place, each proven by its hash; those that are there already stay. */
import { type FileHandle, open, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { evidencePath, hashOf, placeFile, settleFile, sizeOfFile } from '../evidence/evidence-files.ts';
import { createWorkFolder } from '../imports/work-folder.ts';
import { readArchive } from './read-archive.ts';

/**
 * To be called before the rows are written: a restore that fails then leaves files without rows, which the sweep removes.
 * Gives the number of files the archive holds. Throws as readArchive does, and what the file system says.
 */
export async function restoreFiles(dataDir: string, path: string, signal: AbortSignal): Promise<number> {
  const folder = await createWorkFolder(dataDir);
  let files = 0;
  let current: { sha256: string; scratch: string; file: FileHandle } | null = null;
  try {
    for await (const part of readArchive(path)) {
      if (part.kind === 'file') {
        signal.throwIfAborted();
        files += 1;
        if (await isThere(dataDir, part.sha256, part.bytes)) continue;
        const scratch = join(folder.path, String(files));
        current = { sha256: part.sha256, scratch, file: await open(scratch, 'wx', 0o600) };
      } else if (part.kind === 'content' && current !== null) {
        await current.file.write(part.piece);
        if (!part.isLast) continue;
        await current.file.close();
        const { scratch, sha256 } = current;
        current = null;
        if ((await settleFile(scratch)) !== sha256)
          throw new Error(`${scratch} was not written as it was read`);
        await placeFile(dataDir, scratch, sha256);
      }
    }
    return files;
  } finally {
    await current?.file.close();
    await folder.remove();
  }
}

/** A file that is there is made young, so that no sweep takes it before its rows are there. */
async function isThere(dataDir: string, sha256: string, bytes: number): Promise<boolean> {
  const path = evidencePath(dataDir, sha256);
  if ((await sizeOfFile(dataDir, sha256)) !== bytes || (await hashOf(path)) !== sha256) return false;
  const now = new Date();
  await utimes(path, now, now);
  return true;
}
