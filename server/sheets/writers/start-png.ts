/** PNG of opaque pixels that come in bands of rows, so that a wall map never lies in memory whole. */
import { once } from 'node:events';
import { endianness } from 'node:os';
import { crc32, createDeflate } from 'node:zlib';

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const idatBytes = 1 << 20;
const isLittleEndian = endianness() === 'LE';

export type PngWriter = {
  /** Whole rows from above to below, four bytes a pixel; the fourth, of opacity, is left out. */
  addRows: (rgba: Uint8Array) => Promise<void>;
  end: () => Promise<Uint8Array>;
};

/** Rows handed on at once. Two buffers of them in turn: fresh memory costs more than what is written into it. */
const rowsAtOnce = 64;

/** A file of 8-bit RGB that says its dots per inch. The same rows give the same bytes, however they are banded. */
export function startPng(width: number, height: number, dpi: number): PngWriter {
  const deflate = createDeflate({ level: 3, chunkSize: 1 << 18 });
  const packed: Buffer[] = [];
  deflate.on('data', (chunk: Buffer) => packed.push(chunk));
  const lineBytes = width * 3 + 1;
  const buffers = [new Uint8Array(lineBytes * rowsAtOnce), new Uint8Array(lineBytes * rowsAtOnce)] as const;
  let turn: 0 | 1 = 0;
  let packing = Promise.resolve();
  return {
    addRows: async (rgba) => {
      const pixels = new Uint32Array(rgba.buffer, rgba.byteOffset, rgba.length / 4);
      for (let from = 0; from < pixels.length; from += width * rowsAtOnce) {
        const rows = Math.min(rowsAtOnce, (pixels.length - from) / width);
        const lines = buffers[turn];
        turn = turn === 0 ? 1 : 0;
        writeLines(pixels, from, width, rows, lines);
        await packing;
        packing = new Promise((resolve, reject) => {
          deflate.write(lines.subarray(0, rows * lineBytes), (error) => (error ? reject(error) : resolve()));
        });
      }
      await packing;
    },
    end: async () => {
      deflate.end();
      await once(deflate, 'end');
      const data = Buffer.concat(packed);
      const chunks = [chunk('IHDR', header(width, height)), chunk('pHYs', density(dpi))];
      for (let at = 0; at < data.length; at += idatBytes) {
        chunks.push(chunk('IDAT', data.subarray(at, at + idatBytes)));
      }
      return Buffer.concat([signature, ...chunks, chunk('IEND', new Uint8Array(0))]);
    },
  };
}

/** Each line with its mark of an unfiltered one, then red, green and blue. */
function writeLines(pixels: Uint32Array, from: number, width: number, rows: number, lines: Uint8Array): void {
  let to = 0;
  let at = from;
  for (let row = 0; row < rows; row += 1) {
    lines[to++] = 0;
    for (const end = at + width; at < end; at += 1) {
      const pixel = pixels[at] as number;
      lines[to] = isLittleEndian ? pixel : pixel >>> 24;
      lines[to + 1] = isLittleEndian ? pixel >>> 8 : pixel >>> 16;
      lines[to + 2] = isLittleEndian ? pixel >>> 16 : pixel >>> 8;
      to += 3;
    }
  }
}

/** 8 bits of red, green and blue, not interlaced. */
function header(width: number, height: number): Uint8Array {
  const bytes = Buffer.alloc(13);
  bytes.writeUInt32BE(width, 0);
  bytes.writeUInt32BE(height, 4);
  bytes[8] = 8;
  bytes[9] = 2;
  return bytes;
}

/** Whole dots per metre: the format knows no finer unit. */
function density(dpi: number): Uint8Array {
  const bytes = Buffer.alloc(9);
  const perMeter = Math.round(dpi / 0.0254);
  bytes.writeUInt32BE(perMeter, 0);
  bytes.writeUInt32BE(perMeter, 4);
  bytes[8] = 1;
  return bytes;
}

function chunk(type: string, data: Uint8Array): Buffer {
  const bytes = Buffer.alloc(data.length + 12);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(type, 4, 'latin1');
  bytes.set(data, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, data.length + 8)), data.length + 8);
  return bytes;
}
