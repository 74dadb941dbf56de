/** PNG of opaque pixels that come in bands of rows, so that a wall map never lies in memory whole. */
import { once } from 'node:events';
import { constants, crc32, createDeflate } from 'node:zlib';

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const idatBytes = 1 << 20;

export type PngWriter = {
  /** Whole rows from above to below, four bytes a pixel; the fourth, of opacity, is left out. */
  addRows: (rgba: Uint8Array) => Promise<void>;
  end: () => Promise<Uint8Array>;
};

/** A file of 8-bit RGB that says its dots per inch. The same rows give the same bytes, however they are banded. */
export function startPng(width: number, height: number, dpi: number): PngWriter {
  const deflate = createDeflate({ level: 3, strategy: constants.Z_DEFAULT_STRATEGY, chunkSize: 1 << 18 });
  const packed: Buffer[] = [];
  deflate.on('data', (chunk: Buffer) => packed.push(chunk));
  const rowBytes = width * 3;
  return {
    addRows: async (rgba) => {
      const rows = rgba.length / (width * 4);
      const lines = new Uint8Array(rows * (rowBytes + 1));
      let to = 0;
      let from = 0;
      for (let row = 0; row < rows; row += 1) {
        lines[to++] = 0;
        for (const end = to + rowBytes; to < end; from += 4) {
          lines[to++] = rgba[from] as number;
          lines[to++] = rgba[from + 1] as number;
          lines[to++] = rgba[from + 2] as number;
        }
      }
      if (!deflate.write(lines)) await once(deflate, 'drain');
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
