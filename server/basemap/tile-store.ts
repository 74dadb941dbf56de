/**
 * Tiles of the source on disk, one file each, up to a number of bytes: the one not asked for longest goes first.
 * A full or failing disk costs speed, never an answer.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import type { Logger } from 'pino';
import type { TilePicture } from './fetch-tile.ts';
import { imageTypeOf } from './image-type.ts';

export type StoredTile = TilePicture & { storedAtMs: number };

export type TileStore = {
  /** Null where there is none; a file that is no whole picture is thrown away. */
  read(key: string): Promise<StoredTile | null>;
  /** Never throws. `key` is a relative path of letters, digits, `/`, `-` and `_`. */
  write(key: string, bytes: Buffer): Promise<void>;
  bytes(): number;
};

export type TileStoreOptions = {
  /** Folder of every version; tiles of other versions in it are removed. */
  dir: string;
  version: string;
  maxBytes: number;
  log: Logger;
};

type Entry = { bytes: number; storedAtMs: number };

const complainEveryMs = 60_000;
const partSuffix = '.part';
const versionName = /^[0-9a-f]{16}$/;

export function createTileStore({ dir, version, maxBytes, log }: TileStoreOptions): TileStore {
  const root = join(dir, version);
  /** From the one not asked for longest to the last. */
  const entries = new Map<string, Entry>();
  let total = 0;
  let complainedAt = Number.NEGATIVE_INFINITY;

  function complain(error: unknown): void {
    if (performance.now() - complainedAt < complainEveryMs) return;
    complainedAt = performance.now();
    log.warn({ err: error }, 'basemap: tiles cannot be kept on disk');
  }

  function forget(key: string): void {
    total -= entries.get(key)?.bytes ?? 0;
    entries.delete(key);
  }

  async function drop(key: string): Promise<void> {
    forget(key);
    await rm(join(root, key), { force: true }).catch(complain);
  }

  async function evict(): Promise<void> {
    for (const key of entries.keys()) {
      if (total <= maxBytes) return;
      await drop(key);
    }
  }

  async function scan(): Promise<void> {
    await removeOtherVersions(dir, version);
    const found = await listFiles(root);
    for (const { path, bytes, storedAtMs } of found.sort((a, b) => a.storedAtMs - b.storedAtMs)) {
      const key = path.split(sep).join('/');
      if (key.endsWith(partSuffix)) await rm(join(root, path), { force: true });
      else {
        entries.set(key, { bytes, storedAtMs });
        total += bytes;
      }
    }
    await evict();
  }

  const scanned = scan().catch(complain);

  return {
    async read(key) {
      await scanned;
      const entry = entries.get(key);
      if (entry === undefined) return null;
      const bytes = await readFile(join(root, key)).catch(() => null);
      const type = bytes && imageTypeOf(bytes);
      if (bytes === null || type === null || bytes.length !== entry.bytes) {
        await drop(key);
        return null;
      }
      entries.delete(key);
      entries.set(key, entry);
      return { bytes, type, storedAtMs: entry.storedAtMs };
    },
    async write(key, bytes) {
      await scanned;
      if (bytes.length > maxBytes / 4) return;
      const path = join(root, key);
      const part = `${path}.${randomUUID()}${partSuffix}`;
      try {
        await mkdir(dirname(path), { recursive: true });
        await writeFile(part, bytes);
        await rename(part, path);
        forget(key);
        entries.set(key, { bytes: bytes.length, storedAtMs: Date.now() });
        total += bytes.length;
        await evict();
      } catch (error) {
        await rm(part, { force: true }).catch(() => undefined);
        complain(error);
      }
    },
    bytes: () => total,
  };
}

async function listFiles(root: string): Promise<{ path: string; bytes: number; storedAtMs: number }[]> {
  const names = await readdir(root, { recursive: true }).catch(() => []);
  const files: { path: string; bytes: number; storedAtMs: number }[] = [];
  for (const path of names) {
    const found = await stat(join(root, path)).catch(() => null);
    if (found?.isFile()) files.push({ path, bytes: found.size, storedAtMs: found.mtimeMs });
  }
  return files;
}

async function removeOtherVersions(dir: string, version: string): Promise<void> {
  const names = await readdir(dir).catch(() => []);
  for (const name of names) {
    if (name !== version && versionName.test(name))
      await rm(join(dir, name), { recursive: true, force: true });
  }
}
