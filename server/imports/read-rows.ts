/** Rows of a delivered file as it holds them: decoded texts, coordinates untransformed, nothing left out. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Geometry, Position } from 'geojson';
import { z } from 'zod';
import type { DeliveredFile } from './delivered-file.ts';
import type { GdalRows } from './gdal-read.ts';
import { askedEncoding, decodeText, detectEncoding, type EncodingChoice } from './text-encoding.ts';

export type RawValue = string | number | boolean | null;
export type RawRow = {
  /** Position in the file, from 1. */
  row: number;
  properties: Record<string, RawValue>;
  geometry: Geometry | null;
  /** A text did not fit the encoding. */
  isDamaged: boolean;
};

export type RawFile = {
  rows: RawRow[];
  columns: string[];
  encoding: EncodingChoice | null;
  hasHeights: boolean;
  /** [minX, minY, maxX, maxY] of the raw coordinates; null without any. */
  extent: [number, number, number, number] | null;
};

const rowSchema = z.object({
  properties: z.record(z.string(), z.unknown()).nullable(),
  geometry: z.custom<Geometry>((value) => typeof value === 'object').nullable(),
});

/** The rows GDAL wrote, with texts decoded by the encoding given, stated or detected. */
export async function readRows(
  delivered: DeliveredFile,
  gdal: GdalRows,
  encodingName: string | undefined,
): Promise<RawFile> {
  const rows: RawRow[] = [];
  const columns = new Set<string>();
  const lines = createInterface({
    input: createReadStream(gdal.rowsPath, 'utf8'),
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  for await (const line of lines) {
    if (line === '') continue;
    const { properties, geometry } = rowSchema.parse(JSON.parse(line));
    rows.push({
      row: rows.length + 1,
      properties: plainValues(properties ?? {}),
      geometry,
      isDamaged: false,
    });
  }
  const encoding = delivered.kind === 'shapefile' ? chooseEncoding(delivered, rows, encodingName) : null;
  const decoded = encoding === null ? rows : rows.map((row) => decodeRow(row, encoding));
  for (const { properties } of decoded) for (const name in properties) columns.add(name);
  return { rows: decoded, columns: [...columns], encoding, ...measure(decoded) };
}

function plainValues(properties: Record<string, unknown>): Record<string, RawValue> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [
      name,
      value === null || ['string', 'number', 'boolean'].includes(typeof value)
        ? (value as RawValue)
        : JSON.stringify(value),
    ]),
  );
}

function chooseEncoding(
  { cpg, languageDriver }: DeliveredFile,
  rows: readonly RawRow[],
  encodingName: string | undefined,
): EncodingChoice {
  if (encodingName !== undefined) return askedEncoding(encodingName);
  const texts = new Set(
    rows.flatMap(({ properties }) => [...Object.keys(properties), ...Object.values(properties)]),
  );
  const bytes = [...texts]
    .filter((text) => typeof text === 'string')
    .map((text) => Buffer.from(text, 'latin1'));
  return detectEncoding({ cpg, languageDriver, texts: bytes });
}

/** GDAL was told ISO-8859-1, so every character is one byte of the file. */
function decodeRow(row: RawRow, { encoding }: EncodingChoice): RawRow {
  let isDamaged = false;
  const decode = (text: string): string => {
    const decoded = decodeText(Buffer.from(text, 'latin1'), [encoding]);
    isDamaged ||= decoded.isDamaged;
    return decoded.text;
  };
  const properties = Object.fromEntries(
    Object.entries(row.properties).map(([name, value]) => [
      decode(name),
      typeof value === 'string' ? decode(value) : value,
    ]),
  );
  return { ...row, properties, isDamaged };
}

function measure(rows: readonly RawRow[]): Pick<RawFile, 'hasHeights' | 'extent'> {
  let hasHeights = false;
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { geometry } of rows) {
    if (geometry === null) continue;
    for (const [x = Number.NaN, y = Number.NaN, z] of positionsOf(geometry)) {
      hasHeights ||= z !== undefined;
      minX = Math.min(minX, x);
      minY = Math.min(minY, y);
      maxX = Math.max(maxX, x);
      maxY = Math.max(maxY, y);
    }
  }
  return { hasHeights, extent: minX <= maxX ? [minX, minY, maxX, maxY] : null };
}

/** Every position of a geometry of any type. */
function* positionsOf(geometry: Geometry): Generator<Position> {
  if (geometry.type === 'GeometryCollection') {
    for (const part of geometry.geometries) yield* positionsOf(part);
    return;
  }
  yield* flatten(geometry.coordinates);
}

function* flatten(coordinates: Position | Position[] | Position[][] | Position[][][]): Generator<Position> {
  if (typeof coordinates[0] === 'number') yield coordinates as Position;
  else for (const part of coordinates as Position[][]) yield* flatten(part);
}
