/** Holds every layer definition against the database: tables, columns, types, SRID, indexes. */
import { columnOf, type LayerDefinition, type LayerField } from '../../geodata/catalogue/layer-definition.ts';
import type { Database } from '../db/database.ts';
import { namedSql } from '../db/named-sql.ts';
import { StartupError } from '../errors.ts';

export type ColumnRow = {
  schema_name: string;
  table_name: string;
  column_name: string;
  /** With its modifier, such as geometry(MultiPolygon,4490). */
  type: string;
  has_gist: boolean;
  is_unique: boolean;
};

const acceptedTypes: Record<LayerField['type'], readonly string[]> = {
  text: ['text'],
  integer: ['integer', 'bigint', 'smallint'],
  real: ['double precision'],
  date: ['date'],
  boolean: ['boolean'],
  timestamp: ['timestamp with time zone'],
};

/** Throws StartupError with one line per difference. */
export async function checkCatalogue(database: Database, layers: readonly LayerDefinition[]): Promise<void> {
  const columns = await database.query<ColumnRow>(
    namedSql('catalogue/describe-tables'),
    [layers.map((layer) => layer.table.schema), layers.map((layer) => layer.table.name)],
    { class: 'lookup' },
  );
  const differences = layers.flatMap((layer) => compareLayer(layer, columns));
  if (differences.length === 0) return;
  const list = differences.map((line) => `  ${line}`).join('\n');
  throw new StartupError({
    zh: `图层定义与数据库不一致,请核对数据库迁移:\n${list}`,
    en: `Layer definitions and database differ; check the migrations:\n${list}`,
  });
}

/** One line per difference between a definition and the columns of the database; empty when they agree. */
export function compareLayer(layer: LayerDefinition, columns: readonly ColumnRow[]): string[] {
  const { table } = layer;
  const ofTable = new Map(
    columns
      .filter((column) => column.schema_name === table.schema && column.table_name === table.name)
      .map((column) => [column.column_name, column]),
  );
  const name = `${table.schema}.${table.name}`;
  if (ofTable.size === 0) return [`${layer.id}: no table ${name}`];
  const differences: string[] = [];

  function expectColumn(columnName: string, types: readonly string[]): ColumnRow | undefined {
    const column = ofTable.get(columnName);
    if (column === undefined) differences.push(`${layer.id}: ${name} has no column ${columnName}`);
    else if (!types.includes(column.type)) {
      differences.push(`${layer.id}: ${name}.${columnName} is ${column.type}, not ${types.join(' or ')}`);
    }
    return column;
  }

  const id = expectColumn(table.id, ['bigint']);
  const code = expectColumn(table.code, ['text']);
  for (const column of [id, code]) {
    if (column !== undefined && !column.is_unique) {
      differences.push(`${layer.id}: ${name}.${column.column_name} has no unique index`);
    }
  }
  const geometry = expectColumn(table.geometry, [`geometry(${table.geometryType},${table.srid})`]);
  if (geometry !== undefined && !geometry.has_gist) {
    differences.push(`${layer.id}: ${name}.${table.geometry} has no GiST index`);
  }
  if (table.anchor !== null) expectColumn(table.anchor, [`geometry(Point,${table.srid})`]);
  if (table.axis !== null) expectColumn(table.axis, [`geometry(MultiLineString,${table.srid})`]);
  if (table.area !== null) expectColumn(table.area, acceptedTypes.real);
  for (const field of layer.fields) expectColumn(columnOf(field), acceptedTypes[field.type]);
  return differences;
}
