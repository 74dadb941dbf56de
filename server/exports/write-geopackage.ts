/**
 * GeoPackage 1.3 (OGC 12-128r17) of one layer: field names, codes as stored, full doubles, the centre line as EWKT in a
 * text column. Without a spatial index, which would go stale where a program without its triggers' functions edits.
 */
import { writeFile } from 'node:fs/promises';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { LayerField } from '../../geodata/catalogue/layer-definition.ts';
import type { Crs } from '../../geodata/domain/crs.ts';
import { quoteIdentifier } from '../db/layer-sql.ts';
import { descriptionOf } from './describe-layer.ts';
import { esriWkt } from './esri-wkt.ts';
import type { CellValue, ExportRow, LayerSnapshot, LayerWriter, Shape } from './export-order.ts';
import { wkbOf } from './shape-wkb.ts';
import { exactEwktOf } from './text-values.ts';

const columnTypes: Record<LayerField['type'], string> = {
  text: 'TEXT',
  integer: 'INTEGER',
  real: 'DOUBLE',
  date: 'DATE',
  boolean: 'BOOLEAN',
  timestamp: 'DATETIME',
};

export const writeGeoPackage: LayerWriter = async ({ snapshot, path, name, signal }) => {
  await writeFile(path, '', { flag: 'wx', mode: 0o600 });
  const file = new DatabaseSync(path);
  try {
    // The file is given up whole when anything fails: a journal on disk would only lie beside it.
    file.exec('pragma journal_mode = memory; pragma synchronous = off;');
    file.exec(`pragma application_id = ${0x47504b47}; pragma user_version = 10300; begin;`);
    createTables(file, snapshot);
    const insert = prepareInsert(file, snapshot);
    const extent: Extent = [Infinity, Infinity, -Infinity, -Infinity];
    for await (const row of snapshot.rows()) {
      signal.throwIfAborted();
      insert.run(...cellsOf(snapshot, row, extent));
    }
    describe(file, snapshot, name, extent);
    file.exec('commit');
  } finally {
    file.close();
  }
  return [];
};

type Extent = [minX: number, minY: number, maxX: number, maxY: number];

function createTables(file: DatabaseSync, { layer, fields, crs }: LayerSnapshot): void {
  const columns = fields.map((field) => `${quoteIdentifier(field.name)} ${columnTypes[field.type]}`);
  if (layer.table.axis !== null) columns.push('"axis" TEXT');
  file.exec(`
create table gpkg_spatial_ref_sys (srs_name text not null, srs_id integer not null primary key, organization text not null,
  organization_coordsys_id integer not null, definition text not null, description text);
create table gpkg_contents (table_name text not null primary key, data_type text not null, identifier text unique,
  description text default '', last_change datetime not null default (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x double, min_y double, max_x double, max_y double, srs_id integer,
  constraint fk_gc_r_srs_id foreign key (srs_id) references gpkg_spatial_ref_sys(srs_id));
create table gpkg_geometry_columns (table_name text not null, column_name text not null, geometry_type_name text not null,
  srs_id integer not null, z tinyint not null, m tinyint not null,
  constraint pk_geom_cols primary key (table_name, column_name), constraint uk_gc_table_name unique (table_name),
  constraint fk_gc_tn foreign key (table_name) references gpkg_contents(table_name),
  constraint fk_gc_srs foreign key (srs_id) references gpkg_spatial_ref_sys (srs_id));
create table ${quoteIdentifier(layer.id)} (fid integer primary key autoincrement not null,
  geom ${layer.table.geometryType.toUpperCase()}, ${columns.join(', ')});`);
  const systems = file.prepare('insert into gpkg_spatial_ref_sys values (?, ?, ?, ?, ?, ?)');
  systems.run('Undefined cartesian SRS', -1, 'NONE', -1, 'undefined', null);
  systems.run('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', null);
  systems.run('WGS 84 geodetic', 4326, 'EPSG', 4326, wgs84Wkt, null);
  if (crs.srid !== 4326) systems.run(crs.name.en, crs.srid, 'EPSG', crs.srid, esriWkt(crs), crs.name.zh);
}

const wgs84Wkt =
  'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]';

function prepareInsert(file: DatabaseSync, { layer, fields }: LayerSnapshot): StatementSync {
  const names = ['geom', ...fields.map(({ name }) => name), ...(layer.table.axis === null ? [] : ['axis'])];
  const places = names.map(() => '?').join(', ');
  return file.prepare(
    `insert into ${quoteIdentifier(layer.id)} (${names.map(quoteIdentifier).join(', ')}) values (${places})`,
  );
}

function cellsOf(
  { layer, crs }: LayerSnapshot,
  { values, shape, axis }: ExportRow,
  extent: Extent,
): SQLInputValue[] {
  const cells: SQLInputValue[] = [
    shape === null ? null : geometryBlob(shape, crs, extent),
    ...values.map(sqlValue),
  ];
  if (layer.table.axis !== null) cells.push(axis === null ? null : exactEwktOf(axis, crs));
  return cells;
}

function sqlValue(value: CellValue): SQLInputValue {
  return typeof value === 'boolean' ? Number(value) : value;
}

/** GeoPackageBinary (clause 2.1.3): header with the envelope, then WKB. */
function geometryBlob(shape: Shape, crs: Crs, extent: Extent): Buffer {
  const own: Extent = [Infinity, Infinity, -Infinity, -Infinity];
  for (const line of shape.type === 'MultiPolygon' ? shape.coordinates.flat() : shape.coordinates) {
    for (const [x = 0, y = 0] of line) grow(own, [x, y, x, y]);
  }
  grow(extent, own);
  const head = Buffer.alloc(40);
  head.write('GP', 'latin1');
  head.writeUInt8(0b0000_0011, 3);
  head.writeInt32LE(crs.srid ?? -1, 4);
  const [minX, minY, maxX, maxY] = own;
  [minX, maxX, minY, maxY].forEach((edge, index) => {
    head.writeDoubleLE(edge, 8 + index * 8);
  });
  return Buffer.concat([head, wkbOf(shape)]);
}

function grow(extent: Extent, [minX, minY, maxX, maxY]: Extent): void {
  extent[0] = Math.min(extent[0], minX);
  extent[1] = Math.min(extent[1], minY);
  extent[2] = Math.max(extent[2], maxX);
  extent[3] = Math.max(extent[3], maxY);
}

function describe(file: DatabaseSync, snapshot: LayerSnapshot, name: string, extent: Extent): void {
  const { layer, crs, exportedAt } = snapshot;
  const about = descriptionOf(snapshot).map(([title, text]) => `${title}:${text}`);
  const edges = extent.map((edge) => (Number.isFinite(edge) ? edge : null));
  file
    .prepare('insert into gpkg_contents values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
    .run(layer.id, 'features', name, about.join('\n'), exportedAt.toISOString(), ...edges, crs.srid);
  file
    .prepare('insert into gpkg_geometry_columns values (?, ?, ?, ?, 0, 0)')
    .run(layer.id, 'geom', layer.table.geometryType.toUpperCase(), crs.srid);
}
