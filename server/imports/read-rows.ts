/** Rows of a delivered file as it holds them: decoded texts, coordinates untransformed, nothing left out. */
import type { Geometry, Position } from 'geojson';
import { copyRows, geometryColumn, numberColumn } from './copy-rows.ts';
import type { DeliveredFile } from './delivered-file.ts';
import type { GdalRows } from './gdal-read.ts';
import {
  askedEncoding,
  type DecodedText,
  decodeText,
  detectEncoding,
  type EncodingChoice,
} from './text-encoding.ts';
import { geometryOfWkb } from './wkb.ts';

/** Names repeat from row to row; codes do not, and need not be kept. */
const maxKnownTexts = 5_000;

/** As text, whatever its type in the file: numbers keep every digit. */
export type RawValue = string | null;
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

/** The rows GDAL wrote, with texts decoded by the encoding given, stated or detected. */
export async function readRows(
  delivered: DeliveredFile,
  gdal: GdalRows,
  encodingName: string | undefined,
): Promise<RawFile> {
  const rows: RawRow[] = [];
  const extent: Extent = [Infinity, Infinity, -Infinity, -Infinity];
  for await (const { [geometryColumn]: shape, [numberColumn]: _, ...properties } of copyRows(gdal.rowsPath)) {
    const geometry = typeof shape === 'string' ? geometryOfWkb(Buffer.from(shape, 'hex')) : null;
    if (geometry !== null) widen(extent, geometry);
    rows.push({ row: rows.length + 1, properties, geometry, isDamaged: false });
  }
  const encoding = delivered.kind === 'shapefile' ? chooseEncoding(delivered, rows, encodingName) : null;
  const decoded = encoding === null ? rows : decodeRows(rows, encoding);
  const columns = Object.keys(decoded[0]?.properties ?? {});
  return {
    rows: decoded,
    columns,
    encoding,
    hasHeights: gdal.hasHeights,
    extent: extent[0] <= extent[2] ? extent : null,
  };
}

function chooseEncoding(
  { cpg, languageDriver }: DeliveredFile,
  rows: readonly RawRow[],
  encodingName: string | undefined,
): EncodingChoice {
  if (encodingName !== undefined) return askedEncoding(encodingName);
  const texts = new Set(Object.keys(rows[0]?.properties ?? {}));
  for (const { properties } of rows) {
    for (const name in properties) texts.add(properties[name] ?? '');
  }
  const bytes = [...texts].map((text) => Buffer.from(text, 'latin1'));
  return detectEncoding({ cpg, languageDriver, texts: bytes });
}

/** GDAL was told ISO-8859-1, so every character is one byte of the file. */
function decodeRows(rows: readonly RawRow[], { encoding }: EncodingChoice): RawRow[] {
  const known = new Map<string, DecodedText>();
  const decode = (text: string): DecodedText => {
    const decoded = known.get(text) ?? decodeText(Buffer.from(text, 'latin1'), [encoding]);
    if (known.size < maxKnownTexts) known.set(text, decoded);
    return decoded;
  };
  return rows.map((row) => {
    let isDamaged = false;
    const properties: RawRow['properties'] = {};
    for (const name in row.properties) {
      const value = row.properties[name];
      const decoded = typeof value === 'string' ? decode(value) : null;
      isDamaged ||= decoded?.isDamaged ?? false;
      properties[decode(name).text] = decoded?.text ?? null;
    }
    return { ...row, properties, isDamaged };
  });
}

type Extent = [minX: number, minY: number, maxX: number, maxY: number];

function widen(extent: Extent, geometry: Geometry): void {
  if (geometry.type === 'GeometryCollection') {
    for (const part of geometry.geometries) widen(extent, part);
  } else {
    widenBy(extent, geometry.coordinates);
  }
}

function widenBy(extent: Extent, coordinates: Position | Position[] | Position[][] | Position[][][]): void {
  const [x, y] = coordinates;
  if (typeof x === 'number' && typeof y === 'number') {
    extent[0] = Math.min(extent[0], x);
    extent[1] = Math.min(extent[1], y);
    extent[2] = Math.max(extent[2], x);
    extent[3] = Math.max(extent[3], y);
  } else {
    for (const part of coordinates as Position[][]) widenBy(extent, part);
  }
}
