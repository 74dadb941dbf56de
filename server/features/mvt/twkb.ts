/**
 * Reads Tiny WKB of whole numbers (precision 0) as PostGIS writes it: points, lines and polygons, their
 * multi-part forms, and collections with ids. https://github.com/TWKB/Specification
 */

/** x and y in turn. */
export type Coordinates = number[];

export type TwkbGeometry =
  | { kind: 'point'; points: Coordinates }
  | { kind: 'line'; lines: Coordinates[] }
  /** Rings of each polygon, the outer one first, each closed. */
  | { kind: 'polygon'; polygons: Coordinates[][] };

export type TwkbFeature = { id: number; geometry: TwkbGeometry };

type Cursor = { bytes: Uint8Array; at: number };
/** Coordinates are differences from the point before, also across the parts of one geometry. */
type Position = { x: number; y: number };

const types = { point: 1, line: 2, polygon: 3, multiPoint: 4, multiLine: 5, multiPolygon: 6, collection: 7 };

/** Features of a collection with ids, in its order; empty members have no coordinates. Throws for other input. */
export function readTwkbFeatures(bytes: Uint8Array): TwkbFeature[] {
  const cursor: Cursor = { bytes, at: 0 };
  const { type, hasIds, isEmpty } = readHeader(cursor);
  if (isEmpty) return [];
  if (type < types.multiPoint || !hasIds) throw new Error('not a TWKB collection with ids');
  const ids = readMany(readUnsigned(cursor), () => readSigned(cursor));
  // Members of one simple type come as one multi-part geometry, mixed or multi-part ones as a collection.
  const position = { x: 0, y: 0 };
  return ids.map((id) => ({
    id,
    geometry: type === types.collection ? readGeometry(cursor) : readBody(cursor, type - 3, position),
  }));
}

function readHeader(cursor: Cursor): { type: number; hasIds: boolean; isEmpty: boolean } {
  const first = readByte(cursor);
  const flags = readByte(cursor);
  if (first >> 4 !== 0) throw new Error('TWKB precision is not 0');
  if ((flags & 0b01011) !== 0) throw new Error('TWKB with boxes, sizes or more than two dimensions');
  return { type: first & 0x0f, hasIds: (flags & 0b00100) !== 0, isEmpty: (flags & 0b10000) !== 0 };
}

function readGeometry(cursor: Cursor): TwkbGeometry {
  const { type, isEmpty } = readHeader(cursor);
  if (isEmpty) return { kind: 'point', points: [] };
  if (type !== types.collection) return readBody(cursor, type, { x: 0, y: 0 });
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

function readBody(cursor: Cursor, type: number, position: Position): TwkbGeometry {
  const readLine = (): Coordinates => readRun(cursor, readUnsigned(cursor), position);
  const readPolygon = (): Coordinates[] => readMany(readUnsigned(cursor), readLine);
  switch (type) {
    case types.point:
      return { kind: 'point', points: readRun(cursor, 1, position) };
    case types.line:
      return { kind: 'line', lines: [readLine()] };
    case types.polygon:
      return { kind: 'polygon', polygons: [readPolygon()] };
    case types.multiPoint:
      return { kind: 'point', points: readRun(cursor, readUnsigned(cursor), position) };
    case types.multiLine:
      return { kind: 'line', lines: readMany(readUnsigned(cursor), readLine) };
    case types.multiPolygon:
      return { kind: 'polygon', polygons: readMany(readUnsigned(cursor), readPolygon) };
    default:
      throw new Error(`unknown TWKB type ${type}`);
  }
}

function readRun(cursor: Cursor, points: number, position: Position): Coordinates {
  const run: Coordinates = [];
  for (let index = 0; index < points; index += 1) {
    position.x += readSigned(cursor);
    position.y += readSigned(cursor);
    run.push(position.x, position.y);
  }
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

/** Multiplication instead of shifts: keys go beyond 32 bits. */
function readUnsigned(cursor: Cursor): number {
  let value = 0;
  let factor = 1;
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
