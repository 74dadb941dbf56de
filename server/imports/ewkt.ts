/** EWKT of the simple features (`SRID=4490;MULTIPOLYGON(...)`), as tables of text carry shapes. Heights and measures are left out. */
import { emptyShape, type FlatLine, type RawShape } from './raw-shape.ts';

const typeNames: Readonly<Record<string, string>> = {
  POINT: 'Point',
  LINESTRING: 'LineString',
  POLYGON: 'Polygon',
  MULTIPOINT: 'MultiPoint',
  MULTILINESTRING: 'MultiLineString',
  MULTIPOLYGON: 'MultiPolygon',
  GEOMETRYCOLLECTION: 'GeometryCollection',
};
/** Deeper collections than any program writes on purpose. */
const maxDepth = 8;

type Reader = { text: string; at: number };

/** The shape; throws a RangeError that names the place where the text is no EWKT. */
export function shapeOfEwkt(text: string): RawShape {
  const srid = /^\s*SRID\s*=\s*(\d{1,6})\s*;/i.exec(text);
  const reader: Reader = { text, at: srid?.[0].length ?? 0 };
  const shape = emptyShape('Geometry', srid === null ? null : Number(srid[1]));
  shape.type = readGeometry(reader, shape, 0);
  skipSpace(reader);
  if (reader.at < text.length) throw wrongAt(reader);
  return shape;
}

function readGeometry(reader: Reader, shape: RawShape, depth: number): string {
  const word = readWord(reader);
  const name = typeNames[word.replace(/(ZM|Z|M)$/, '')];
  if (name === undefined || depth > maxDepth) throw wrongAt(reader);
  const suffix = /^(EMPTY|Z|M|ZM)$/;
  let next = peekWord(reader);
  if (suffix.test(next) && next !== 'EMPTY') {
    readWord(reader);
    next = peekWord(reader);
  }
  if (next === 'EMPTY') {
    readWord(reader);
    return name;
  }
  switch (name) {
    case 'Point':
      shape.points.push(readPositions(reader));
      break;
    case 'LineString':
      shape.lines.push(readPositions(reader));
      break;
    case 'Polygon':
      shape.polygons.push(readList(reader, readPositions));
      break;
    case 'MultiPoint':
      shape.points.push(...readMultiPoint(reader));
      break;
    case 'MultiLineString':
      shape.lines.push(...readList(reader, readPositions));
      break;
    case 'MultiPolygon':
      shape.polygons.push(...readList(reader, (inner) => readList(inner, readPositions)));
      break;
    default:
      readList(reader, (inner) => readGeometry(inner, shape, depth + 1));
  }
  return name;
}

function readList<Item>(reader: Reader, readItem: (reader: Reader) => Item): Item[] {
  expect(reader, '(');
  const items: Item[] = [];
  do items.push(readItem(reader));
  while (accept(reader, ','));
  expect(reader, ')');
  return items;
}

/** Both spellings: (1 2, 3 4) and ((1 2), (3 4)). */
function readMultiPoint(reader: Reader): FlatLine[] {
  const start = reader.at;
  expect(reader, '(');
  const isNested = accept(reader, '(');
  reader.at = start;
  if (isNested) return readList(reader, readPositions);
  const all = readPositions(reader);
  return Array.from({ length: all.length / 2 }, (_, index) => all.slice(index * 2, index * 2 + 2));
}

/** `(x y [z [m]], …)`, taken up to its closing bracket in one piece. */
function readPositions(reader: Reader): FlatLine {
  expect(reader, '(');
  const end = reader.text.indexOf(')', reader.at);
  if (end < 0) throw wrongAt(reader);
  const positions = reader.text.slice(reader.at, end).split(',');
  const line = new Float64Array(positions.length * 2);
  for (const [index, position] of positions.entries()) {
    const [x, y, ...more] = position.trim().split(/\s+/);
    if (x === undefined || y === undefined || more.length > 2) throw wrongAt(reader);
    line[index * 2] = numberOf(x, reader);
    line[index * 2 + 1] = numberOf(y, reader);
  }
  reader.at = end + 1;
  return line;
}

function numberOf(text: string, reader: Reader): number {
  if (/^[-+]?(nan|inf(inity)?)$/i.test(text)) return Number.NaN;
  const value = Number(text);
  if (text === '' || Number.isNaN(value)) throw wrongAt(reader);
  return value;
}

function skipSpace(reader: Reader): void {
  while (/\s/.test(reader.text[reader.at] ?? '')) reader.at += 1;
}

function accept(reader: Reader, sign: string): boolean {
  skipSpace(reader);
  if (reader.text[reader.at] !== sign) return false;
  reader.at += 1;
  return true;
}

function expect(reader: Reader, sign: string): void {
  if (!accept(reader, sign)) throw wrongAt(reader);
}

const word = /[A-Za-z]+/y;

function peekWord(reader: Reader): string {
  skipSpace(reader);
  word.lastIndex = reader.at;
  return (word.exec(reader.text)?.[0] ?? '').toUpperCase();
}

function readWord(reader: Reader): string {
  const found = peekWord(reader);
  reader.at += found.length;
  return found;
}

function wrongAt({ text, at }: Reader): RangeError {
  return new RangeError(`…${text.slice(Math.max(0, at - 10), at + 20)}…`);
}
