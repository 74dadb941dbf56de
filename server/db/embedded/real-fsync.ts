/**
 * What the embedded engine writes reaches the disk. Its fsync is switched off by pglite and has no effect in the file
 * system beneath it; here it gets one. So PostgreSQL's log is what it is on a server: a journal that is on the disk
 * before a commit is acknowledged and is replayed at the next start, whatever was cut short.
 */
import { fdatasyncSync } from 'node:fs';
import { type Extension, PGlite } from '@electric-sql/pglite';
import { syncDirectory } from './sync-folder.ts';

type Node = { name: string };
type Stream = { node: Node; nfd?: number };
type StreamOps = {
  write: (stream: Stream, ...rest: unknown[]) => number;
  /** Gives 0 or an errno of WASI; emscripten asks for it wherever a file is synced. */
  fsync?: (stream: Stream) => number;
};
type NodeFiles = { stream_ops: StreamOps; realPath(node: Node): string };
type Module = { FS: { filesystems: { NODEFS: NodeFiles } } };
type Options = { preRun?: ((module: Module) => void)[] };

const ioError = 29;
/** Every start writes it anew (see engine.ts). */
const lockFile = 'postmaster.pid';

/** Parameters the engine is started with: pglite's own, with fsync on, by the one call that reaches `fsync` below. */
export const syncedStartParams = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  '-c',
  'wal_sync_method=fsync',
];

/** To be among the extensions of an engine whose folder has been synced as it stands (sync-folder.ts). */
export const realFsync: Extension = {
  name: 'real_fsync',
  async setup(_engine, options: Options) {
    const preRun = [...(options.preRun ?? []), ({ FS }: Module) => giveFsync(FS.filesystems.NODEFS)];
    return { emscriptenOpts: { ...options, preRun } };
  },
};

function giveFsync(files: NodeFiles): void {
  const operations = files.stream_ops;
  const { write } = operations;
  // After a kill the engine syncs every file of the folder before it replays its log, one after the other: that has
  // been done, and costs seconds. So what was not written yet is on the disk.
  let hasWritten = false;
  operations.write = (stream, ...rest) => {
    if (stream.node.name !== lockFile) hasWritten = true;
    return write(stream, ...rest);
  };
  operations.fsync = (stream) => {
    if (!hasWritten) return 0;
    try {
      if (stream.nfd === undefined) syncDirectory(files.realPath(stream.node));
      else fdatasyncSync(stream.nfd);
      return 0;
    } catch {
      // The engine breaks down rather than acknowledge what may be lost, and recovers at its next start.
      return ioError;
    }
  };
}
