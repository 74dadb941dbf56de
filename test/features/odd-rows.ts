/**
 * Rows for any layer, written by hand and named for what is odd about them. What a definition says decides
 * the columns, so that a new layer has its rows by being listed.
 */
import { columnOf, type LayerDefinition, type LayerField } from '../../geodata/catalogue/layer-definition.ts';
import type { Database } from '../../server/db/database.ts';

export type OddRow = { code: string; name: string; polygon: string | null; line: string | null };

export const quotedName = '“岿美山”, "三夹水" \\ 🏞 <b>';

/** All near 115° E, 25.5° N; the corner of the plain square is [115, 25.5]. */
export const oddRows: OddRow[] = [
  {
    code: 'plain',
    name: '方块',
    polygon: 'MULTIPOLYGON(((115 25.5,115.01 25.5,115.01 25.51,115 25.51,115 25.5)))',
    line: 'MULTILINESTRING((115 25.5,115.01 25.51))',
  },
  {
    code: 'hole',
    name: '有洞',
    polygon:
      'MULTIPOLYGON(((115.1 25.5,115.2 25.5,115.2 25.6,115.1 25.6,115.1 25.5),(115.13 25.53,115.13 25.57,115.17 25.57,115.17 25.53,115.13 25.53)))',
    line: 'MULTILINESTRING((115.1 25.5,115.2 25.6),(115.2 25.5,115.1 25.6))',
  },
  {
    code: 'rings-wrong-way',
    name: '环向相反',
    polygon:
      'MULTIPOLYGON(((115.3 25.5,115.3 25.6,115.4 25.6,115.4 25.5,115.3 25.5),(115.33 25.53,115.37 25.53,115.37 25.57,115.33 25.57,115.33 25.53)))',
    line: 'MULTILINESTRING((115.3 25.5,115.4 25.6))',
  },
  {
    code: 'bow-tie',
    name: '自相交',
    polygon: 'MULTIPOLYGON(((115.5 25.5,115.6 25.6,115.6 25.5,115.5 25.58,115.5 25.5)))',
    line: 'MULTILINESTRING((115.5 25.5,115.6 25.6,115.6 25.5,115.5 25.58))',
  },
  {
    code: 'two, parts/100%',
    name: quotedName,
    polygon:
      'MULTIPOLYGON(((115.7 25.5,115.72 25.5,115.72 25.52,115.7 25.52,115.7 25.5)),((115.75 25.5,115.77 25.5,115.77 25.52,115.75 25.52,115.75 25.5)))',
    line: 'MULTILINESTRING((115.7 25.5,115.72 25.52),(115.75 25.5,115.77 25.52))',
  },
  { code: 'null-geometry', name: '无图形', polygon: null, line: null },
  { code: 'empty-geometry', name: '空图形', polygon: 'MULTIPOLYGON EMPTY', line: 'MULTILINESTRING EMPTY' },
];

/** A whole number, stored as a real: its JSON must keep a decimal point. */
export const realValue = 12;

function oddValue(field: LayerField, row: OddRow): unknown {
  if (field.name === 'code') return row.code;
  if (field.name === 'name') return row.name;
  if (field.name === 'reporting_unit') return null;
  if (field.name === 'county_adcode') return '360702';
  // Each patch belongs to the site of the same code, whose geometry then is that of the patch.
  if (field.name === 'site_code') return row.code;
  if (field.enum !== undefined) return field.enum[0]?.value ?? null;
  switch (field.type) {
    case 'text':
      return `${field.name} of ${row.code}`;
    case 'integer':
      return 2024;
    case 'real':
      return realValue;
    case 'boolean':
      return true;
    case 'date':
    case 'timestamp':
      return '2024-02-29';
  }
}

/** Every layer of `layers` gets a dataset and the odd rows; sites come before their patches. */
export async function insertOddRows(
  database: Database,
  layers: readonly LayerDefinition[],
  rows: readonly OddRow[] = oddRows,
): Promise<void> {
  const sorted = [...layers].sort(
    (a, b) => Number(a.id === 'mine_patches') - Number(b.id === 'mine_patches'),
  );
  for (const layer of sorted) {
    const datasetId = await insertDataset(database, layer);
    for (const row of rows) await insertRow(database, layer, datasetId, row);
  }
}

async function insertDataset(database: Database, layer: LayerDefinition): Promise<string> {
  const [dataset] = await database.query<{ id: string }>(
    `insert into app.dataset (layer_id, kind, title, source, as_of)
     values ($1, 'sample', $2, 'by hand', '2025-09-30') returning id::text`,
    [layer.id, `示意 ${layer.title.zh}`],
    { class: 'bulk' },
  );
  if (dataset === undefined) throw new Error('no dataset');
  return dataset.id;
}

export async function insertRow(
  database: Database,
  layer: LayerDefinition,
  datasetId: string,
  row: OddRow,
): Promise<void> {
  const { table } = layer;
  const lines = table.geometryType === 'MultiLineString';
  const values = new Map<string, unknown>([[table.code, row.code]]);
  for (const field of layer.fields.filter((each) => !each.computed))
    values.set(columnOf(field), oddValue(field, row));
  values.set('name_sort', row.code);
  values.set(table.geometry, wkt(lines ? row.line : row.polygon));
  if (table.axis !== null) values.set(table.axis, wkt(row.line));
  values.set('dataset_id', datasetId);
  const columns = [...values.keys()].map((name) => `"${name}"`).join(', ');
  const places = [...values.keys()].map((_, index) => `$${index + 1}`).join(', ');
  await database.query(
    `insert into "${table.schema}"."${table.name}" (${columns}) values (${places})`,
    [...values.values()],
    { class: 'bulk' },
  );
}

function wkt(text: string | null): string | null {
  return text === null ? null : `SRID=4490;${text}`;
}
