/**
 * Worker thread: GDAL (WebAssembly) reads one layer and writes its rows as COPY text (copy-rows.ts),
 * untransformed, shapefile texts byte by byte (ISO-8859-1) so that the reader decodes them itself.
 * A thread of its own, so that a file that hangs or eats memory is ended without harm to the service.
 */
import { createRequire } from 'node:module';
import { dirname, relative } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { geometryColumn, numberColumn } from './copy-rows.ts';

export type GdalTask = { path: string; kind: 'geojson' | 'shapefile'; outFolder: string };
export type GdalWorkerData = GdalTask & {
  /** GDAL's own memory, of which it takes 512 MB at once; the limits Node gives a thread bound only what JavaScript holds. */
  maxWasmBytes: number;
};
export type GdalAnswer =
  | {
      ok: true;
      rowsPath: string;
      wkt: string | null;
      layerCount: number;
      hasHeights: boolean;
      notes: string[];
    }
  | { ok: false; notes: string[] };

type Dataset = { pointer: number };
/** The few calls of gdal3.js that are used here; the package types its Node entry as any. */
type Gdal = {
  open(path: string, options?: string[]): Promise<{ datasets: Dataset[]; errors: unknown[] }>;
  ogrinfo(
    dataset: Dataset,
    options: string[],
  ): Promise<{ layers?: { geometryFields?: { type?: string; coordinateSystem?: { wkt?: string } }[] }[] }>;
  ogr2ogr(dataset: Dataset, options: string[], name: string): Promise<{ real: string }>;
};

/** A file bad in every row says the same again and again. */
const maxNotes = 20;
const wasmPageBytes = 65_536;
const task = workerData as GdalWorkerData;

type WasmMemory = { buffer: ArrayBuffer; grow(this: WasmMemory, pages: number): number };
const { prototype: memory } = (
  globalThis as unknown as { WebAssembly: { Memory: { prototype: WasmMemory } } }
).WebAssembly.Memory;
const growMemory = memory.grow;
memory.grow = function grow(pages) {
  if (this.buffer.byteLength + pages * wasmPageBytes > task.maxWasmBytes)
    throw new RangeError('out of memory');
  return growMemory.call(this, pages);
};

const notes: string[] = [];
const require = createRequire(import.meta.url);

async function read(): Promise<GdalAnswer> {
  const initGdal = require('gdal3.js/node') as (options: object) => Promise<Gdal>;
  const dist = dirname(require.resolve('gdal3.js/dist/package/gdal3.node.js'));
  const note = (message: unknown): void => {
    const text = String(message);
    if (notes.length < maxNotes && !notes.includes(text)) notes.push(text);
  };
  const gdal = await initGdal({
    // The package joins its own files to the working directory.
    path: relative(process.cwd(), dist),
    dest: task.outFolder,
    logHandler: () => {},
    errorHandler: note,
  });
  const openOptions = task.kind === 'shapefile' ? ['ENCODING=ISO-8859-1', 'ADJUST_TYPE=YES'] : [];
  const { datasets, errors } = await gdal.open(task.path, openOptions);
  const [dataset] = datasets;
  if (dataset === undefined) {
    notes.push(...errors.flatMap(wordsOf));
    return { ok: false, notes };
  }
  const info = await gdal.ogrinfo(dataset, ['-json']);
  const geometryField = info.layers?.[0]?.geometryFields?.[0];
  const layerOptions = ['LAUNDER=NO', 'CREATE_TABLE=OFF', 'CREATE_SCHEMA=OFF', 'SPATIAL_INDEX=NONE', 'DIM=2'];
  layerOptions.push(`GEOMETRY_NAME=${geometryColumn}`, `FID=${numberColumn}`);
  const options = ['--config', 'PG_USE_COPY', 'YES', '-f', 'PGDump', '-a_srs', 'NONE', '-nlt', 'GEOMETRY'];
  options.push('-nln', 'rows', ...layerOptions.flatMap((option) => ['-lco', option]));
  // Without -skipfailures GDAL stops at the first bad record and the rest would be missing.
  const output = await gdal.ogr2ogr(dataset, [...options, '-skipfailures'], 'rows');
  return {
    ok: true,
    rowsPath: output.real,
    wkt: geometryField?.coordinateSystem?.wkt ?? null,
    hasHeights: /^3D|Measured/.test(geometryField?.type ?? ''),
    layerCount: info.layers?.length ?? 0,
    notes,
  };
}

/** The package throws errors, objects with a message, and lists of them. */
function wordsOf(error: unknown): string[] {
  if (Array.isArray(error)) return error.flatMap(wordsOf);
  const isNamed = typeof error === 'object' && error !== null && 'message' in error;
  return [String(isNamed ? error.message : error)];
}

read().then(
  (answer) => parentPort?.postMessage(answer),
  (error: unknown) => {
    notes.push(...wordsOf(error));
    parentPort?.postMessage({ ok: false, notes } satisfies GdalAnswer);
  },
);
