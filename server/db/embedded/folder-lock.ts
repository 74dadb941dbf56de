/**
 * One process per data folder. The lock is SQLite's on a small file, which the system releases even after
 * kill -9; a file with a process id would outlive its process or name another.
 */
import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StartupError } from '../../errors.ts';

/** Told apart from other causes because a command waits for a server that is just starting. */
export class DataFolderInUseError extends StartupError {}

/** What is held must not be collected: SQLite gives a lock back with its connection. */
const held = new Set<DatabaseSync>();

/** Locks `dataDir`, creating it where needed, and gives the function that releases it. Throws StartupError. */
export function lockDataFolder(dataDir: string): () => void {
  const lockFile = join(dataDir, 'lock.sqlite');
  let lock: DatabaseSync;
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
    lock = new DatabaseSync(lockFile, { timeout: 0 });
    accessSync(lockFile, constants.R_OK | constants.W_OK);
  } catch (error) {
    throw unusable(dataDir, error);
  }
  try {
    lock.exec('pragma locking_mode = exclusive; begin exclusive;');
  } catch (error) {
    lock.close();
    if (!isLocked(error)) throw unusable(dataDir, error);
    throw new DataFolderInUseError(
      {
        zh: `数据目录 ${dataDir} 正被另一个览图进程使用;请先停止它,或用 LANTU_DATA_DIR 指定其他目录。`,
        en: `The data folder ${dataDir} is in use by another Lantu process; stop that one, or name another folder in LANTU_DATA_DIR.`,
      },
      { cause: error },
    );
  }
  held.add(lock);
  return () => {
    held.delete(lock);
    lock.close();
  };
}

/** SQLITE_BUSY: somebody has it. */
function isLocked(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === 5;
}

function unusable(dataDir: string, cause: unknown): StartupError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new StartupError(
    {
      zh: `无法使用数据目录 ${dataDir}(${reason});请确认它是可读写的目录,或用 LANTU_DATA_DIR 指定其他目录。`,
      en: `The data folder ${dataDir} cannot be used (${reason}); see that it is a folder this user may write, or name another in LANTU_DATA_DIR.`,
    },
    { cause },
  );
}
