/**
 * Reads Tiny WKB of whole numbers (precision 0) as PostGIS writes it: points, lines and polygons, their
 * multi-part forms, and collections. https://github.com/TWKB/Specification
 */

/** x and y in turn. */
export type Coordinates = number[];

export type TwkbGeometry =
  | { kind: 'point'; points: Coordinates }
  | { kind: 'line'; lines: Coordinates[] }
  /** Rings of each polygon, the outer one first, each closed. */
  | { kind: 'polygon'; polygons: Coordinates[][] };

/** Coordinates are differences from the point before, also across the parts of one geometry. */
type Cursor = { bytes: Uint8Array; at: number; x: number; y: number };

const types = { point: 1, line: 2, polygon: 3, multiPoint: 4, multiLine: 5, multiPolygon: 6, collection: 7 };

/**
 * Geometries that stand one after another, each read when it is asked for, so that those of a large tile need
 * not all be held; an empty one has no coordinates. Throws for other input.
 */
export function* readTwkbSequence(bytes: Uint8Array): Generator<TwkbGeometry> {
  const cursor: Cursor = { bytes, at: 0, x: 0, y: 0 };
  while (cursor.at < bytes.length) yield readGeometry(cursor);
}

function readGeometry(cursor: Cursor): TwkbGeometry {
  const first = readByte(cursor);
  const flags = readByte(cursor);
  if (first >> 4 !== 0) throw new Error('TWKB precision is not 0');
  if ((flags & 0b01111) !== 0) throw new Error('TWKB with boxes, sizes, ids or more than two dimensions');
  if ((flags & 0b10000) !== 0) return { kind: 'point', points: [] };
  cursor.x = 0;
  cursor.y = 0;
  const type = first & 0x0f;
  if (type !== types.collection) return readBody(cursor, type);
  return mergeParts(readMany(readUnsigned(cursor), () => readGeometry(cursor)));
}

/** Of a mixed collection the parts of the highest dimension: clipping may leave lines beside polygons. */
function mergeParts(parts: TwkbGeometry[]): TwkbGeometry {
  const polygons = parts.flatMap((part) => (part.kind === 'polygon' ? part.polygons : []));
  if (polygons.length > 0) return { kind: 'polygon', polygons };
  const lines = parts.flatMap((part) => (part.kind === 'line' ? part.lines : []));
  if (lines.length > 0) return { kind: 'line', lines };
  return { kind: 'point', points: parts.flatMap((part) => (part.kind === 'point' ? part.points : [])) };
}

function readBody(cursor: Cursor, type: number): TwkbGeometry {
  const readLine = (): Coordinates => readRun(cursor, readUnsigned(cursor));
  const readPolygon = (): Coordinates[] => readMany(readUnsigned(cursor), readLine);
  switch (type) {
    case types.point:
      return { kind: 'point', points: readRun(cursor, 1) };
    case types.line:
      return { kind: 'line', lines: [readLine()] };
    case types.polygon:
      return { kind: 'polygon', polygons: [readPolygon()] };
    case types.multiPoint:
      return { kind: 'point', points: readRun(cursor, readUnsigned(cursor)) };
    case types.multiLine:
      return { kind: 'line', lines: readMany(readUnsigned(cursor), readLine) };
    case types.multiPolygon:
      return { kind: 'polygon', polygons: readMany(readUnsigned(cursor), readPolygon) };
    default:
      throw new Error(`unknown TWKB type ${type}`);
  }
}

/** Most of a tile's bytes are read here: steps of one and two bytes, as nearly all are, without a call. */
function readRun(cursor: Cursor, points: number): Coordinates {
  const { bytes } = cursor;
  const values = points * 2;
  if (cursor.at + values > bytes.length) throw new Error('TWKB ends early');
  const run: Coordinates = new Array(values);
  for (let index = 0; index < values; index += 1) {
    const first = bytes[cursor.at] ?? 0;
    const second = bytes[cursor.at + 1] ?? 0;
    let step: number;
    if (first < 0x80) {
      step = (first >>> 1) ^ -(first & 1);
      cursor.at += 1;
    } else if (second < 0x80) {
      const value = (first & 0x7f) | (second << 7);
      step = (value >>> 1) ^ -(value & 1);
      cursor.at += 2;
    } else step = readSigned(cursor);
    if (index % 2 === 0) run[index] = cursor.x += step;
    else run[index] = cursor.y += step;
  }
  if (cursor.at > bytes.length) throw new Error('TWKB ends early');
  return run;
}

function readMany<T>(count: number, read: () => T): T[] {
  const all: T[] = [];
  for (let index = 0; index < count; index += 1) all.push(read());
  return all;
}

function readByte(cursor: Cursor): number {
  const byte = cursor.bytes[cursor.at];
  if (byte === undefined) throw new Error('TWKB ends early');
  cursor.at += 1;
  return byte;
}

/** Multiplication instead of shifts: what lies far outside the tile goes beyond 32 bits. */
function readUnsigned(cursor: Cursor): number {
  const first = readByte(cursor);
  if (first < 0x80) return first;
  let value = first & 0x7f;
  let factor = 128;
  for (;;) {
    const byte = readByte(cursor);
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) return value;
    factor *= 128;
  }
}

function readSigned(cursor: Cursor): number {
  const value = readUnsigned(cursor);
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}
