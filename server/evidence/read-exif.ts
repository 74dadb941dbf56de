/**
 * When and where a photo was taken, from its EXIF block (CIPA DC-008, a TIFF structure): only the few entries that are asked
 * about. Boundary: the bytes come from anyone, so every offset is checked, and what does not fit is as if it were absent.
 */

export type PhotoExif = {
  takenAt: Date | null;
  /** Degrees of the camera's datum, WGS 84. */
  position: { lng: number; lat: number; accuracyMeters: number | null } | null;
};

type Directory = ReadonlyMap<number, Entry>;
type Entry = { type: number; count: number; at: number };
type Block = { bytes: Buffer; littleEndian: boolean };

const bytesByType: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8 };
const mostEntries = 1_000;

const tags = {
  exif: 0x8769,
  gps: 0x8825,
  takenAt: 0x9003,
  digitizedAt: 0x9004,
  takenOffset: 0x9011,
  latitudeRef: 1,
  latitude: 2,
  longitudeRef: 3,
  longitude: 4,
  accuracy: 0x1f,
} as const;

/** What the block says; null for what it does not say or says wrongly. A time without a zone is Asia/Shanghai. */
export function readExif(exif: Uint8Array | undefined): PhotoExif {
  const block = exif === undefined ? null : openBlock(Buffer.from(exif));
  if (block === null) return { takenAt: null, position: null };
  const first = readDirectory(block, read32(block, 4));
  const details = readDirectory(block, pointer(block, first.get(tags.exif)));
  const gps = readDirectory(block, pointer(block, first.get(tags.gps)));
  return { takenAt: readTime(block, details), position: readPosition(block, gps) };
}

function openBlock(exif: Buffer): Block | null {
  const bytes = exif.toString('latin1', 0, 6) === 'Exif\0\0' ? exif.subarray(6) : exif;
  const order = bytes.toString('latin1', 0, 2);
  if (bytes.length < 8 || (order !== 'II' && order !== 'MM')) return null;
  return { bytes, littleEndian: order === 'II' };
}

function readDirectory(block: Block, at: number | null): Directory {
  const entries = new Map<number, Entry>();
  const count = at === null ? null : read16(block, at);
  if (at === null || count === null) return entries;
  for (let index = 0; index < Math.min(count, mostEntries); index += 1) {
    const place = at + 2 + index * 12;
    const [tag, type, values] = [read16(block, place), read16(block, place + 2), read32(block, place + 4)];
    if (tag === null || type === null || values === null) break;
    const size = (bytesByType[type] ?? 0) * values;
    const start = size <= 4 ? place + 8 : read32(block, place + 8);
    if (size === 0 || start === null || start + size > block.bytes.length) continue;
    entries.set(tag, { type, count: values, at: start });
  }
  return entries;
}

function pointer(block: Block, entry: Entry | undefined): number | null {
  return entry?.type === 4 ? read32(block, entry.at) : null;
}

function readTime(block: Block, details: Directory): Date | null {
  const stated = text(block, details.get(tags.takenAt)) ?? text(block, details.get(tags.digitizedAt));
  const parts = /^(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)/.exec(stated ?? '');
  if (parts === null) return null;
  const offset = /^[+-]\d\d:\d\d/.exec(text(block, details.get(tags.takenOffset)) ?? '')?.[0] ?? '+08:00';
  const [, year, month, day, hour, minute, second] = parts;
  const time = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`);
  // Cameras whose clock was never set count from years before any of this.
  return Number.isNaN(time.getTime()) || time.getUTCFullYear() < 1990 ? null : time;
}

function readPosition(block: Block, gps: Directory): PhotoExif['position'] {
  const lat = degrees(block, gps.get(tags.latitude), text(block, gps.get(tags.latitudeRef)), 'S');
  const lng = degrees(block, gps.get(tags.longitude), text(block, gps.get(tags.longitudeRef)), 'W');
  if (lat === null || lng === null || Math.abs(lat) > 90 || Math.abs(lng) > 180) return null;
  // What devices write that had no fix.
  if (lat === 0 && lng === 0) return null;
  const [accuracy] = rationals(block, gps.get(tags.accuracy)) ?? [];
  return { lng, lat, accuracyMeters: accuracy !== undefined && accuracy > 0 ? accuracy : null };
}

function degrees(
  block: Block,
  entry: Entry | undefined,
  hemisphere: string | null,
  negative: 'S' | 'W',
): number | null {
  const parts = rationals(block, entry);
  if (parts === null || parts.length === 0) return null;
  const [whole = 0, minutes = 0, seconds = 0] = parts;
  const value = whole + minutes / 60 + seconds / 3600;
  return hemisphere?.toUpperCase().startsWith(negative) ? -value : value;
}

function rationals(block: Block, entry: Entry | undefined): number[] | null {
  if (entry?.type !== 5 || entry.count > 3) return null;
  const values: number[] = [];
  for (let index = 0; index < entry.count; index += 1) {
    const [above, below] = [read32(block, entry.at + index * 8), read32(block, entry.at + index * 8 + 4)];
    if (above === null || below === null) return null;
    // 0/0 stands for unknown seconds.
    if (below === 0 && above !== 0) return null;
    values.push(below === 0 ? 0 : above / below);
  }
  return values;
}

function text(block: Block, entry: Entry | undefined): string | null {
  if (entry?.type !== 2 || entry.count > 200) return null;
  return block.bytes.toString('latin1', entry.at, entry.at + entry.count).split('\0', 1)[0] ?? null;
}

function read16({ bytes, littleEndian }: Block, at: number): number | null {
  if (at < 0 || at + 2 > bytes.length) return null;
  return littleEndian ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at);
}

function read32({ bytes, littleEndian }: Block, at: number): number | null {
  if (at < 0 || at + 4 > bytes.length) return null;
  return littleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
}
