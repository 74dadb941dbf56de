/**
 * Preloaded into a process (`--import`), it keeps beside the folder LOSSY_FOLDER of its embedded engine another one,
 * LOSSY_DISK: what a power cut at this moment would leave. A file has there what it had when it was last synced, and
 * names come and go at once. Both are the same when the process starts.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join, relative } from 'node:path';
import { isMainThread } from 'node:worker_threads';

const { LOSSY_FOLDER: folder, LOSSY_DISK: disk } = process.env;
if (!isMainThread && folder !== undefined && disk !== undefined) loseUnsynced(folder, disk);

function loseUnsynced(live: string, kept: string): void {
  const {
    openSync,
    fdatasyncSync,
    writeFileSync,
    mkdirSync,
    renameSync,
    unlinkSync,
    rmdirSync,
    truncateSync,
  } = fs;
  const open = new Map<number, string>();
  /** The place of a path on the disk; undefined for what is not the engine's. */
  const onDisk = (path: unknown): string | undefined => {
    const inside = relative(live, String(path));
    return inside.startsWith('..') ? undefined : join(kept, inside);
  };
  const also = (path: unknown, change: (place: string) => void): void => {
    const place = onDisk(path);
    if (place !== undefined) change(place);
  };
  const patched = {
    openSync(path: fs.PathLike, flags: fs.OpenMode, mode?: fs.Mode): number {
      const descriptor = openSync(path, flags, mode);
      open.set(descriptor, String(path));
      return descriptor;
    },
    writeFileSync(path: fs.PathOrFileDescriptor, data: string, options?: fs.WriteFileOptions): void {
      writeFileSync(path, data, options);
      also(path, (place) => writeFileSync(place, ''));
    },
    mkdirSync(path: fs.PathLike, options?: fs.MakeDirectoryOptions): string | undefined {
      also(path, (place) => mkdirSync(place, { recursive: true }));
      return mkdirSync(path, options);
    },
    renameSync(from: fs.PathLike, to: fs.PathLike): void {
      renameSync(from, to);
      const [source, target] = [onDisk(from), onDisk(to)];
      if (source !== undefined && target !== undefined && fs.existsSync(source)) renameSync(source, target);
      for (const [descriptor, path] of open) if (path === String(from)) open.set(descriptor, String(to));
    },
    unlinkSync(path: fs.PathLike): void {
      unlinkSync(path);
      also(path, (place) => fs.rmSync(place, { force: true }));
    },
    rmdirSync(path: fs.PathLike): void {
      rmdirSync(path);
      also(path, (place) => rmdirSync(place));
    },
    truncateSync(path: fs.PathLike, length = 0): void {
      truncateSync(path, length);
      also(path, (place) => {
        if ((fs.statSync(place, { throwIfNoEntry: false })?.size ?? 0) > length) truncateSync(place, length);
      });
    },
    fdatasyncSync(descriptor: number): void {
      fdatasyncSync(descriptor);
      const path = open.get(descriptor);
      if (path === undefined || !fs.existsSync(path)) return;
      also(path, (place) => fs.copyFileSync(path, place));
    },
  };
  Object.assign(fs, patched);
  syncBuiltinESMExports();
}
