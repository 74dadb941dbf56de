/** Rows on disk between the reading of the database and the writing of a file: frames of JSON and two WKBs, lengths first. */

import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { CellValue } from './export-order.ts';

export type SpooledRow = { values: CellValue[]; shape: Buffer | null; axis: Buffer | null };

export type SpoolWriter = {
  write(row: SpooledRow): Promise<void>;
  /** Resolves when everything is on disk. Throws the file system's error. */
  close(): Promise<void>;
};

const noBytes = Buffer.alloc(0);

/** Throws the file system's error at the next write or at the close. */
export function writeSpool(path: string): SpoolWriter {
  const stream = createWriteStream(path, { flags: 'wx', mode: 0o600, highWaterMark: 1 << 20 });
  const ended = finished(stream);
  ended.catch(() => undefined);
  return {
    async write({ values, shape, axis }) {
      const blocks = [Buffer.from(JSON.stringify(values)), shape ?? noBytes, axis ?? noBytes];
      const lengths = Buffer.alloc(12);
      blocks.forEach((block, index) => {
        lengths.writeUInt32LE(block.length, index * 4);
      });
      if (!stream.write(Buffer.concat([lengths, ...blocks])))
        await Promise.race([once(stream, 'drain'), ended]);
    },
    async close() {
      stream.end();
      await ended;
    },
  };
}

export async function* readSpool(path: string): AsyncGenerator<SpooledRow> {
  let held: Buffer = noBytes;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    let at = 0;
    for (let end = endOfFrame(held, at); end !== null; end = endOfFrame(held, at)) {
      yield frame(held, at);
      at = end;
    }
    held = held.subarray(at);
  }
}

function endOfFrame(bytes: Buffer, at: number): number | null {
  if (bytes.length < at + 12) return null;
  const end = at + 12 + bytes.readUInt32LE(at) + bytes.readUInt32LE(at + 4) + bytes.readUInt32LE(at + 8);
  return end <= bytes.length ? end : null;
}

function frame(bytes: Buffer, at: number): SpooledRow {
  const first = at + 12;
  const second = first + bytes.readUInt32LE(at);
  const third = second + bytes.readUInt32LE(at + 4);
  const end = third + bytes.readUInt32LE(at + 8);
  return {
    values: JSON.parse(bytes.toString('utf8', first, second)) as CellValue[],
    shape: second === third ? null : bytes.subarray(second, third),
    axis: third === end ? null : bytes.subarray(third, end),
  };
}
