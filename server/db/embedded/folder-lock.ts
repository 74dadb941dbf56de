/**
 * One process per data folder. The lock is SQLite's on a small file, which the system releases even after
 * kill -9; a file with a process id would outlive its process or name another.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StartupError } from '../../errors.ts';

/** Told apart from other causes because a command waits for a server that is just starting. */
export class DataFolderInUseError extends StartupError {}

/** Locks `dataDir`, creating it where needed, and gives the function that releases it. Throws StartupError. */
export function lockDataFolder(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true });
  const lock = new DatabaseSync(join(dataDir, 'lock.sqlite'), { timeout: 0 });
  try {
    lock.exec('pragma locking_mode = exclusive; begin exclusive;');
  } catch (error) {
    lock.close();
    throw new DataFolderInUseError(
      {
        zh: `数据目录 ${dataDir} 正被另一个览图进程使用;请先停止它,或用 LANTU_DATA_DIR 指定其他目录。`,
        en: `The data folder ${dataDir} is in use by another Lantu process; stop that one, or name another folder in LANTU_DATA_DIR.`,
      },
      { cause: error },
    );
  }
  return () => lock.close();
}
