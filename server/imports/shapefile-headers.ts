/** What the parts of a shapefile say of themselves and of each other (ESRI Shapefile Technical Description, 1998; dBASE III). */
import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import { UnprocessableError } from '../errors.ts';
import type { Source } from './delivered-parts.ts';

export type ShapefileHeaders = {
  /** Text of the .prj; null without one. */
  prj: string | null;
  cpg: string | null;
  /** Byte 29 of the DBF header. */
  languageDriver: number;
  /** Where the .shp is not as long as it says: why a shape may be missing. */
  damage: Bilingual | null;
};

const shapefileMagic = 9_994;
const headerBytes = 100;
const maxTextBytes = 10_000;

/** Throws UnprocessableError where a part is missing, or the parts do not belong together. */
export function readShapefileHeaders({ name, files }: Source): ShapefileHeaders {
  const missing = ['shx', 'dbf'].filter((extension) => files[extension] === undefined);
  if (missing.length > 0) {
    const list = missing.map((extension) => `.${extension}`).join('、');
    throw new UnprocessableError({
      zh: `shapefile“${name}”缺少 ${list},请把同名的 .shp、.shx、.dbf、.prj 一起提供。`,
      en: `The shapefile "${name}" lacks ${list}; give .shp, .shx, .dbf and .prj of the same name together.`,
    });
  }
  const shp = lengthsOf(files.shp ?? '', '.shp');
  const shx = lengthsOf(files.shx ?? '', '.shx');
  if (shx.stated > shx.actual || (shx.actual - headerBytes) % 8 !== 0) {
    throw broken(
      `.shx 文件头注明 ${shx.stated} 字节,实际 ${shx.actual} 字节`,
      `the header of the .shx says ${shx.stated} bytes, it has ${shx.actual}`,
    );
  }
  const dbf = readDbfHeader(files.dbf ?? '');
  const shapes = (shx.stated - headerBytes) / 8;
  if (dbf.rows !== shapes) {
    throw broken(
      `.shx 有 ${shapes} 个图形,.dbf 有 ${dbf.rows} 行,两者不配套`,
      `the .shx has ${shapes} shapes and the .dbf ${dbf.rows} rows: they do not belong together`,
    );
  }
  return {
    prj: textOf(files.prj),
    cpg: textOf(files.cpg),
    languageDriver: dbf.languageDriver,
    damage:
      shp.stated === shp.actual
        ? null
        : {
            zh: `.shp 文件头注明 ${shp.stated} 字节,实际 ${shp.actual} 字节${shp.actual < shp.stated ? ',文件被截断' : ''}`,
            en: `the header of the .shp says ${shp.stated} bytes, it has ${shp.actual}${shp.actual < shp.stated ? ': it was cut off' : ''}`,
          },
  };
}

/** Bytes as the header says (it counts words of two) and as there are. */
function lengthsOf(file: string, part: string): { stated: number; actual: number } {
  const { head, size } = startOf(file, headerBytes);
  if (head.length < headerBytes || head.readInt32BE(0) !== shapefileMagic) {
    throw broken(`${part} 没有 shapefile 的文件头`, `the ${part} has no header of a shapefile`);
  }
  return { stated: head.readInt32BE(24) * 2, actual: size };
}

function readDbfHeader(file: string): { rows: number; languageDriver: number } {
  const { head, size } = startOf(file, 32);
  const rows = head.length < 32 ? 0 : head.readUInt32LE(4);
  const headBytes = head.length < 32 ? 0 : head.readUInt16LE(8);
  const rowBytes = head.length < 32 ? 0 : head.readUInt16LE(10);
  if (headBytes < 33 || rowBytes < 1 || headBytes > size) {
    throw broken('.dbf 的文件头不完整', 'the header of the .dbf is not whole');
  }
  const whole = Math.floor((size - headBytes) / rowBytes);
  if (rows > whole) {
    throw broken(
      `.dbf 文件头注明 ${rows} 行,实际只有 ${whole} 行`,
      `the header of the .dbf says ${rows} rows, it holds ${whole} only`,
    );
  }
  return { rows, languageDriver: head[29] ?? 0 };
}

function startOf(file: string, bytes: number): { head: Buffer; size: number } {
  const input = openSync(file, 'r');
  try {
    const head = Buffer.alloc(bytes);
    const read = readSync(input, head, 0, bytes, 0);
    return { head: head.subarray(0, read), size: fstatSync(input).size };
  } finally {
    closeSync(input);
  }
}

function textOf(file: string | undefined): string | null {
  return file === undefined ? null : readFileSync(file, 'latin1').slice(0, maxTextBytes).trim();
}

function broken(zh: string, en: string): UnprocessableError {
  return new UnprocessableError({
    zh: `shapefile 已损坏或不完整:${zh}。请重新导出或拷贝后再试。`,
    en: `The shapefile is damaged or incomplete: ${en}. Export or copy it again.`,
  });
}
