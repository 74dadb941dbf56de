/** A folder as it stands brought to the disk: after a kill some of it may be in memory only. */
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** At once: a disk takes many in the time of one. */
const lanes = 16;

/** Resolves when every file and folder under `folder` is on the disk; at once where there is none. */
export async function syncFolder(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    },
  );
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .values();
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (const file of files) await syncFile(file);
    }),
  );
  for (const entry of entries) if (entry.isDirectory()) syncDirectory(join(entry.parentPath, entry.name));
  if (entries.length > 0) syncDirectory(folder);
}

/** A file that was made, renamed or removed in `path` is so after a power cut too. Windows keeps that by itself. */
export function syncDirectory(path: string): void {
  if (process.platform === 'win32') return;
  const directory = openSync(path, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}

async function syncFile(path: string): Promise<void> {
  // Windows syncs only what is open for writing.
  const file = await open(path, 'r+');
  try {
    await file.datasync();
  } finally {
    await file.close();
  }
}
