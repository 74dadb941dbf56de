/**
 * The one writer of features: any layer, from its definition, one statement of unnested arrays per
 * batch. Knows nothing of files or of the sample.
 */
import type { LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import type { FeatureInput, FieldValue } from '../../geodata/domain/feature-input.ts';
import { pinyinSortKey } from '../../geodata/domain/pinyin-sort-key.ts';
import type { Queryable } from '../db/database.ts';
import { type InsertColumn, insertColumns, insertSql } from '../db/layer-insert-sql.ts';
import { namedSql } from '../db/named-sql.ts';
import { toEwkbHex } from './ewkb.ts';

const maxFeaturesPerStatement = 1_000;
/** Bounds the parameters of one statement where features have very many vertices. */
const maxGeometryCharsPerStatement = 16_000_000;

/** A feature as it is sent: geometry in hex EWKB (see ewkb.ts), SRID of the layer's table. */
export type FeatureRow = {
  code: string;
  geometry: string | null;
  axis: string | null;
  properties: Readonly<Record<string, FieldValue>>;
};

/**
 * Inserts features into the layer's table and returns how many. Geometry becomes multi-part; null stays
 * null. Fields the definition marks as computed are not written; fields no feature has keep the column's
 * default, as does null in a column that refuses null. Throws the database's error for a repeated code, a
 * broken CHECK or a wrong geometry type; use it inside a transaction where that must undo earlier batches.
 */
export function insertFeatures(
  client: Queryable,
  layer: LayerDefinition,
  datasetId: string,
  features: readonly FeatureInput[],
): Promise<number> {
  return insertFeatureRows(
    client,
    layer,
    datasetId,
    rowsOf(features, layer.table.srid),
    fieldNamesOf(features),
  );
}

/** One by one, so that only a batch of them is held twice. */
function* rowsOf(features: readonly FeatureInput[], srid: number): Generator<FeatureRow> {
  for (const { code, geometry, axis, properties } of features) {
    yield {
      code,
      geometry: geometry === null ? null : toEwkbHex(geometry, srid),
      axis: axis === undefined ? null : toEwkbHex(axis, srid),
      properties,
    };
  }
}

/** Names of the fields at least one feature has. */
function fieldNamesOf(features: readonly FeatureInput[]): Set<string> {
  const names = new Set<string>();
  for (const feature of features) for (const name in feature.properties) names.add(name);
  return names;
}

/** As insertFeatures, of rows that may arrive one by one (a spooled file), with the fields they have. */
export async function insertFeatureRows(
  client: Queryable,
  layer: LayerDefinition,
  datasetId: string,
  rows: Iterable<FeatureRow> | AsyncIterable<FeatureRow>,
  fieldNames: ReadonlySet<string>,
): Promise<number> {
  const columns = insertColumns(layer, fieldNames);
  const text = insertSql(layer, columns, await defaultsOf(client, layer));
  const sortKeys = new Map<string, string>();
  let count = 0;
  for await (const batch of batchesOf(rows)) {
    const arrays = columns.map((column) => batch.map((row) => cellOf(row, column, sortKeys)));
    await client.query(text, [datasetId, ...arrays], { class: 'bulk' });
    count += batch.length;
  }
  return count;
}

/** Value of a feature for one column; sort keys of names are kept in `sortKeys`. */
function cellOf(row: FeatureRow, { from }: InsertColumn, sortKeys: Map<string, string>): FieldValue {
  switch (from.kind) {
    case 'code':
      return row.code;
    case 'field':
      return row.properties[from.field] ?? null;
    case 'name-sort': {
      const name = row.properties.name;
      return typeof name === 'string' ? memoised(sortKeys, name) : '';
    }
    case 'geometry':
      return row.geometry;
    case 'axis':
      return row.axis;
  }
}

/** Names repeat in large files, and pinyin of a name takes 20 µs. */
function memoised(sortKeys: Map<string, string>, name: string): string {
  const known = sortKeys.get(name);
  if (known !== undefined) return known;
  const key = pinyinSortKey(name);
  sortKeys.set(name, key);
  return key;
}

async function defaultsOf(client: Queryable, layer: LayerDefinition): Promise<Map<string, string>> {
  const rows = await client.query<{ column_name: string; column_default: string }>(
    namedSql('imports/column-defaults'),
    [layer.table.schema, layer.table.name],
    { class: 'lookup' },
  );
  return new Map(rows.map((row) => [row.column_name, row.column_default]));
}

/** Rows in batches that neither the parameters' count nor their size makes a burden. */
export async function* batchesOf(
  rows: Iterable<FeatureRow> | AsyncIterable<FeatureRow>,
): AsyncGenerator<FeatureRow[]> {
  let batch: FeatureRow[] = [];
  let chars = 0;
  for await (const row of rows) {
    batch.push(row);
    chars += (row.geometry?.length ?? 0) + (row.axis?.length ?? 0);
    if (batch.length >= maxFeaturesPerStatement || chars >= maxGeometryCharsPerStatement) {
      yield batch;
      batch = [];
      chars = 0;
    }
  }
  if (batch.length > 0) yield batch;
}
