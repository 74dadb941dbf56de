/**
 * Room that is kept for the engine on a full disk. To start again after a breakdown it has to write a little; where
 * that fails nothing can be read until somebody makes room. So a file holds some megabytes that it may then have.
 */
import { rmSync, statfsSync, statSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const reserveBytes = 16 * 1024 * 1024;

/** Below this the engine is given nothing to write that can wait. */
const leastFreeBytes = 4 * reserveBytes;

/** Whether the disk under `folder` is so full that a checkpoint might break the engine down. */
export function isDiskShort(folder: string): boolean {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize < leastFreeBytes;
}

/** Makes the reserve beside the database's `folder`, unless it is there or the disk is short already. */
export async function keepReserve(folder: string): Promise<void> {
  const path = reserveOf(folder);
  if (statSync(path, { throwIfNoEntry: false }) !== undefined || isDiskShort(folder)) return;
  const draft = `${path}.new`;
  try {
    // Written out: a sparse file would hold nothing.
    await writeFile(draft, Buffer.alloc(reserveBytes, 1), { mode: 0o600 });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** Gives the reserve away. False where there was none. */
export function releaseReserve(folder: string): boolean {
  const path = reserveOf(folder);
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return false;
  rmSync(path, { force: true });
  return true;
}

function reserveOf(folder: string): string {
  return join(dirname(folder), 'disk-reserve');
}
