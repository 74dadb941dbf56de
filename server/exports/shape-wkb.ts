/** Shapes to and from little-endian two-dimensional WKB (OGC 06-103r4, clause 8). */
import type { Position } from 'geojson';
import type { Shape } from './export-order.ts';

const lineStringType = 2;
const polygonType = 3;
const multiLineStringType = 5;
const multiPolygonType = 6;

export function wkbOf(shape: Shape): Buffer {
  if (shape.type === 'MultiLineString') {
    const lines = shape.coordinates.map((line) => Buffer.concat([head(lineStringType), positionBytes(line)]));
    return Buffer.concat([head(multiLineStringType), count(lines.length), ...lines]);
  }
  const polygons = shape.coordinates.map((rings) =>
    Buffer.concat([head(polygonType), count(rings.length), ...rings.map(positionBytes)]),
  );
  return Buffer.concat([head(multiPolygonType), count(polygons.length), ...polygons]);
}

function head(type: number): Buffer {
  const bytes = Buffer.alloc(5);
  bytes.writeUInt8(1, 0);
  bytes.writeUInt32LE(type, 1);
  return bytes;
}

function count(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value, 0);
  return bytes;
}

function positionBytes(positions: Position[]): Buffer {
  const bytes = Buffer.alloc(4 + positions.length * 16);
  let at = bytes.writeUInt32LE(positions.length, 0);
  for (const [x = Number.NaN, y = Number.NaN] of positions) {
    at = bytes.writeDoubleLE(x, at);
    at = bytes.writeDoubleLE(y, at);
  }
  return bytes;
}

/** The shape; throws RangeError for bytes that are no multi-part shape of polygons or lines. */
export function shapeOfWkb(bytes: Buffer): Shape {
  const reader: Reader = { bytes, at: 0 };
  const type = readHead(reader);
  if (type === multiPolygonType) {
    const coordinates = times(readCount(reader), () => {
      readHead(reader);
      return times(readCount(reader), () => readPositions(reader));
    });
    return { type: 'MultiPolygon', coordinates };
  }
  if (type !== multiLineStringType) throw new RangeError(`layers hold no WKB of type ${type}`);
  const coordinates = times(readCount(reader), () => {
    readHead(reader);
    return readPositions(reader);
  });
  return { type: 'MultiLineString', coordinates };
}

type Reader = { bytes: Buffer; at: number };

function times<Item>(length: number, make: () => Item): Item[] {
  return Array.from({ length }, make);
}

function readHead(reader: Reader): number {
  if (reader.bytes[reader.at] !== 1) throw new RangeError('not little-endian WKB');
  reader.at += 5;
  return reader.bytes.readUInt32LE(reader.at - 4);
}

function readCount(reader: Reader): number {
  reader.at += 4;
  return reader.bytes.readUInt32LE(reader.at - 4);
}

function readPositions(reader: Reader): Position[] {
  return times(readCount(reader), () => {
    const { bytes, at } = reader;
    reader.at += 16;
    return [bytes.readDoubleLE(at), bytes.readDoubleLE(at + 8)];
  });
}
