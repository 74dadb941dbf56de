import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyRows } from '../../server/imports/copy-rows.ts';

describe('copyRows', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lantu-copy-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function read(text: string): Promise<Record<string, string | null>[]> {
    const path = join(folder, 'rows.sql');
    await writeFile(path, text);
    return [...copyRows(path)].map(({ columns, values }) =>
      Object.fromEntries(columns.map((column, index) => [column, values[index] ?? null])),
    );
  }

  it('tells null from empty text and undoes every escape', async () => {
    const rows = await read(
      'SET x = ON;\nCOPY "public"."rows" ("a", "红线 ""名称""", "c") FROM STDIN;\n1\t\\N\t\nx\\ty\\\\z\\n\\r\ttwo\u2028lines\rhere\t\\\\N\n\\.\nCOMMIT;\n',
    );
    expect(rows).toEqual([
      { a: '1', '红线 "名称"': null, c: '' },
      { a: 'x\ty\\z\n\r', '红线 "名称"': 'two\u2028lines\rhere', c: '\\N' },
    ]);
  });

  it('keeps line ends and tabs that stand in a text behind a backslash, as GDAL writes them', async () => {
    const rows = await read(
      'COPY "rows" ("a", "b") FROM STDIN;\n一\\\n二\\\t三\\\r\tB\\\\\n\\\n\\\n\tC\n\\\\\tD\n\\.\n',
    );
    expect(rows).toEqual([
      { a: '一\n二\t三\r', b: 'B\\' },
      { a: '\n\n', b: 'C' },
      { a: '\\', b: 'D' },
    ]);
    const many = '行\\\n'.repeat(600_000);
    const [row] = await read(`COPY "rows" ("a", "b") FROM STDIN;\n${many}\tB\n\\.\n`);
    expect(row).toEqual({ a: '行\n'.repeat(600_000), b: 'B' });
  });

  it('joins lines longer than what is read at once', async () => {
    const long = '赣'.repeat(1_500_000);
    const rows = await read(`COPY "rows" ("a", "b") FROM STDIN;\n${long}\t1\n${long}\t2\n\\.\n`);
    expect(rows.map(({ b }) => b)).toEqual(['1', '2']);
    expect(rows.every(({ a }) => a === long)).toBe(true);
  });

  it('has nothing to give for a dump without rows', async () => {
    expect(await read('SET x = ON;\nCOMMIT;\n')).toEqual([]);
  });
});
