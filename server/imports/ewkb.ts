/** GeoJSON geometry to EWKB in hex, the fastest way into both engines (PostGIS manual, "OGC WKB and EWKB"). */
import type { LineString, MultiLineString, MultiPolygon, Polygon, Position } from 'geojson';

const lineStringType = 2;
const polygonType = 3;
const multiLineStringType = 5;
const multiPolygonType = 6;
const hasSrid = 0x2000_0000;

/**
 * Little-endian EWKB of the multi-part form of a geometry, two-dimensional, in lower-case hex.
 * Positions keep their full precision and order; heights and measures are left out.
 */
export function toEwkbHex(
  geometry: MultiPolygon | Polygon | MultiLineString | LineString,
  srid: number,
): string {
  switch (geometry.type) {
    case 'Polygon':
      return polygons([geometry.coordinates], srid);
    case 'MultiPolygon':
      return polygons(geometry.coordinates, srid);
    case 'LineString':
      return lines([geometry.coordinates], srid);
    case 'MultiLineString':
      return lines(geometry.coordinates, srid);
  }
}

function polygons(parts: Position[][][], srid: number): string {
  let bytes = 13;
  for (const rings of parts) {
    bytes += 9;
    for (const ring of rings) bytes += 4 + ring.length * 16;
  }
  const writer = startMulti(bytes, multiPolygonType, srid, parts.length);
  for (const rings of parts) {
    startPart(writer, polygonType);
    writeCount(writer, rings.length);
    for (const ring of rings) writePositions(writer, ring);
  }
  return writer.buffer.toString('hex');
}

function lines(parts: Position[][], srid: number): string {
  let bytes = 13;
  for (const line of parts) bytes += 9 + line.length * 16;
  const writer = startMulti(bytes, multiLineStringType, srid, parts.length);
  for (const line of parts) {
    startPart(writer, lineStringType);
    writePositions(writer, line);
  }
  return writer.buffer.toString('hex');
}

type Writer = { buffer: Buffer; at: number };

function startMulti(bytes: number, type: number, srid: number, parts: number): Writer {
  const writer = { buffer: Buffer.allocUnsafe(bytes), at: 0 };
  startPart(writer, (type | hasSrid) >>> 0);
  writeCount(writer, srid);
  writeCount(writer, parts);
  return writer;
}

function startPart(writer: Writer, type: number): void {
  writer.at = writer.buffer.writeUInt8(1, writer.at);
  writer.at = writer.buffer.writeUInt32LE(type, writer.at);
}

function writeCount(writer: Writer, count: number): void {
  writer.at = writer.buffer.writeUInt32LE(count, writer.at);
}

function writePositions(writer: Writer, positions: Position[]): void {
  writeCount(writer, positions.length);
  for (const position of positions) {
    writer.at = writer.buffer.writeDoubleLE(position[0] ?? Number.NaN, writer.at);
    writer.at = writer.buffer.writeDoubleLE(position[1] ?? Number.NaN, writer.at);
  }
}
