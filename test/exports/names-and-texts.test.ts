/** Small parts of the exports: names of DBF fields, GBK, guarded formulas, the spool. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../geodata/catalogue/index.ts';
import { findCrs } from '../../geodata/domain/crs.ts';
import { guardFormula, withoutFormulaGuard } from '../../geodata/domain/formula-guard.ts';
import { identifyCrs } from '../../geodata/domain/identify-crs.ts';
import { importableFields, suggestColumns } from '../../geodata/domain/suggest-columns.ts';
import { dbfNames } from '../../server/exports/dbf-names.ts';
import { encodeGbk } from '../../server/exports/encode-gbk.ts';
import { esriWkt } from '../../server/exports/esri-wkt.ts';
import { readSpool, type SpooledRow, writeSpool } from '../../server/exports/row-spool.ts';
import { shapeOfWkb, wkbOf } from '../../server/exports/shape-wkb.ts';
import { encodingOf } from '../../server/exports/write-shapefile.ts';

describe.each(['GBK', 'UTF-8'])('DBF names in %s', (name) => {
  const encoding = encodingOf(name);
  it.each(catalogue.map((layer) => [layer.id, layer] as const))('of %s', (_id, layer) => {
    const names = dbfNames(layer.fields, encoding);
    expect(new Set(names.map((each) => each.toUpperCase())).size).toBe(layer.fields.length);
    for (const [index, each] of names.entries()) {
      const field = layer.fields[index];
      const encoded = encoding.encode(each);
      if ('missing' in encoded) throw new Error(`${each} cannot be encoded`);
      expect(encoded.length).toBeLessThanOrEqual(10);
      expect(field?.title.zh.startsWith(each) || field?.name.startsWith(each)).toBe(true);
      expect(each).toMatch(/^[\p{Letter}_][\p{Letter}\p{Number}_]*$/u);
    }
    // The importer finds every field again, each in its own column.
    const found = suggestColumns(layer, names, encoding.id === 'utf-8' ? 3 : 2);
    for (const field of importableFields(layer)) {
      expect(found.get(field.name), field.name).toBe(names[layer.fields.indexOf(field)]);
    }
  });
});

it('numbers names that would be the same', () => {
  const field = (name: string) => ({ ...fieldOf('name'), name, title: { zh: '同样开头的名字甲', en: name } });
  const names = dbfNames(
    [field('a_very_long_name_1'), field('a_very_long_name_2'), field('a_very_long_name_3')],
    encodingOf('GBK'),
  );
  expect(names).toEqual(['同样开头的', 'a_very_lon', 'a_very_l_1']);
});

function fieldOf(name: string) {
  const field = catalogue[0]?.fields.find((each) => each.name === name);
  if (field === undefined) throw new Error(name);
  return field;
}

it('encodes GBK as the platform decodes it, and names what GBK lacks', () => {
  const text = '岿美山 龘 ¤ ABC123 赣縣〇';
  const bytes = encodeGbk(text);
  expect('missing' in bytes).toBe(false);
  expect(new TextDecoder('gbk', { fatal: true }).decode(bytes as Buffer)).toBe(text);
  expect(encodeGbk('甲🏞乙')).toEqual({ missing: '🏞' });
  expect(encodeGbk('𠮷')).toEqual({ missing: '𠮷' });
});

it.each([
  '=1+1',
  '+甲',
  '-甲',
  '@sum',
  '\t甲',
  '\r甲',
  '\uFF1DSUM(A1)',
  '\uFF0D甲',
  "'=1",
])('guards %j', (text) => {
  expect(guardFormula(text)).toBe(`'${text}`);
});

it.each(['甲=1', "'引号", '1', '12-3', '', ' =1'])('leaves %j alone', (text) => {
  expect(guardFormula(text)).toBe(text);
});

it('takes every guard away again', () => {
  const texts = fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', '\uFF1D', '甲', 'a', '1') });
  fc.assert(fc.property(texts, (text) => withoutFormulaGuard(guardFormula(text)) === text));
});

it('writes a .prj that is identified as the system it was written for', () => {
  for (const srid of [4490, 4326, 3857, 4526, 4527, 4547, 4548, 4508, 4509, 4497, 4498]) {
    const crs = findCrs(srid);
    if (crs === undefined) throw new Error(String(srid));
    const { datum, centralMeridian, falseEasting } = crs;
    // Systems of 3° and 6° zones without prefix on one meridian are the same in all but name.
    const same = { datum, centralMeridian, falseEasting };
    expect(identifyCrs(esriWkt(crs))).toMatchObject({ kind: 'known', crs: same });
  }
});

it('reads shapes as they were written', () => {
  const shape = {
    type: 'MultiPolygon' as const,
    coordinates: [
      [
        [
          [115.1, 25.2],
          [115.3, 25.2],
          [115.3, 25.4],
          [115.1, 25.2],
        ],
      ],
      [
        [
          [1, 2],
          [3, 4],
          [5, 6],
          [1, 2],
        ],
      ],
    ],
  };
  expect(shapeOfWkb(wkbOf(shape))).toEqual(shape);
  const lines = {
    type: 'MultiLineString' as const,
    coordinates: [
      [
        [0.1, 0.2],
        [1e-9, -3],
      ],
    ],
  };
  expect(shapeOfWkb(wkbOf(lines))).toEqual(lines);
});

it('spools rows of any size, among them some larger than a piece of the file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lantu-spool-'));
  const rows: SpooledRow[] = [
    { values: ['甲\u2028\n', 1.5, null, true], shape: null, axis: Buffer.from([1, 2, 3]) },
    { values: [], shape: Buffer.alloc(3_000_001, 7), axis: null },
    { values: ['x'.repeat(70_000)], shape: Buffer.from([9]), axis: Buffer.alloc(1_048_576, 1) },
  ];
  const spool = writeSpool(join(folder, 'rows'));
  for (const row of rows) await spool.write(row);
  await spool.close();
  const read: SpooledRow[] = [];
  for await (const row of readSpool(join(folder, 'rows'))) read.push(row);
  expect(read).toEqual(rows);
  await rm(folder, { recursive: true });
});
