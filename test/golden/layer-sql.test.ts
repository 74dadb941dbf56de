/** The SQL of every layer, held against test/golden/sql/<layer>.sql; UPDATE_GOLDEN=1 rewrites the files. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../geodata/catalogue/index.ts';
import type { LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import { featureStatement, itemsStatement } from '../../server/db/layer-items-sql.ts';
import { searchStatement } from '../../server/db/layer-search-sql.ts';
import { sheetStatement } from '../../server/db/layer-sheet-sql.ts';
import { quoteIdentifier, type Statement } from '../../server/db/layer-sql.ts';
import { layerSummaryStatement } from '../../server/db/layer-summary-sql.ts';
import { tileStatement } from '../../server/db/layer-tile-sql.ts';

const folder = new URL('./sql/', import.meta.url);
const format = {
  form: { srid: 4490, northFirst: false, decimals: 6 },
  skipGeometry: false,
  derived: ['anchor', 'axis'] as const,
};

function statementsOf(layer: LayerDefinition): Record<string, Statement> {
  const [filtered] = layer.fields.filter((field) => field.filter);
  return {
    'items: second page of a bbox in zone 38 with a filter and a period': itemsStatement(layer, {
      ...format,
      filter: {
        boxes: [{ extent: [38_600_000, 2_821_000, 38_602_000, 2_823_500], srid: 4526 }],
        properties: filtered === undefined ? [] : [{ field: filtered.name, values: ['a', 'b'] }],
        period: { from: '2025-01-01', to: '2025-03-31' },
        asOf: null,
      },
      afterKey: '1000',
      limit: 500,
      counted: { revision: '7', matched: 1200 },
    }),
    'feature by its code': featureStatement(layer, 'plain', { ...format, asOf: null }),
    'tile 7/54/104': tileStatement(layer, [{ z: 7, y: 54, x: 104 }]),
    'sheet of a county in zone 38 at 1:350 000, second batch': sheetStatement(
      layer,
      {
        srid: 4547,
        minX: 600_000,
        maxY: 2_900_000,
        unitsPerMm: 350,
        widthMm: 277,
        heightMm: 235,
        extentDegrees: [115, 25.4, 116, 26.3],
        toleranceDegrees: 0.0003,
      },
      { asOf: null, categories: ['a', 'b'], county: '360732', site: null },
      '1000',
    ),
    summary: layerSummaryStatement([layer]),
    'search for 100%': searchStatement([layer], '100%', 21),
    ...(layer.history === null ? {} : pastStatementsOf(layer)),
  };
}

function pastStatementsOf(layer: LayerDefinition): Record<string, Statement> {
  return {
    'items as of a day, by a field that has a past': itemsStatement(layer, {
      ...format,
      filter: {
        boxes: [{ extent: [115, 25, 116, 26], srid: 4490 }],
        properties: [{ field: layer.history?.fields[0]?.field ?? '', values: ['closed'] }],
        period: null,
        asOf: '2024-06-30',
      },
      afterKey: null,
      limit: 10,
      counted: null,
    }),
    'feature as of a day': featureStatement(layer, 'plain', { ...format, asOf: '2024-06-30' }),
    'tile 7/54/104 as of a day': tileStatement(layer, [{ z: 7, y: 54, x: 104 }], '2024-06-30'),
  };
}

describe('the SQL of a layer', () => {
  it.each(catalogue.map((layer) => [layer.id, layer] as const))('%s is as agreed', (id, layer) => {
    const text = Object.entries(statementsOf(layer))
      .map(([title, statement]) => `-- ${title}\n-- ${JSON.stringify(statement.params)}\n${statement.text};\n`)
      .join('\n');
    const file = new URL(`${id}.sql`, folder);
    if (process.env.UPDATE_GOLDEN === '1') {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, text);
    }
    expect(text).toBe(readFileSync(file, 'utf8'));
  });

  it('has no golden file left over from a layer that is gone', () => {
    expect(readdirSync(folder).sort()).toEqual(catalogue.map((layer) => `${layer.id}.sql`).sort());
  });

  it('holds nothing that was asked for: values are parameters', () => {
    const [layer] = catalogue;
    if (layer === undefined) throw new Error('no layer');
    const hostile = "x'; drop table geo.county; --";
    const { text, params } = itemsStatement(layer, {
      ...format,
      filter: { boxes: [], properties: [{ field: 'code', values: [hostile] }], period: null, asOf: null },
      afterKey: null,
      limit: 10,
      counted: null,
    });
    expect(text).not.toContain('drop table');
    expect(params).toContainEqual([hostile]);
  });

  it('quotes identifiers, and quotes within them', () => {
    expect(quoteIdentifier('a"b')).toBe('"a""b"');
  });
});
