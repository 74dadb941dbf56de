/**
 * A layer as of one moment: read in one snapshot by a cursor, in batches, into a spool on disk, so that the
 * database is held no longer than reading takes and memory stays bounded however long writing a file takes.
 */
import { join } from 'node:path';
import type { Position } from 'geojson';
import type { LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import type { Classification, PositionDoubt } from '../../geodata/contract/imports.ts';
import { type Crs, fromLngLat } from '../../geodata/domain/crs.ts';
import type { Database, Queryable } from '../db/database.ts';
import { axisColumn, exportRowsSql, shapeColumn } from '../db/layer-export-sql.ts';
import { namedSql } from '../db/named-sql.ts';
import type { CellValue, LayerOrigin, LayerSnapshot, Shape } from './export-order.ts';
import { readSpool, type SpooledRow, writeSpool } from './row-spool.ts';
import { shapeOfWkb } from './shape-wkb.ts';

const batchBytes = 4_000_000;
const largestBatch = 2_000;

const bulk = { class: 'bulk' } as const;

/** The snapshot, its rows spooled in `folder`. Throws `signal.reason` when aborted, the file system's error when the disk is full. */
export async function readLayer(
  database: Database,
  layer: LayerDefinition,
  crs: Crs,
  folder: string,
  signal: AbortSignal,
): Promise<LayerSnapshot & { extent4490: Extent | null }> {
  const path = join(folder, 'rows');
  const found = { featureCount: 0, hasAxis: false, hasSample: false, extent: null as Extent | null };
  const kindAt = layer.fields.findIndex(({ name }) => name === 'data_kind');
  const origin = await database.transaction(
    async (client) => {
      const spool = writeSpool(path);
      for await (const rows of batches(client, layer)) {
        signal.throwIfAborted();
        for (const row of rows) {
          const spooled = spooledRow(layer, row);
          found.featureCount += 1;
          found.hasAxis ||= spooled.axis !== null;
          found.hasSample ||= spooled.values[kindAt] === 'sample';
          found.extent = extended(found.extent, spooled.shape);
          await spool.write(spooled);
        }
      }
      await spool.close();
      return readOrigin(client, layer);
    },
    { class: 'bulk', isolation: 'snapshot' },
  );
  return {
    layer,
    fields: layer.fields,
    crs,
    origin: { ...origin, hasSample: origin.hasSample || found.hasSample },
    featureCount: found.featureCount,
    hasAxis: found.hasAxis,
    extent4490: found.extent,
    exportedAt: new Date(),
    async *rows() {
      for await (const { values, shape, axis } of readSpool(path)) {
        yield { values, shape: shapeIn(crs, shape), axis: shapeIn(crs, axis) };
      }
    },
    async *values() {
      for await (const { values } of readSpool(path)) yield values;
    },
  };
}

type DatabaseRow = Record<string, unknown>;

async function* batches(client: Queryable, layer: LayerDefinition): AsyncGenerator<DatabaseRow[]> {
  await client.query(`declare exported_rows no scroll cursor for ${exportRowsSql(layer)}`, [], bulk);
  let size = 50;
  for (;;) {
    const rows = await client.query<DatabaseRow>(`fetch ${size} from exported_rows`, [], bulk);
    if (rows.length === 0) break;
    yield rows;
    const bytes = rows.reduce(
      (sum, row) => sum + 500 + lengthOf(row[shapeColumn]) + lengthOf(row[axisColumn]),
      0,
    );
    size = Math.max(1, Math.min(largestBatch, Math.floor(batchBytes / (bytes / rows.length))));
  }
  await client.query('close exported_rows', [], bulk);
}

function lengthOf(value: unknown): number {
  return value instanceof Buffer ? value.length : 0;
}

function spooledRow(layer: LayerDefinition, row: DatabaseRow): SpooledRow {
  return {
    values: layer.fields.map(({ name }) => cellOf(row[name])),
    shape: row[shapeColumn] instanceof Buffer ? row[shapeColumn] : null,
    axis: row[axisColumn] instanceof Buffer ? row[axisColumn] : null,
  };
}

/** NaN and the infinities, which no text format knows, become null. */
function cellOf(value: unknown): CellValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  return typeof value === 'boolean' ? value : String(value);
}

type DatasetRow = {
  kind: 'sample' | 'official';
  title: string;
  source: string;
  as_of: string;
  classification: Classification;
  position_doubt: PositionDoubt | null;
};

async function readOrigin(client: Queryable, layer: LayerDefinition): Promise<LayerOrigin> {
  const rows = await client.query<DatasetRow>(namedSql('exports/datasets-of-layer'), [layer.id], bulk);
  const openFirst: Classification[] = ['public', 'on_request', 'internal'];
  const rank = ({ classification }: DatasetRow): number => openFirst.indexOf(classification);
  const [strictest] = [...rows].sort((a, b) => rank(b) - rank(a));
  const unique = (texts: string[]): string => [...new Set(texts)].join('、');
  return {
    title: unique(rows.map(({ title }) => title)) || layer.title.zh,
    source: unique(rows.map(({ source }) => source)),
    asOf:
      rows
        .map(({ as_of }) => as_of)
        .sort()
        .at(-1) ?? null,
    classification: strictest?.classification ?? null,
    positionDoubts: [...new Set(rows.flatMap((row) => row.position_doubt ?? []))],
    hasSample: rows.some(({ kind }) => kind === 'sample'),
  };
}

export type Extent = [west: number, south: number, east: number, north: number];

function extended(extent: Extent | null, shape: Buffer | null): Extent | null {
  if (shape === null) return extent;
  const grown: Extent = extent ?? [Infinity, Infinity, -Infinity, -Infinity];
  mapPositions(shapeOfWkb(shape), ([x = 0, y = 0]) => {
    grown[0] = Math.min(grown[0], x);
    grown[1] = Math.min(grown[1], y);
    grown[2] = Math.max(grown[2], x);
    grown[3] = Math.max(grown[3], y);
    return [x, y];
  });
  return grown;
}

function shapeIn(crs: Crs, wkb: Buffer | null): Shape | null {
  if (wkb === null) return null;
  const shape = shapeOfWkb(wkb);
  if (crs.kind === 'geographic') return shape;
  return mapPositions(shape, ([lng = 0, lat = 0]) => fromLngLat(crs, [lng, lat]));
}

function mapPositions(shape: Shape, change: (position: Position) => Position): Shape {
  return shape.type === 'MultiPolygon'
    ? {
        type: 'MultiPolygon',
        coordinates: shape.coordinates.map((rings) => rings.map((ring) => ring.map(change))),
      }
    : { type: 'MultiLineString', coordinates: shape.coordinates.map((line) => line.map(change)) };
}
