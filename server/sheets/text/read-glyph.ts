/**
 * Contours of simple glyphs straight from the tables of a TrueType file, twenty times as fast as by fontkit; glyphs put
 * together from others are left to it.
 */
import type { SheetFont } from './sheet-fonts.ts';

/** Points of a closed contour in units of the em square, y upwards; those off the curve steer quadratic curves. */
export type Contour = { x: number; y: number; isOnCurve: boolean }[];

type Tables = { view: DataView; glyf: number; loca: number; isLongLoca: boolean };

const tablesOf = new WeakMap<Uint8Array, Tables>();

/** The contours of a glyph; none for a space; null for one that is put together from others. */
export function readGlyph({ bytes }: Pick<SheetFont, 'bytes'>, id: number): Contour[] | null {
  let tables = tablesOf.get(bytes);
  if (tables === undefined) {
    tables = findTables(bytes);
    tablesOf.set(bytes, tables);
  }
  const { view, glyf, loca, isLongLoca } = tables;
  const offset = (index: number) =>
    isLongLoca ? view.getUint32(loca + index * 4) : view.getUint16(loca + index * 2) * 2;
  if (offset(id) === offset(id + 1)) return [];
  let at = glyf + offset(id);
  const contourCount = view.getInt16(at);
  if (contourCount < 0) return null;
  at += 10;
  const ends = Array.from({ length: contourCount }, (_, index) => view.getUint16(at + index * 2));
  at += contourCount * 2;
  at += 2 + view.getUint16(at);
  const pointCount = (ends.at(-1) ?? -1) + 1;
  const flags = new Uint8Array(pointCount);
  for (let point = 0; point < pointCount; point += 1) {
    const flag = view.getUint8(at++);
    flags[point] = flag;
    if (flag & 8) {
      const repeats = view.getUint8(at++);
      flags.fill(flag, point + 1, point + 1 + repeats);
      point += repeats;
    }
  }
  const readAxis = (short: number, same: number): Int16Array => {
    const values = new Int16Array(pointCount);
    let value = 0;
    for (let point = 0; point < pointCount; point += 1) {
      const flag = flags[point] ?? 0;
      if (flag & short) value += flag & same ? view.getUint8(at++) : -view.getUint8(at++);
      else if (!(flag & same)) {
        value += view.getInt16(at);
        at += 2;
      }
      values[point] = value;
    }
    return values;
  };
  const xs = readAxis(2, 16);
  const ys = readAxis(4, 32);
  let start = 0;
  return ends.map((end) => {
    const contour: Contour = [];
    for (; start <= end; start += 1) {
      contour.push({ x: xs[start] ?? 0, y: ys[start] ?? 0, isOnCurve: ((flags[start] ?? 0) & 1) === 1 });
    }
    return contour;
  });
}

function findTables(bytes: Uint8Array): Tables {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const offsets = new Map<string, number>();
  for (let index = 0; index < view.getUint16(4); index += 1) {
    const record = 12 + index * 16;
    const tag = String.fromCharCode(...bytes.subarray(record, record + 4));
    offsets.set(tag, view.getUint32(record + 8));
  }
  const [glyf, loca, head] = ['glyf', 'loca', 'head'].map((tag) => offsets.get(tag));
  if (glyf === undefined || loca === undefined || head === undefined) {
    throw new Error('The face is no TrueType font: it has no outlines in glyf.');
  }
  return { view, glyf, loca, isLongLoca: view.getInt16(head + 50) === 1 };
}
