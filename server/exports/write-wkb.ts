/** Shapes to little-endian WKB (OGC 06-103r4, clause 8), two-dimensional. */
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
