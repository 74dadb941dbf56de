/** A new binary file written from its beginning to its end, whose head may be written again when all is known. */
import { open } from 'node:fs/promises';

export type AppendFile = {
  /** Bytes so far. */
  size(): number;
  append(bytes: Buffer): Promise<void>;
  /** Writes what is held back, then `head` over the first bytes, flushes and closes. */
  close(head: Buffer): Promise<void>;
  /** Closes what was given up; the file stays as it is. */
  abandon(): Promise<void>;
};

const heldBytes = 1 << 20;

/** Throws the file system's error, also where the file exists. */
export async function appendFile(path: string): Promise<AppendFile> {
  const handle = await open(path, 'wx', 0o600);
  let held: Buffer[] = [];
  let heldSize = 0;
  let written = 0;
  const flush = async (): Promise<void> => {
    await handle.writev(held, written);
    written += heldSize;
    held = [];
    heldSize = 0;
  };
  return {
    size: () => written + heldSize,
    async append(bytes) {
      held.push(bytes);
      heldSize += bytes.length;
      if (heldSize >= heldBytes) await flush();
    },
    async close(head) {
      if (heldSize > 0) await flush();
      await handle.write(head, 0, head.length, 0);
      await handle.sync();
      await handle.close();
    },
    abandon: () => handle.close(),
  };
}
