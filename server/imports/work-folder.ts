/**
 * Folders under <dataDir>/imports, where files of an import lie while it runs. Each process has one of its own, held by a
 * lock that the system releases even after kill -9, so that only folders of processes that are gone are swept.
 */
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const processPrefix = 'process-';
const lockName = 'lock.sqlite';

export type WorkFolder = { path: string; remove(): Promise<void> };

/** The folder of this process by data folder, with how many work folders are open in it. */
type ProcessFolder = { path: string; lock: DatabaseSync; open: number };
const processFolders = new Map<string, Promise<ProcessFolder>>();

/** A new, empty folder of mode 0700, until `remove` is called. Throws what the file system says. */
export async function createWorkFolder(dataDir: string): Promise<WorkFolder> {
  const opening = processFolders.get(dataDir) ?? openProcessFolder(dataDir);
  processFolders.set(dataDir, opening);
  opening.catch(() => processFolders.delete(dataDir));
  const parent = await opening;
  parent.open += 1;
  const leave = async (): Promise<void> => {
    parent.open -= 1;
    if (parent.open > 0) return;
    if (processFolders.get(dataDir) === opening) processFolders.delete(dataDir);
    parent.lock.close();
    await rm(parent.path, { recursive: true, force: true });
  };
  try {
    const path = await mkdtemp(join(parent.path, 'import-'));
    return {
      path,
      async remove() {
        await rm(path, { recursive: true, force: true });
        await leave();
      },
    };
  } catch (error) {
    await leave();
    throw error;
  }
}

async function openProcessFolder(dataDir: string): Promise<ProcessFolder> {
  const root = join(dataDir, 'imports');
  await mkdir(root, { recursive: true, mode: 0o700 });
  const path = await mkdtemp(join(root, processPrefix));
  try {
    return { path, lock: lockFolder(path), open: 0 };
  } catch (error) {
    await rm(path, { recursive: true, force: true });
    throw error;
  }
}

/** Throws where another process holds it. */
function lockFolder(path: string): DatabaseSync {
  const lock = new DatabaseSync(join(path, lockName), { timeout: 0 });
  try {
    lock.exec('pragma locking_mode = exclusive; begin exclusive;');
    return lock;
  } catch (error) {
    lock.close();
    throw error;
  }
}

/** Removes the folders of processes that are gone and gives how many; this process's and those of live ones stay. */
export async function sweepWorkFolders(dataDir: string): Promise<number> {
  const root = join(dataDir, 'imports');
  const names = await readdir(root).catch(() => []);
  let swept = 0;
  for (const name of names) {
    if (!name.startsWith(processPrefix)) continue;
    const folder = join(root, name);
    try {
      lockFolder(folder).close();
    } catch {
      continue;
    }
    await rm(folder, { recursive: true, force: true });
    swept += 1;
  }
  return swept;
}
