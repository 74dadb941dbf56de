/**
 * Rows of a PostgreSQL dump with COPY blocks, the one text format of GDAL that carries geometry as bytes
 * (ten times faster than GeoJSON and exact) and says null apart from empty text.
 */
import { createReadStream } from 'node:fs';

/** Names of the columns GDAL adds to those of the file. */
export const geometryColumn = 'lantu_geometry';
export const numberColumn = 'lantu_number';

export type CopyRow = Record<string, string | null>;

const newline = 10;

/** Columns and values as text, in the file's order; escapes of COPY's text format undone. */
export async function* copyRows(path: string): AsyncGenerator<CopyRow> {
  let columns: string[] | null = null;
  for await (const line of lines(path)) {
    if (columns === null) {
      if (line.startsWith('COPY ')) columns = columnsOf(line);
    } else if (line === '\\.') {
      columns = null;
    } else {
      const values = line.split('\t');
      yield Object.fromEntries(
        columns.map((column, index) => [column, withoutEscapes(values[index] ?? '\\N')]),
      );
    }
  }
}

/** Only \n ends a line here: texts may hold other characters that some readers split at. */
async function* lines(path: string): AsyncGenerator<string> {
  let rest: Buffer[] = [];
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      const tail = chunk.subarray(start, end);
      yield (rest.length === 0 ? tail : Buffer.concat([...rest, tail])).toString('utf8');
      rest = [];
      start = end + 1;
    }
    if (start < chunk.length) rest.push(chunk.subarray(start));
  }
  if (rest.length > 0) yield Buffer.concat(rest).toString('utf8');
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
