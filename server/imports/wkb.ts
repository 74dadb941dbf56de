/** Two-dimensional WKB (OGC 06-103r4, clause 8) to GeoJSON, positions in the order and precision they were written. */
import type { Geometry, Position } from 'geojson';

type Reader = { buffer: Buffer; at: number };

/** The geometry; throws a RangeError for bytes that end early or are no WKB. */
export function geometryOfWkb(buffer: Buffer): Geometry {
  return readGeometry({ buffer, at: 0 }, 0);
}

/** Deeper collections than any program writes on purpose. */
const maxDepth = 8;

function readGeometry(reader: Reader, depth: number): Geometry {
  const isLittleEndian = reader.buffer.readUInt8(reader.at) === 1;
  if (!isLittleEndian || depth > maxDepth) throw new RangeError('not the WKB that is asked for');
  reader.at += 1;
  const type = readCount(reader);
  const parts = () => Array.from({ length: readCount(reader) }, () => readGeometry(reader, depth + 1));
  const coordinatesOfParts = () => parts().map((part) => ('coordinates' in part ? part.coordinates : []));
  switch (type) {
    case 1:
      return { type: 'Point', coordinates: readPosition(reader) };
    case 2:
      return { type: 'LineString', coordinates: readPositions(reader) };
    case 3:
      return { type: 'Polygon', coordinates: readRings(reader) };
    case 4:
      return { type: 'MultiPoint', coordinates: coordinatesOfParts() as Position[] };
    case 5:
      return { type: 'MultiLineString', coordinates: coordinatesOfParts() as Position[][] };
    case 6:
      return { type: 'MultiPolygon', coordinates: coordinatesOfParts() as Position[][][] };
    case 7:
      return { type: 'GeometryCollection', geometries: parts() };
    default:
      throw new RangeError(`WKB type ${type} is none of the simple features`);
  }
}

function readCount(reader: Reader): number {
  const count = reader.buffer.readUInt32LE(reader.at);
  reader.at += 4;
  return count;
}

function readRings(reader: Reader): Position[][] {
  const count = readCount(reader);
  const rings: Position[][] = [];
  for (let index = 0; index < count; index += 1) rings.push(readPositions(reader));
  return rings;
}

function readPositions(reader: Reader): Position[] {
  const count = readCount(reader);
  const positions: Position[] = [];
  for (let index = 0; index < count; index += 1) positions.push(readPosition(reader));
  return positions;
}

function readPosition(reader: Reader): Position {
  const { buffer, at } = reader;
  reader.at += 16;
  return [buffer.readDoubleLE(at), buffer.readDoubleLE(at + 8)];
}
