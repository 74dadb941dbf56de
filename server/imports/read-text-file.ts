/** A file in pieces, of bytes or of text; reads without yielding to others: for threads of their own. */
import { closeSync, openSync, readSync } from 'node:fs';
import type { KnownEncoding } from './text-encoding.ts';

const chunkBytes = 1 << 20;

export function* readChunks(file: string): Generator<Buffer> {
  const input = openSync(file, 'r');
  try {
    for (;;) {
      const buffer = Buffer.allocUnsafeSlow(chunkBytes);
      const bytes = readSync(input, buffer);
      if (bytes === 0) return;
      yield buffer.subarray(0, bytes);
    }
  } finally {
    closeSync(input);
  }
}

/** Without the mark at its start (BOM); bytes that fit no character become U+FFFD. */
export function* readTextFile(file: string, encoding: KnownEncoding = 'utf-8'): Generator<string> {
  const decoder = new TextDecoder(encoding);
  for (const chunk of readChunks(file)) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}
