/** Flat coordinates to little-endian two-dimensional EWKB; outer rings counter-clockwise, holes clockwise. */
import type { FlatLine } from './raw-shape.ts';

const lineStringType = 2;
const polygonType = 3;
const multiLineStringType = 5;
const multiPolygonType = 6;
const hasSrid = 0x2000_0000;

/** One buffer for shape after shape: only copies leave it. */
let scratch = new Uint8Array(1 << 16);
let view = new DataView(scratch.buffer);

type Writer = { at: number };

/** EWKB of a MultiLineString. */
export function linesEwkb(lines: readonly FlatLine[], srid: number): Uint8Array {
  const bytes = lines.reduce((sum, line) => sum + 9 + line.byteLength, 13);
  const writer = startMulti(bytes, multiLineStringType, srid, lines.length);
  for (const line of lines) {
    startPart(writer, lineStringType);
    writeForward(writer, line);
  }
  return scratch.slice(0, writer.at);
}

/** EWKB of a MultiPolygon; `turned` tells whether some ring ran against each rule that outer rings may follow. */
export function polygonsEwkb(
  polygons: readonly (readonly FlatLine[])[],
  srid: number,
): { ewkb: Uint8Array; turned: { clockwise: boolean; 'counter-clockwise': boolean } } {
  let bytes = 13;
  for (const rings of polygons) {
    bytes += 9;
    for (const ring of rings) bytes += 4 + ring.byteLength;
  }
  const turned = { clockwise: false, 'counter-clockwise': false };
  const writer = startMulti(bytes, multiPolygonType, srid, polygons.length);
  for (const rings of polygons) {
    startPart(writer, polygonType);
    writeCount(writer, rings.length);
    for (const [index, ring] of rings.entries()) {
      const isOuter = index === 0;
      const isCounterClockwise = isRingCounterClockwise(ring);
      turned[isCounterClockwise === isOuter ? 'clockwise' : 'counter-clockwise'] = true;
      if (isCounterClockwise === isOuter) writeForward(writer, ring);
      else writeBackward(writer, ring);
    }
  }
  return { ewkb: scratch.slice(0, writer.at), turned };
}

/** By the sign of its area, from its first position, which keeps the digits. */
function isRingCounterClockwise(ring: FlatLine): boolean {
  const [x0 = 0, y0 = 0] = ring;
  let area = 0;
  for (let at = 2; at < ring.length; at += 2) {
    const ax = (ring[at - 2] as number) - x0;
    const ay = (ring[at - 1] as number) - y0;
    area += ax * ((ring[at + 1] as number) - y0) - ((ring[at] as number) - x0) * ay;
  }
  return area > 0;
}

function startMulti(bytes: number, type: number, srid: number, parts: number): Writer {
  if (scratch.length < bytes) {
    scratch = new Uint8Array(bytes * 2);
    view = new DataView(scratch.buffer);
  }
  const writer = { at: 0 };
  startPart(writer, (type | hasSrid) >>> 0);
  writeCount(writer, srid);
  writeCount(writer, parts);
  return writer;
}

function startPart(writer: Writer, type: number): void {
  view.setUint8(writer.at, 1);
  view.setUint32(writer.at + 1, type, true);
  writer.at += 5;
}

function writeCount(writer: Writer, count: number): void {
  view.setUint32(writer.at, count, true);
  writer.at += 4;
}

function writeForward(writer: Writer, line: FlatLine): void {
  writeCount(writer, line.length / 2);
  for (let at = 0; at < line.length; at += 1) writeNumber(writer, line[at] as number);
}

function writeBackward(writer: Writer, line: FlatLine): void {
  writeCount(writer, line.length / 2);
  for (let at = line.length - 2; at >= 0; at -= 2) {
    writeNumber(writer, line[at] as number);
    writeNumber(writer, line[at + 1] as number);
  }
}

function writeNumber(writer: Writer, value: number): void {
  view.setFloat64(writer.at, value, true);
  writer.at += 8;
}
