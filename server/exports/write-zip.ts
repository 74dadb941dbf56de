/** A new .zip of files on disk, texts and streams; entry names carry the UTF-8 flag. */
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { inChunks } from './write-text-file.ts';

export type ZipPart = { name: string } & (
  | { file: string }
  | { text: string }
  /** Produced while the zip is written, one after the other. */
  | { texts: () => AsyncIterable<string> }
);

/** Throws the file system's error, what a stream throws, or `signal.reason` when aborted. */
export async function writeZip(path: string, parts: readonly ZipPart[], signal: AbortSignal): Promise<void> {
  const zip = new ZipFile();
  const abort = new AbortController();
  const stop = AbortSignal.any([signal, abort.signal]);
  zip.on('error', (error) => abort.abort(error));
  for (const part of parts) {
    if ('file' in part) zip.addFile(part.file, part.name, { mode: 0o100644 });
    else if ('text' in part) zip.addBuffer(Buffer.from(part.text), part.name);
    else {
      zip.addReadStreamLazy(part.name, (give) => {
        const stream = Readable.from(inChunks(part.texts()));
        stream.once('error', (error) => abort.abort(error));
        give(null, stream);
      });
    }
  }
  zip.end();
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true });
  try {
    await pipeline(zip.outputStream, file, { signal: stop });
  } catch (error) {
    stop.throwIfAborted();
    throw error;
  }
}
