/** Where a server on the embedded engine listens for commands: one address per data folder. */
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Longest path a Unix socket can have on every system (macOS: 104 bytes with the ending zero). */
const longestSocketPath = 103;

/** Path of the Unix socket in the data folder (in the temporary folder if too long), or a named pipe on Windows. */
export function controlAddress(dataDir: string, platform: NodeJS.Platform = process.platform): string {
  const digest = createHash('sha256').update(dataDir).digest('hex').slice(0, 24);
  if (platform === 'win32') return `\\\\.\\pipe\\lantu-${digest}`;
  const path = join(dataDir, 'control.sock');
  return Buffer.byteLength(path) <= longestSocketPath ? path : join(tmpdir(), `lantu-${digest}.sock`);
}
