/** A stream of texts into a new file, flushed to the disk. */
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const chunkChars = 200_000;

/** Throws the file system's error, or `signal.reason` when aborted. */
export async function writeTextFile(
  path: string,
  texts: AsyncIterable<string>,
  signal: AbortSignal,
): Promise<void> {
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true });
  await pipeline(Readable.from(inChunks(texts)), file, { signal });
}

/** Few large chunks in place of many small ones, as UTF-8. */
export async function* inChunks(texts: AsyncIterable<string>): AsyncGenerator<Buffer> {
  let held: string[] = [];
  let chars = 0;
  for await (const text of texts) {
    held.push(text);
    chars += text.length;
    if (chars < chunkChars) continue;
    yield Buffer.from(held.join(''));
    held = [];
    chars = 0;
  }
  if (held.length > 0) yield Buffer.from(held.join(''));
}
