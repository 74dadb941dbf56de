/**
 * The one writer of features: any layer, from its definition, in one statement of unnested arrays per
 * batch (no COPY: the embedded engine has none). Knows nothing of files or of the sample.
 */
import pg from 'pg';
import { columnOf, type LayerDefinition, type LayerField } from '../../geodata/catalogue/layer-definition.ts';
import type { FeatureInput, FieldValue } from '../../geodata/domain/feature-input.ts';
import { pinyinSortKey } from '../../geodata/domain/pinyin-sort-key.ts';
import type { Queryable } from '../db/database.ts';

const maxFeaturesPerStatement = 1_000;
/** Bounds the parameters of one statement where features have very many vertices. */
const maxGeometryCharsPerStatement = 8_000_000;

const sqlTypes: Record<LayerField['type'], string> = {
  text: 'text',
  integer: 'integer',
  real: 'double precision',
  date: 'date',
  boolean: 'boolean',
  timestamp: 'timestamptz',
};

type Column = {
  name: string;
  type: string;
  read: (feature: FeatureInput) => FieldValue;
  /** SQL around the unnested value. */
  expression: (value: string) => string;
};

/**
 * Inserts features into the layer's table and returns how many. Geometry becomes multi-part with outer
 * rings counter-clockwise; null stays null. Fields the definition marks as computed are not written;
 * fields no feature has keep the column's default, as does null in a column that must not be null.
 * Throws the database's error for a repeated code, a broken CHECK or a wrong geometry type; nothing of
 * the batch is then stored.
 */
export async function insertFeatures(
  client: Queryable,
  layer: LayerDefinition,
  datasetId: string,
  features: readonly FeatureInput[],
): Promise<number> {
  if (features.length === 0) return 0;
  const columns = columnsFor(layer, features, await defaultsOfRequiredColumns(client, layer));
  const text = insertSql(layer, columns);
  for (const batch of batchesOf(features)) {
    const arrays = columns.map((column) => batch.map(column.read));
    await client.query(text, [datasetId, ...arrays], { class: 'bulk' });
  }
  return features.length;
}

function columnsFor(
  layer: LayerDefinition,
  features: readonly FeatureInput[],
  defaults: ReadonlyMap<string, string>,
): Column[] {
  const { table } = layer;
  const present = presentFields(features);
  const plain = (name: string, type: string, read: Column['read']): Column => ({
    name,
    type,
    read,
    expression: (value) => {
      const fallback = defaults.get(name);
      return fallback === undefined ? value : `coalesce(${value}, ${fallback})`;
    },
  });
  const geometry = (name: string, read: Column['read']): Column => ({
    name,
    type: 'text',
    read,
    expression: (value) =>
      `ST_ForcePolygonCCW(ST_Multi(ST_SetSRID(ST_GeomFromGeoJSON(${value}), ${table.srid})))`,
  });
  const columns = [plain(table.code, 'text', (feature) => feature.code)];
  for (const field of layer.fields) {
    if (field.computed || columnOf(field) === table.code || !present.has(field.name)) continue;
    columns.push(
      plain(columnOf(field), sqlTypes[field.type], (feature) => feature.properties[field.name] ?? null),
    );
  }
  if (present.has('name') && layer.fields.some((field) => field.name === 'name')) {
    columns.push(plain('name_sort', 'text', (feature) => pinyinSortKey(textOf(feature.properties.name))));
  }
  columns.push(geometry(table.geometry, (feature) => geoJsonText(feature.geometry)));
  if (table.axis !== null) columns.push(geometry(table.axis, (feature) => geoJsonText(feature.axis ?? null)));
  return columns;
}

/** Names of the fields at least one feature has. */
function presentFields(features: readonly FeatureInput[]): Set<string> {
  const present = new Set<string>();
  for (const feature of features) for (const name in feature.properties) present.add(name);
  return present;
}

function textOf(value: FieldValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function geoJsonText(geometry: FeatureInput['geometry']): string | null {
  return geometry === null ? null : JSON.stringify(geometry);
}

/** $1 is the dataset's id, $2… one array per column. */
function insertSql(layer: LayerDefinition, columns: readonly Column[]): string {
  const quoted = columns.map((column) => pg.escapeIdentifier(column.name));
  const arrays = columns.map((column, index) => `$${index + 2}::${column.type}[]`);
  const values = columns.map((column, index) => column.expression(`u.${quoted[index]}`));
  const table = `${pg.escapeIdentifier(layer.table.schema)}.${pg.escapeIdentifier(layer.table.name)}`;
  return `insert into ${table} (${[...quoted, 'dataset_id'].join(', ')})
select ${[...values, '$1::bigint'].join(', ')}
from unnest(${arrays.join(', ')}) as u(${quoted.join(', ')})`;
}

/** Default expression of each column that refuses null, so that a missing value does not fail a whole file. */
async function defaultsOfRequiredColumns(
  client: Queryable,
  layer: LayerDefinition,
): Promise<Map<string, string>> {
  const rows = await client.query<{ column_name: string; column_default: string }>(
    `select column_name, column_default
       from information_schema.columns
      where table_schema = $1 and table_name = $2 and is_nullable = 'NO' and column_default is not null`,
    [layer.table.schema, layer.table.name],
    { class: 'lookup' },
  );
  return new Map(rows.map((row) => [row.column_name, row.column_default]));
}

function* batchesOf(features: readonly FeatureInput[]): Generator<FeatureInput[]> {
  let batch: FeatureInput[] = [];
  let chars = 0;
  for (const feature of features) {
    batch.push(feature);
    chars += approximateChars(feature.geometry);
    if (batch.length >= maxFeaturesPerStatement || chars >= maxGeometryCharsPerStatement) {
      yield batch;
      batch = [];
      chars = 0;
    }
  }
  if (batch.length > 0) yield batch;
}

/** About 40 characters of GeoJSON a position; counted without writing it out. */
function approximateChars(geometry: FeatureInput['geometry']): number {
  if (geometry === null) return 0;
  return positionCount(geometry.coordinates) * 40;
}

function positionCount(coordinates: readonly unknown[]): number {
  if (typeof coordinates[0] === 'number') return 1;
  let count = 0;
  for (const part of coordinates) count += positionCount(part as readonly unknown[]);
  return count;
}
