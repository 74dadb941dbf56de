/** Brings delivered text files (GeoJSON, KML, CSV) into UTF-8, which GDAL takes them to be. */
import { closeSync, openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { DeliveryFormat } from '../../geodata/contract/imports.ts';
import type { Source } from './delivered-parts.ts';
import { readChunks, readTextFile } from './read-text-file.ts';
import { askedEncoding, type EncodingChoice, unstatedGb18030 } from './text-encoding.ts';

/** By path of the source; of those that are not plain UTF-8. */
export type TextEncodings = Readonly<Record<string, EncodingChoice>>;

const textFormats: ReadonlySet<DeliveryFormat> = new Set(['geojson', 'kml', 'csv']);

/** Rewrites the files that are in another encoding; the one asked for wins over what the bytes say. */
export function textsInUtf8(
  folder: string,
  sources: readonly Source[],
  asked: string | undefined,
): TextEncodings {
  const encodings: Record<string, EncodingChoice> = {};
  for (const { path, format } of sources) {
    if (!textFormats.has(format)) continue;
    const file = join(folder, path);
    const choice = asked === undefined ? encodingOf(file) : askedEncoding(asked);
    if (choice === null || choice.encoding === 'utf-8') continue;
    rewrite(file, choice.encoding);
    encodings[path] = choice;
  }
  return encodings;
}

/** By the mark at the start, else strict UTF-8 (null), else GB18030. */
function encodingOf(file: string): EncodingChoice | null {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for (const chunk of readChunks(file)) {
      const mark = chunk.subarray(0, 2).toString('hex');
      if (mark === 'fffe' || mark === 'feff') {
        const encoding = mark === 'fffe' ? 'utf-16le' : 'utf-16be';
        return { encoding, reason: { zh: '按文件开头的标记(BOM)', en: 'by the mark at its start (BOM)' } };
      }
      decoder.decode(chunk, { stream: true });
    }
    decoder.decode();
    return null;
  } catch {
    return unstatedGb18030;
  }
}

function rewrite(file: string, encoding: EncodingChoice['encoding']): void {
  const output = openSync(`${file}.utf8`, 'wx', 0o600);
  try {
    let isFirst = true;
    for (const text of readTextFile(file, encoding)) {
      // What the file says of its own encoding no longer holds.
      writeSync(
        output,
        isFirst ? text.replace(/^(<\?xml[^>]*?)\s+encoding\s*=\s*(["'])[^"']*\2/, '$1') : text,
      );
      isFirst = false;
    }
  } finally {
    closeSync(output);
  }
  renameSync(`${file}.utf8`, file);
}
