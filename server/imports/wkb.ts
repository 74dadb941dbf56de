/** Two-dimensional WKB (OGC 06-103r4, clause 8) in hex digits to flat coordinates, in the order and precision they were written. */
import { emptyShape, type FlatLine, type RawShape } from './raw-shape.ts';

const typeNames = [
  'Geometry',
  'Point',
  'LineString',
  'Polygon',
  'MultiPoint',
  'MultiLineString',
  'MultiPolygon',
  'GeometryCollection',
] as const;

/** Deeper collections than any program writes on purpose. */
const maxDepth = 8;
const bytesPerPosition = 16;

type Reader = {
  view: DataView;
  /** Bytes of this shape in the view. */
  length: number;
  at: number;
  /** Where coordinates are laid one behind the other. */
  pool: Float64Array<ArrayBuffer>;
  used: number;
};

/**
 * A function that reads one shape after the other in the same memory: a shape is good until the next is read. It throws a
 * RangeError for bytes that end early or are no WKB.
 */
export function createWkbReader(): (hex: Uint8Array) => RawShape {
  let bytes = new Uint8Array(1 << 16);
  const reader: Reader = {
    view: new DataView(bytes.buffer),
    length: 0,
    at: 0,
    pool: new Float64Array(1 << 13),
    used: 0,
  };
  return (hex) => {
    reader.length = hex.length >> 1;
    if (bytes.length < reader.length) {
      bytes = new Uint8Array(reader.length * 2);
      reader.view = new DataView(bytes.buffer);
      reader.pool = new Float64Array(reader.length >> 2);
    }
    for (let index = 0; index < reader.length; index += 1) {
      bytes[index] = ((digits[hex[2 * index] ?? 0] ?? 0) << 4) | (digits[hex[2 * index + 1] ?? 0] ?? 0);
    }
    reader.at = 0;
    reader.used = 0;
    const shape = emptyShape(typeNames[reader.length < 5 ? 0 : reader.view.getUint32(1, true)] ?? 'Geometry');
    readGeometry(reader, shape, 0);
    return shape;
  };
}

/** Value of a hex digit by its character code. */
const digits = Uint8Array.from({ length: 256 }, (_none, code) => {
  const digit = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(digit) ? 0 : digit;
});

function readGeometry(reader: Reader, shape: RawShape, depth: number): void {
  need(reader, 5);
  const isLittleEndian = reader.view.getUint8(reader.at) === 1;
  if (!isLittleEndian || depth > maxDepth) throw new RangeError('not the WKB that is asked for');
  reader.at += 1;
  const type = readCount(reader);
  if (type === 1) {
    const point = readPositions(reader, 1);
    // An empty point is written as not-a-number.
    if (!Number.isNaN(point[0])) shape.points.push(point);
  } else if (type === 2) {
    const line = readPositions(reader, readCount(reader));
    if (line.length > 0) shape.lines.push(line);
  } else if (type === 3) {
    const rings = readRings(reader);
    if (rings.length > 0) shape.polygons.push(rings);
  } else if (type >= 4 && type <= 7) {
    const count = readCount(reader);
    for (let index = 0; index < count; index += 1) readGeometry(reader, shape, depth + 1);
  } else {
    throw new RangeError(`WKB type ${type} is none of the simple features`);
  }
}

function readCount(reader: Reader): number {
  need(reader, 4);
  const count = reader.view.getUint32(reader.at, true);
  reader.at += 4;
  return count;
}

function readRings(reader: Reader): FlatLine[] {
  const count = readCount(reader);
  const rings: FlatLine[] = [];
  for (let index = 0; index < count; index += 1) rings.push(readPositions(reader, readCount(reader)));
  return rings;
}

function readPositions(reader: Reader, count: number): FlatLine {
  need(reader, count * bytesPerPosition);
  const { view, pool, used } = reader;
  const end = used + count * 2;
  for (let to = used, at = reader.at; to < end; to += 1, at += 8) pool[to] = view.getFloat64(at, true);
  reader.at += count * bytesPerPosition;
  reader.used = end;
  return pool.subarray(used, end);
}

function need({ at, length }: Reader, bytes: number): void {
  if (at + bytes > length) throw new RangeError('the WKB ends early');
}
