/** Photos made for tests: pictures that look like nothing else, with a place and a time in their EXIF. */
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { seededRandom } from '../engines/random.ts';

export type PhotoWishes = {
  /** Another seed gives a picture that looks different. */
  seed?: string;
  width?: number;
  height?: number;
  /** [lng, lat] in degrees. */
  at?: readonly [lng: number, lat: number];
  /** As a camera writes it, local time: 2025:09:12 10:30:00. */
  takenAt?: string;
  format?: 'jpeg' | 'png' | 'webp';
};

export async function makePhoto({
  seed = 'a',
  width = 640,
  height = 480,
  at,
  takenAt,
  format = 'jpeg',
}: PhotoWishes = {}): Promise<Buffer> {
  const random = seededRandom(crc32(seed));
  // Twelve by nine blots of colour, enlarged softly: as a photo has, much that is large and little that is fine.
  const blots = Buffer.from(Array.from({ length: 12 * 9 * 3 }, () => Math.floor(random() * 256)));
  const small = sharp(blots, { raw: { width: 12, height: 9, channels: 3 } });
  const picture = sharp(await small.resize(width, height, { fit: 'fill', kernel: 'cubic' }).png().toBuffer());
  return picture
    .withExif({
      IFD0: { Make: 'test' },
      ...(takenAt === undefined ? {} : { IFD2: { DateTimeOriginal: takenAt } }),
      ...(at === undefined ? {} : { IFD3: gps(at) }),
    })
    .toFormat(format)
    .toBuffer();
}

function gps([lng, lat]: readonly [number, number]): Record<string, string> {
  return {
    GPSLatitudeRef: lat < 0 ? 'S' : 'N',
    GPSLatitude: sexagesimal(Math.abs(lat)),
    GPSLongitudeRef: lng < 0 ? 'W' : 'E',
    GPSLongitude: sexagesimal(Math.abs(lng)),
  };
}

function sexagesimal(degrees: number): string {
  const whole = Math.floor(degrees);
  const minutes = Math.floor((degrees - whole) * 60);
  const seconds = (degrees - whole - minutes / 60) * 3600;
  return `${whole}/1 ${minutes}/1 ${Math.round(seconds * 1e5)}/100000`;
}

/** The header of a PNG that claims this size, and nothing of its pixels but a few bytes. */
export function pngClaiming(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(1_000))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const around = Buffer.alloc(8);
  around.writeUInt32BE(data.length, 0);
  around.writeUInt32BE(crc32(typed), 4);
  return Buffer.concat([around.subarray(0, 4), typed, around.subarray(4)]);
}
