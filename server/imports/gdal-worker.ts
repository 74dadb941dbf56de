/**
 * Thread in which GDAL (WebAssembly) opens what was delivered, lists its layers and writes the rows of one of them as
 * COPY text (copy-rows.ts): untransformed, shapefile texts byte by byte (ISO-8859-1) so that the reader decodes them.
 */
import { workerData } from 'node:worker_threads';
import type { DeliveryFormat } from '../../geodata/contract/imports.ts';
import { aboutSheet } from '../../geodata/domain/exported-sheets.ts';
import { UnprocessableError } from '../errors.ts';
import type { Source } from './delivered-parts.ts';
import { type GdalLayer, type OpenFile, startGdal, wordsOf } from './gdal.ts';
import { geoJsonOfKml } from './kml-to-geojson.ts';
import { usualReadBounds } from './read-bounds.ts';
import { readShapefileHeaders, type ShapefileHeaders } from './shapefile-headers.ts';
import { answerWith, taskOf } from './worker-answer.ts';

export type GdalTask = {
  folder: string;
  outFolder: string;
  sources: readonly Source[];
  part: string | undefined;
  maxWasmBytes: number;
};

export type Part = { name: string; rowCount: number | null; hasShapes: boolean };

export type GdalAnswer = {
  parts: Part[];
  part: string;
  /** Where several parts have shapes and none was asked for. */
  isPartAmbiguous: boolean;
  source: Source;
  layer: GdalLayer;
  /** Of a shapefile what its parts say; null for other formats. */
  shapefile: ShapefileHeaders | null;
  spoolPath: string;
  notes: string[];
  /** Rings that were open in the file; which rows they are in GDAL does not say. */
  closedRings: number;
};

const openings: Readonly<Record<DeliveryFormat, { drivers: readonly string[]; options: readonly string[] }>> =
  {
    shapefile: { drivers: ['ESRI Shapefile'], options: ['ENCODING=ISO-8859-1', 'ADJUST_TYPE=YES'] },
    filegdb: { drivers: ['OpenFileGDB'], options: [] },
    geopackage: { drivers: ['GPKG'], options: [] },
    geojson: { drivers: ['GeoJSON', 'GeoJSONSeq'], options: [] },
    kml: { drivers: ['GeoJSONSeq'], options: [] },
    csv: { drivers: ['CSV'], options: [] },
    xlsx: { drivers: ['XLSX'], options: [] },
  };

/** Texts as they stand in the cells, the first row as names; lines as long as a shape may be. */
const settings = {
  CPL_MAX_ERROR_REPORTS: '100000000',
  OGR_XLSX_FIELD_TYPES: 'STRING',
  OGR_XLSX_HEADERS: 'FORCE',
  OGR_CSV_MAX_LINE_SIZE: '200000000',
};
/** Formats whose shapes are text in a column, which GDAL is not asked to understand. */
const shapesAsText: ReadonlySet<DeliveryFormat> = new Set(['csv', 'xlsx']);
/** Formats of which a file holds one layer, called like the file. */
const singleLayer: ReadonlySet<DeliveryFormat> = new Set(['shapefile', 'geojson', 'kml', 'csv']);

type Opened = { source: Source; file: OpenFile; layer: GdalLayer; name: string };

/** A thread started ahead has GDAL ready when its task comes. */
const ahead = workerData === null ? startGdal(usualReadBounds.maxWasmBytes, settings) : undefined;
ahead?.catch(() => {});
const task = await taskOf<GdalTask>();
let notes: readonly string[] = [];

