/**
 * Rows of a PostgreSQL dump with COPY blocks, the one text format of GDAL that carries geometry as bytes
 * (ten times faster than GeoJSON and exact) and says null apart from empty text. Reads without yielding to others:
 * for threads of their own.
 */
import { closeSync, openSync, readSync } from 'node:fs';

/** Names of the columns GDAL adds to those of the file. */
export const geometryColumn = 'lantu_geometry';
export const numberColumn = 'lantu_number';

export type CopyRows = {
  /** Names as the dump gives them. */
  columns: readonly string[];
  /** By column; escapes of COPY's text format undone. */
  values: readonly (string | null)[];
};

const newline = 10;
const chunkBytes = 1 << 20;
/** Longer than a shape of ten million vertices. */
const maxLineBytes = 2 ** 28;

/** The rows in the file's order; `columns` is the same list for all rows of a block. Throws RangeError for an endless line. */
export function* copyRows(path: string): Generator<CopyRows> {
  let columns: string[] | null = null;
  for (const line of lines(path)) {
    if (columns === null) {
      if (line.startsWith('COPY ')) columns = columnsOf(line);
    } else if (line === '\\.') {
      columns = null;
    } else {
      const values: (string | null)[] = cellsOf(line);
      for (let index = 0; index < columns.length; index += 1) {
        values[index] = withoutEscapes((values[index] as string | undefined) ?? '\\N');
      }
      yield { columns, values };
    }
  }
}

/** Cells of a line; GDAL writes a tab within a text as a backslash and the tab itself. */
function cellsOf(line: string): string[] {
  const pieces = line.split('\t');
  if (!line.includes('\\\t')) return pieces;
  const cells: string[] = [];
  let held: string | null = null;
  for (const piece of pieces) {
    const cell: string = held === null ? piece : `${held}\t${piece}`;
    const isCut = (/\\*$/.exec(cell)?.[0].length ?? 0) % 2 === 1;
    if (!isCut) cells.push(cell);
    held = isCut ? cell : null;
  }
  return held === null ? cells : [...cells, held];
}

const backslash = 92;

/** Whether a line end that follows is data: GDAL writes one within a text as a backslash and the line end itself. */
function endsEscaped(pieces: readonly Buffer[]): boolean {
  let count = 0;
  for (const piece of pieces.toReversed()) {
    let at = piece.length;
    while (at > 0 && piece[at - 1] === backslash) at -= 1;
    count += piece.length - at;
    if (at > 0) break;
  }
  return count % 2 === 1;
}

function tooLong(): RangeError {
  return new RangeError('a row is too long');
}

/** Only an unescaped \n ends a line here: texts may hold other characters that some readers split at. */
function* lines(path: string): Generator<string> {
  const file = openSync(path, 'r');
  try {
    let rest: Buffer[] = [];
    let restBytes = 0;
    for (;;) {
      const chunk = Buffer.allocUnsafeSlow(chunkBytes);
      const bytes = readSync(file, chunk);
      if (bytes === 0) break;
      let start = 0;
      for (let end = chunk.indexOf(newline); end >= 0 && end < bytes; end = chunk.indexOf(newline, start)) {
        const tail = chunk.subarray(start, end);
        if (endsEscaped([...rest.slice(-1), tail])) {
          rest.push(chunk.subarray(start, end + 1));
          restBytes += end + 1 - start;
          if (restBytes > maxLineBytes) throw tooLong();
          start = end + 1;
          continue;
        }
        start = end + 1;
        yield (rest.length === 0 ? tail : Buffer.concat([...rest, tail])).toString('utf8');
        rest = [];
        restBytes = 0;
      }
      if (start >= bytes) continue;
      rest.push(chunk.subarray(start, bytes));
      restBytes += bytes - start;
      if (restBytes > maxLineBytes) throw tooLong();
    }
    if (rest.length > 0) yield Buffer.concat(rest).toString('utf8');
  } finally {
    closeSync(file);
  }
}

/** Names in `COPY "public"."rows" ("a", "b") FROM STDIN;`. */
function columnsOf(line: string): string[] {
  const list = line.slice(line.indexOf('('));
  return [...list.matchAll(/"((?:[^"]|"")*)"/g)].map((match) => (match[1] ?? '').replaceAll('""', '"'));
}

const escapes: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

function withoutEscapes(value: string): string | null {
  if (value === '\\N') return null;
  if (!value.includes('\\')) return value;
  return value.replace(/\\(.)/gs, (_all, letter: string) => escapes[letter] ?? letter);
}
