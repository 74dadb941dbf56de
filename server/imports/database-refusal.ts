/** What the database and the disk say against an import, in words. */
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import { LantuError, StorageFullError } from '../errors.ts';

/** Words for SQLSTATE classes 22 (wrong value) and 23 (broken constraint) and for shapes the functions refuse; null for any other error. */
export function valueRefusal(error: unknown): Bilingual | null {
  // A shape PostGIS cannot even parse, or one with NaN: typed by the database layer already.
  if (error instanceof LantuError && ['geometry', 'unprocessable'].includes(error.code)) return error.text;
  if (!(error instanceof Error) || !('code' in error) || !/^2[23]/.test(String(error.code))) return null;
  const detail = 'detail' in error && typeof error.detail === 'string' ? error.detail : '';
  const words = `${error.message} ${detail}`.trim().slice(0, 400);
  return { zh: `有数据库不能保存的值:${words}`, en: `a value the database cannot store: ${words}` };
}

/** Waits for `work`; a disk without room left, the server's or this machine's, becomes a StorageFullError. */
export async function roomRefusal<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!isOutOfRoom(error)) throw error;
    throw new StorageFullError(
      {
        zh: '磁盘空间不足,没有导入,图层保持原样。请清理磁盘后再试。',
        en: 'The disk has no room left; nothing was imported and the layer is as it was. Free some space and try again.',
      },
      { cause: error },
    );
  }
}

/** ENOSPC and EDQUOT of the file system, 53100 (disk_full) of PostgreSQL, also where they lie behind a typed error. */
function isOutOfRoom(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return code === 'ENOSPC' || code === 'EDQUOT' || code === '53100' || isOutOfRoom(error.cause);
}
