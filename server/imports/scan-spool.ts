/** One pass over the rows GDAL wrote: what columns, encoding, extent and kinds of shape they have, and the first of them. */

import { type CopyRow, copyRows, numberColumn } from './copy-rows.ts';
import { decodeCells } from './decode-cells.ts';
import { isEmpty, widenByShape } from './raw-shape.ts';
import { rawShapeReader } from './read-shape.ts';
import type { SpoolColumn } from './spool.ts';
import {
  askedEncoding,
  createEncodingEvidence,
  decodeText,
  detectEncoding,
  type EncodingChoice,
} from './text-encoding.ts';

export type ScanTask = {
  path: string;
  /** Shapes stand as EWKT in a column of their own. */
  hasTextShapes: boolean;
  /** Of a shapefile: what tells its encoding; null: texts are UTF-8. */
  dbf: { cpg: string | null; languageDriver: number | null; asked: string | undefined } | null;
};

export type Scan = {
  columns: SpoolColumn[];
  /** Columns that had to be renamed because another has their name. */
  renamed: string[];
  shapeColumns: string[];
  axisColumns: string[];
  encoding: EncodingChoice | null;
  rowCount: number;
  /** Raw coordinates, [minX, minY, maxX, maxY]; null without any. */
  extent: [number, number, number, number] | null;
  /** Types of shape met, by number of rows. */
  types: Record<string, number>;
  /** EPSG codes said with shapes. */
  srids: number[];
  sampleRows: { row: number; values: Record<string, string | null> }[];
};

const sampleRowCount = 10;
const maxSrids = 5;
/** Names under which tables carry shapes as text; a long one goes on in `geometry_2` and so on. */
const shapePattern = /^(geometry|geom|the_geom|wkt|ewkt|shape|图形|几何)(?:_(\d{1,4}))?$/i;

export function scanSpool({ path, hasTextShapes, dbf }: ScanTask): Scan {
  let written: string[] = [];
  let shapeColumns: string[] = [];
  const evidence = createEncodingEvidence();
  const seen = new Set<string>();
  const extent: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  const types: Record<string, number> = {};
  const srids = new Set<number>();
  const samples: (readonly (string | null)[])[] = [];
  let readShape = rawShapeReader([]);
  let rowCount = 0;
  for (const row of copyRows(path)) {
    if (rowCount === 0) {
      written = row.columns.filter((column) => column !== numberColumn);
      if (hasTextShapes) shapeColumns = textShapeColumns(written, shapePattern);
      readShape = rawShapeReader(shapeColumns);
      if (dbf !== null) for (const column of written) evidence.add(Buffer.from(column, 'latin1'));
    }
    rowCount += 1;
    if (samples.length < sampleRowCount) samples.push(valuesOf(row, written));
    if (dbf !== null) for (const value of row.values) witness(value, seen, evidence.add);
    const shape = readShape(row);
    if (shape === null || shape === 'unreadable') continue;
    const type = isEmpty(shape) ? 'empty' : shape.type;
    types[type] = (types[type] ?? 0) + 1;
    if (shape.srid !== null && srids.size < maxSrids) srids.add(shape.srid);
    widenByShape(extent, shape);
  }
  const encoding =
    dbf === null
      ? null
      : dbf.asked === undefined
        ? detectEncoding({ ...dbf, evidence })
        : askedEncoding(dbf.asked);
  const axisColumns = textShapeColumns(written, axisPattern);
  const isShape = (column: string): boolean => shapeColumns.includes(column) || axisColumns.includes(column);
  const values = written.filter((column) => !isShape(column));
  const { columns, renamed } = nameColumns(values, encoding);
  const decode = decodeCells({ encoding: encoding?.encoding ?? null });
  return {
    columns,
    renamed,
    shapeColumns,
    axisColumns,
    encoding,
    rowCount,
    extent: extent[0] <= extent[2] ? extent : null,
    types,
    srids: [...srids],
    sampleRows: samples.map((cells, index) => ({
      row: index + 1,
      values: Object.fromEntries(
        columns.map(({ name, written: from }) => [name, decode(cells[written.indexOf(from)] ?? null).text]),
      ),
    })),
  };
}

/** As exports carry the centre lines of bands. */
const axisPattern = /^(axis)(?:_(\d{1,4}))?$/i;

/** Beyond this many different texts all of them are looked at, known or not. */
const maxKnownTexts = 20_000;

function witness(value: string | null, seen: Set<string>, add: (bytes: Uint8Array) => void): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII whole
  if (value === null || /^[\x00-\x7f]*$/.test(value) || seen.has(value)) return;
  if (seen.size < maxKnownTexts) seen.add(value);
  add(Buffer.from(value, 'latin1'));
}

function valuesOf({ columns, values }: CopyRow, names: readonly string[]): (string | null)[] {
  return names.map((name) => values[columns.indexOf(name)] ?? null);
}

/** The first of the columns so named and those that go on with it, in their order. */
function textShapeColumns(columns: readonly string[], pattern: RegExp): string[] {
  const found = columns.flatMap((column) => {
    const [, base, number] = pattern.exec(column.trim()) ?? [];
    return base === undefined ? [] : [{ column, base: base.toLowerCase(), number: Number(number ?? 1) }];
  });
  const first = found.find(({ number }) => number === 1);
  if (first === undefined) return [];
  return found
    .filter(({ base }) => base === first.base)
    .sort((a, b) => a.number - b.number)
    .map(({ column }) => column);
}

/** Decoded names; the second of the same name (a DBF cuts them to ten bytes) gets a number. */
function nameColumns(
  written: readonly string[],
  encoding: EncodingChoice | null,
): { columns: SpoolColumn[]; renamed: string[] } {
  const taken = new Set<string>();
  const renamed: string[] = [];
  const columns = written.map((column) => {
    const name =
      encoding === null ? column : decodeText(Buffer.from(column, 'latin1'), [encoding.encoding]).text;
    let distinct = name;
    for (let number = 2; taken.has(distinct); number += 1) distinct = `${name}_${number}`;
    if (distinct !== name) renamed.push(distinct);
    taken.add(distinct);
    return { written: column, name: distinct };
  });
  return { columns, renamed };
}
