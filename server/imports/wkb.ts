/** Two-dimensional WKB (OGC 06-103r4, clause 8) to flat coordinates, in the order and precision they were written. */
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

type Reader = { buffer: Buffer; at: number };

/** The shape; throws a RangeError for bytes that end early or are no WKB. */
export function shapeOfWkb(buffer: Buffer): RawShape {
  const shape = emptyShape(typeNames[buffer.length < 5 ? 0 : buffer.readUInt32LE(1)] ?? 'Geometry');
  readGeometry({ buffer, at: 0 }, shape, 0);
  return shape;
}

function readGeometry(reader: Reader, shape: RawShape, depth: number): void {
  const isLittleEndian = reader.buffer.readUInt8(reader.at) === 1;
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
  const count = reader.buffer.readUInt32LE(reader.at);
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
  const { buffer, at } = reader;
  const end = at + count * bytesPerPosition;
  if (end > buffer.length) throw new RangeError('the WKB ends early');
  reader.at = end;
  // Copied, so that it starts where numbers of eight bytes may.
  return new Float64Array(buffer.buffer.slice(buffer.byteOffset + at, buffer.byteOffset + end));
}
