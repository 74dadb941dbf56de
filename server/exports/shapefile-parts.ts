/** The .shp, .shx and .dbf of a layer (ESRI Shapefile Technical Description, 1998; dBASE III), streamed into a folder. */
import { join } from 'node:path';
import type { Position } from 'geojson';
import { UnprocessableError } from '../errors.ts';
import { type AppendFile, appendFile } from './append-file.ts';
import { type DbfColumn, dbfCell } from './dbf-columns.ts';
import type { TextEncoding } from './dbf-names.ts';
import type { ExportRow, LayerSnapshot, Shape } from './export-order.ts';

/** Many programs read no part beyond this. */
const maxPartBytes = 2 ** 31 - 1;
const headerBytes = 100;
const polyLineShape = 3;
const polygonShape = 5;

type Bounds = [minX: number, minY: number, maxX: number, maxY: number];
const noBounds: Bounds = [Infinity, Infinity, -Infinity, -Infinity];

/** Paths of the parts by extension. Throws UnprocessableError for a layer over 2 GB, `signal.reason` when aborted. */
export async function writeShapefileParts(
  snapshot: LayerSnapshot,
  columns: readonly DbfColumn[],
  encoding: TextEncoding,
  folder: string,
  signal: AbortSignal,
): Promise<Record<'shp' | 'shx' | 'dbf', string>> {
  const paths = {
    shp: join(folder, 'layer.shp'),
    shx: join(folder, 'layer.shx'),
    dbf: join(folder, 'layer.dbf'),
  };
  const [shp, shx, dbf] = await Promise.all([
    appendFile(paths.shp),
    appendFile(paths.shx),
    appendFile(paths.dbf),
  ]);
  try {
    const shapeType = snapshot.layer.table.geometryType === 'MultiPolygon' ? polygonShape : polyLineShape;
    const tableHead = dbfHead(snapshot, columns, encoding);
    await Promise.all([shp.append(Buffer.alloc(headerBytes)), shx.append(Buffer.alloc(headerBytes))]);
    await dbf.append(tableHead);
    const bounds: Bounds = [...noBounds];
    let number = 0;
    for await (const row of snapshot.rows()) {
      signal.throwIfAborted();
      number += 1;
      await appendShape(shp, shx, number, row, bounds, shapeType);
      await dbf.append(dbfRecord(columns, row, encoding));
      if (Math.max(shp.size(), dbf.size()) > maxPartBytes) throw tooLarge();
    }
    await dbf.append(Buffer.of(0x1a));
    await shp.close(shapeHead(shp.size(), shapeType, bounds));
    await shx.close(shapeHead(shx.size(), shapeType, bounds));
    await dbf.close(tableHead);
    return paths;
  } catch (error) {
    await Promise.allSettled([shp, shx, dbf].map((file) => file.abandon()));
    throw error;
  }
}

async function appendShape(
  shp: AppendFile,
  shx: AppendFile,
  number: number,
  { shape }: ExportRow,
  bounds: Bounds,
  shapeType: number,
): Promise<void> {
  const content = shape === null ? Buffer.alloc(4) : shapeContent(shape, shapeType, bounds);
  const head = Buffer.alloc(8);
  head.writeInt32BE(number, 0);
  head.writeInt32BE(content.length / 2, 4);
  const entry = Buffer.alloc(8);
  entry.writeInt32BE(shp.size() / 2, 0);
  entry.writeInt32BE(content.length / 2, 4);
  await shp.append(head);
  await shp.append(content);
  await shx.append(entry);
}

/** Outer rings run clockwise in a shapefile, counter-clockwise in the database: every ring is turned round. */
function linesOf(shape: Shape): Position[][] {
  if (shape.type === 'MultiLineString') return shape.coordinates;
  return shape.coordinates.flatMap((rings) => rings.map((ring) => ring.toReversed()));
}

function shapeContent(shape: Shape, shapeType: number, bounds: Bounds): Buffer {
  const lines = linesOf(shape);
  const points = lines.reduce((sum, line) => sum + line.length, 0);
  const content = Buffer.alloc(44 + lines.length * 4 + points * 16);
  const own: Bounds = [...noBounds];
  let at = 44 + lines.length * 4;
  let first = 0;
  lines.forEach((line, index) => {
    content.writeInt32LE(first, 44 + index * 4);
    first += line.length;
    for (const [x = Number.NaN, y = Number.NaN] of line) {
      at = content.writeDoubleLE(x, at);
      at = content.writeDoubleLE(y, at);
      grow(own, [x, y, x, y]);
    }
  });
  content.writeInt32LE(shapeType, 0);
  own.forEach((edge, index) => {
    content.writeDoubleLE(edge, 4 + index * 8);
  });
  content.writeInt32LE(lines.length, 36);
  content.writeInt32LE(points, 40);
  grow(bounds, own);
  return content;
}

function grow(bounds: Bounds, [minX, minY, maxX, maxY]: Bounds): void {
  bounds[0] = Math.min(bounds[0], minX);
  bounds[1] = Math.min(bounds[1], minY);
  bounds[2] = Math.max(bounds[2], maxX);
  bounds[3] = Math.max(bounds[3], maxY);
}

function shapeHead(size: number, shapeType: number, bounds: Bounds): Buffer {
  const head = Buffer.alloc(headerBytes);
  head.writeInt32BE(9994, 0);
  head.writeInt32BE(size / 2, 24);
  head.writeInt32LE(1000, 28);
  head.writeInt32LE(shapeType, 32);
  bounds.forEach((edge, index) => {
    head.writeDoubleLE(Number.isFinite(edge) ? edge : 0, 36 + index * 8);
  });
  return head;
}

const maxRecordBytes = 65_535;

function dbfHead(
  { featureCount, exportedAt }: LayerSnapshot,
  columns: readonly DbfColumn[],
  encoding: TextEncoding,
): Buffer {
  const recordBytes = 1 + columns.reduce((sum, { width }) => sum + width, 0);
  if (recordBytes > maxRecordBytes || columns.length > 255) throw tooLarge();
  const head = Buffer.alloc(32 + columns.length * 32 + 1);
  head.writeUInt8(3, 0);
  head.set([exportedAt.getFullYear() - 1900, exportedAt.getMonth() + 1, exportedAt.getDate()], 1);
  head.writeUInt32LE(featureCount, 4);
  head.writeUInt16LE(head.length, 8);
  head.writeUInt16LE(recordBytes, 10);
  head.writeUInt8(encoding.languageByte, 29);
  columns.forEach(({ name, type, width, decimals }, index) => {
    const at = 32 + index * 32;
    const encoded = encoding.encode(name);
    if ('missing' in encoded) throw new RangeError(`the name ${name} was not measured`);
    head.set(encoded, at);
    head.write(type, at + 11, 'latin1');
    head.writeUInt8(width, at + 16);
    head.writeUInt8(decimals, at + 17);
  });
  head.writeUInt8(0x0d, head.length - 1);
  return head;
}

function dbfRecord(columns: readonly DbfColumn[], { values }: ExportRow, encoding: TextEncoding): Buffer {
  const cells = columns.map((column, index) => dbfCell(column, values[index] ?? null, encoding));
  return Buffer.concat([Buffer.from(' '), ...cells]);
}

function tooLarge(): UnprocessableError {
  return new UnprocessableError({
    zh: '图层超过 shapefile 的 2 GB 或字段上限,没有导出;请改用 --format gpkg。',
    en: 'The layer is beyond the 2 GB or the fields of a shapefile and was not exported; use --format gpkg.',
  });
}