async function read(): Promise<GdalAnswer> {
  const gdal = await (ahead ?? startGdal(task.maxWasmBytes, settings));
  gdal.limit(task.maxWasmBytes);
  gdal.mount(task.folder, task.outFolder);
  notes = gdal.notes;
  const headers = new Map<Source, ShapefileHeaders>();
  const opened: Opened[] = [];
  for (const source of task.sources) {
    if (source.format === 'shapefile') headers.set(source, readShapefileHeaders(source));
    const { drivers, options } = openings[source.format];
    const path = source.format === 'kml' ? geoJsonOfKml(source.path) : source.path;
    const file = await gdal.open(path, drivers, options);
    if (file === null) throw unreadable(source.name);
    for (const layer of file.layers) {
      if (source.format === 'xlsx' && layer.name === aboutSheet && file.layers.length > 1) continue;
      opened.push({ source, file, layer, name: singleLayer.has(source.format) ? source.name : layer.name });
    }
  }
  const named = withDistinctNames(opened);
  const parts = named.map(({ name, layer, source }) => ({
    name,
    rowCount: layer.rowCount,
    hasShapes: layer.geometryType !== null || shapesAsText.has(source.format),
  }));
  const chosen = choose(named, parts);
  const closedBefore = gdal.closedRings();
  const spoolPath = await chosen.file.writeRows(chosen.layer.name);
  const closedWriting = gdal.closedRings() - closedBefore;
  return {
    parts,
    part: chosen.name,
    isPartAmbiguous: task.part === undefined && parts.filter(({ hasShapes }) => hasShapes).length > 1,
    source: chosen.source,
    layer: chosen.layer,
    shapefile: headers.get(chosen.source) ?? null,
    spoolPath,
    notes: [...gdal.notes],
    // Some formats are read whole when they are opened, others row by row.
    closedRings: closedWriting > 0 ? closedWriting : closedBefore,
  };
}

function withDistinctNames(opened: readonly Opened[]): Opened[] {
  const counts = new Map<string, number>();
  for (const { name } of opened) counts.set(name, (counts.get(name) ?? 0) + 1);
  const seen = new Map<string, number>();
  return opened.map((part) => {
    if (counts.get(part.name) === 1) return part;
    const long = part.name === part.source.name ? part.name : `${part.source.name}/${part.name}`;
    const times = (seen.get(long) ?? 0) + 1;
    seen.set(long, times);
    return { ...part, name: times === 1 ? long : `${long} (${times})` };
  });
}

function choose(opened: readonly Opened[], parts: readonly Part[]): Opened {
  const list = parts.map(({ name, rowCount }) => `${name}(${rowCount ?? '?'})`).join('、') || '—';
  if (task.part !== undefined) {
    const asked = task.part;
    const found =
      opened.find(({ name }) => name === asked) ?? opened.find(({ name }) => stemOf(name) === stemOf(asked));
    if (found !== undefined) return found;
    throw new UnprocessableError(
      { zh: `没有图层“${asked}”,其中有:${list}`, en: `There is no part "${asked}"; there are: ${list}` },
      { field: 'part' },
    );
  }
  const first = opened.find((_part, index) => parts[index]?.hasShapes);
  if (first !== undefined) return first;
  throw new UnprocessableError({
    zh: `没有带图形的图层(其中有:${list})。请检查是否导出了正确的数据。`,
    en: `No part has shapes (there are: ${list}); check that the right data were exported.`,
  });
}

/** A part may be asked for as the file it came in. */
function stemOf(name: string): string {
  return name.replace(/\.(shp|geojson|json|csv)$/i, '').toLowerCase();
}

function unreadable(name: string): UnprocessableError {
  const words = notes.join('; ').slice(0, 400) || '—';
  return new UnprocessableError({
    zh: `“${name}”无法读取,可能损坏或不完整(GDAL:${words})。请重新导出或拷贝后再试。`,
    en: `"${name}" cannot be read; it may be damaged or incomplete (GDAL: ${words}). Export or copy it again.`,
  });
}

await answerWith(() =>
  read().catch((error: unknown) => {
    if (error instanceof UnprocessableError) throw error;
    notes = [...notes, ...wordsOf(error)];
    throw unreadable(task.sources[0]?.name ?? '');
  }),
);
