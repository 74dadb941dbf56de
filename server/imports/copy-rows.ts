/**
 * Rows of a PostgreSQL dump with COPY blocks, the one text format of GDAL that carries geometry as bytes
 * (ten times faster than GeoJSON and exact) and says null apart from empty text. Reads without yielding to others:
 * for threads of their own.
 */
import { closeSync, openSync, readSync } from 'node:fs';

/** Names of the columns GDAL adds to those of the file. */
export const geometryColumn = 'lantu_geometry';
export const numberColumn = 'lantu_number';

export type CopyRow = {
  /** Names as the dump gives them, the same list for all rows of a block; without the geometry. */
  columns: readonly string[];
  /** By column; escapes of COPY's text format undone. */
  values: readonly (string | null)[];
  /** WKB in hex digits, good until the next row is asked for; null where the row has no shape. */
  shape: Buffer | null;
};

const [tab, newline, backslash] = [9, 10, 92];
const windowBytes = 1 << 20;
/** Longer than a shape of ten million vertices. */
const maxLineBytes = 2 ** 29;

/** The rows in the file's order. Throws RangeError for an endless line. */
export function* copyRows(path: string): Generator<CopyRow> {
  let block: Block | null = null;
  for (const line of lines(path)) {
    if (block === null) {
      if (line.toString('latin1', 0, 5) === 'COPY ') block = blockOf(line.toString('utf8'));
    } else if (line.length === 2 && line.toString('latin1') === '\\.') {
      block = null;
    } else {
      yield rowOf(line, block);
    }
  }
}

type Block = { columns: string[]; geometryAt: number };

/** Names in `COPY "public"."rows" ("a", "b") FROM STDIN;`. */
function blockOf(line: string): Block {
  const list = line.slice(line.indexOf('('));
  const all = [...list.matchAll(/"((?:[^"]|"")*)"/g)].map((match) => (match[1] ?? '').replaceAll('""', '"'));
  const geometryAt = all.indexOf(geometryColumn);
  return { columns: all.filter((_name, index) => index !== geometryAt), geometryAt };
}

function rowOf(line: Buffer, { columns, geometryAt }: Block): CopyRow {
  const values: (string | null)[] = [];
  const count = columns.length + (geometryAt < 0 ? 0 : 1);
  let shape: Buffer | null = null;
  let start = 0;
  for (let index = 0; index < count; index += 1) {
    if (start > line.length) {
      if (index !== geometryAt) values.push(null);
      continue;
    }
    const end = endOf(line, tab, start, start);
    if (index === geometryAt) shape = line[start] === backslash ? null : line.subarray(start, end);
    else values.push(withoutEscapes(line.toString('utf8', start, end)));
    start = end + 1;
  }
  return { columns, values, shape };
}

/**
 * Where the cell or line that begins at `start` ends, looked for from `from` on; the length of the text without an end.
 * GDAL writes a tab or line end within a text as a backslash and the character itself.
 */
function endOf(text: Buffer, mark: number, start: number, from: number): number {
  let end = text.indexOf(mark, from);
  while (end >= 0 && isEscaped(text, start, end)) end = text.indexOf(mark, end + 1);
  return end < 0 ? text.length : end;
}

function isEscaped(text: Buffer, start: number, at: number): boolean {
  let first = at;
  while (first > start && text[first - 1] === backslash) first -= 1;
  return (at - first) % 2 === 1;
}

/**
 * Lines as pieces of one buffer that is filled again and again. Only \n ends a line here: texts may hold other
 * characters that some readers split at.
 */
function* lines(path: string): Generator<Buffer> {
  const file = openSync(path, 'r');
  try {
    let window = Buffer.allocUnsafeSlow(windowBytes);
    let filled = 0;
    for (;;) {
      if (filled === window.length) {
        if (filled >= maxLineBytes) throw new RangeError('a row is too long');
        const larger = Buffer.allocUnsafeSlow(filled * 2);
        window.copy(larger);
        window = larger;
      }
      const bytes = readSync(file, window, filled, window.length - filled, null);
      const looked = filled;
      filled += bytes;
      if (bytes === 0) break;
      const full = window.subarray(0, filled);
      let start = 0;
      for (
        let end = endOf(full, newline, start, looked);
        end < filled;
        end = endOf(full, newline, start, start)
      ) {
        yield full.subarray(start, end);
        start = end + 1;
      }
      window.copy(window, 0, start, filled);
      filled -= start;
    }
    if (filled > 0) yield window.subarray(0, filled);
  } finally {
    closeSync(file);
  }
}

const escapes: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

function withoutEscapes(value: string): string | null {
  if (value === '\\N') return null;
  if (!value.includes('\\')) return value;
  return value.replace(/\\(.)/gs, (_all, letter: string) => escapes[letter] ?? letter);
}
