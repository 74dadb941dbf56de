/**
 * The few calls of GDAL (WebAssembly) that reading needs, bounded in memory. Only the named drivers may open a file:
 * GDAL judges by content, and some formats are programs that name other files.
 */
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { geometryColumn, numberColumn } from './copy-rows.ts';

type Pointer = number;
type Dataset = { pointer: Pointer };
type CType = 'number' | 'string';

/** What is used of gdal3.js; the package types its Node entry as any. */
type GdalPackage = {
  ogrinfo(dataset: Dataset, options: string[]): Promise<unknown>;
  ogr2ogr(dataset: Dataset, options: string[], name: string): Promise<{ real: string }>;
  Module: {
    FS: { mount(type: unknown, options: { root: string }, at: string): void };
    NODEFS: unknown;
    cwrap(name: string, result: CType, parameters: CType[]): (...values: (number | string)[]) => unknown;
    _malloc(bytes: number): Pointer;
    lengthBytesUTF8(text: string): number;
    stringToUTF8(text: string, to: Pointer, bytes: number): void;
    setValue(at: Pointer, value: Pointer, type: '*'): void;
  };
};

export type GdalLayer = {
  name: string;
  rowCount: number | null;
  /** As GDAL names it, such as `3D Polygon`; null: a table without shapes. */
  geometryType: string | null;
  /** The CRS the file states, as WKT; null: none. */
  wkt: string | null;
};

export type Gdal = {
  /** The folders GDAL reads from and writes to; once, before anything is opened. */
  mount(folder: string, outFolder: string): void;
  /** Bounds the memory GDAL may take from now on. */
  limit(maxWasmBytes: number): void;
  /** Null where none of the drivers reads the file. */
  open(path: string, drivers: readonly string[], options: readonly string[]): Promise<OpenFile | null>;
  /** What GDAL said so far, each thing once; of rings it closed only how many. */
  notes: string[];
  closedRings(): number;
};

export type OpenFile = {
  layers: GdalLayer[];
  /** Writes the rows of a layer as COPY text (copy-rows.ts), untransformed; its path. */
  writeRows(layer: string): Promise<string>;
};

/** A file bad in every row says the same again and again. */
const maxNotes = 20;
const wasmPageBytes = 65_536;
/** GDAL_OF_VECTOR and GDAL_OF_VERBOSE_ERROR. */
const openFlags = 0x04 | 0x40;
const inputFolder = '/input';
/** Where the package makes GDAL write. */
const outputFolder = '/output';

/** GDAL that sees nothing of the machine but the two folders it is given: where the file lies and where it writes. */
export async function startGdal(
  maxWasmBytes: number,
  settings: Readonly<Record<string, string>>,
): Promise<Gdal> {
  const limit = limitWasm(maxWasmBytes);
  const notes: string[] = [];
  let writtenTo = '';
  let closedRings = 0;
  const note = (message: unknown): void => {
    const text = String(message);
    if (text.includes('Non closed ring detected')) {
      closedRings += 1;
      return;
    }
    if (notes.length < maxNotes && !notes.includes(text)) notes.push(text);
  };
  const require = createRequire(import.meta.url);
  const start = require('gdal3.js/node') as (options: object) => Promise<GdalPackage>;
  const dist = dirname(require.resolve('gdal3.js/dist/package/gdal3.node.js'));
  const gdal = await start({
    // The package joins its own files to the working directory.
    path: relative(process.cwd(), dist),
    env: settings,
    logHandler: () => {},
    errorHandler: note,
  });
  const { Module } = gdal;
  const openEx = Module.cwrap('GDALOpenEx', 'number', ['string', 'number', 'number', 'number', 'number']);
  return {
    mount(folder, outFolder) {
      Module.FS.mount(Module.NODEFS, { root: folder }, inputFolder);
      Module.FS.mount(Module.NODEFS, { root: outFolder }, outputFolder);
      writtenTo = outFolder;
    },
    limit,
    notes,
    closedRings: () => closedRings,
    async open(path, drivers, options) {
      const lists = [listOf(Module, drivers), listOf(Module, options)] as const;
      const pointer = openEx(`${inputFolder}/${path}`, openFlags, ...lists, 0) as Pointer;
      return pointer === 0 ? null : openFile(gdal, { pointer }, writtenTo);
    },
  };
}

async function openFile(gdal: GdalPackage, dataset: Dataset, outFolder: string): Promise<OpenFile> {
  return {
    layers: await layersOf(gdal, dataset),
    async writeRows(layer) {
      const layerOptions = ['LAUNDER=NO', 'CREATE_TABLE=OFF', 'CREATE_SCHEMA=OFF', 'SPATIAL_INDEX=NONE'];
      layerOptions.push('DIM=2', `GEOMETRY_NAME=${geometryColumn}`, `FID=${numberColumn}`);
      const options = ['--config', 'PG_USE_COPY', 'YES', '-f', 'PGDump', '-a_srs', 'NONE'];
      options.push('-nlt', 'GEOMETRY', '-nlt', 'CONVERT_TO_LINEAR', '-nln', 'rows');
      options.push(...layerOptions.flatMap((option) => ['-lco', option]));
      // Without -skipfailures GDAL stops at the first bad record and the rest would be missing.
      const output = await gdal.ogr2ogr(dataset, [...options, '-skipfailures', layer], 'rows');
      return join(outFolder, basename(output.real));
    },
  };
}

type LayerInfo = {
  name?: string;
  geometryFields?: { type?: string; coordinateSystem?: { wkt?: string } }[];
};

async function layersOf({ ogrinfo, Module }: GdalPackage, dataset: Dataset): Promise<GdalLayer[]> {
  const info = (await ogrinfo(dataset, ['-nocount', '-noextent', '-nomd'])) as { layers?: LayerInfo[] };
  const layerAt = Module.cwrap('GDALDatasetGetLayer', 'number', ['number', 'number']);
  const countOf = Module.cwrap('OGR_L_GetFeatureCount', 'number', ['number', 'number']);
  return (info.layers ?? []).map(({ name = '', geometryFields }, index) => {
    const count = countOf(layerAt(dataset.pointer, index) as Pointer, 1) as number;
    const [geometry] = geometryFields ?? [];
    return {
      name,
      rowCount: count < 0 ? null : count,
      geometryType: geometry === undefined ? null : (geometry.type ?? 'Unknown'),
      wkt: geometry?.coordinateSystem?.wkt ?? null,
    };
  });
}

/** A list of C strings that ends with a null pointer. */
function listOf(Module: GdalPackage['Module'], texts: readonly string[]): Pointer {
  const pointers = texts.map((text) => {
    const bytes = Module.lengthBytesUTF8(text) + 1;
    const pointer = Module._malloc(bytes);
    Module.stringToUTF8(text, pointer, bytes);
    return pointer;
  });
  const list = Module._malloc(4 * (pointers.length + 1));
  for (const [index, pointer] of [...pointers, 0].entries()) Module.setValue(list + 4 * index, pointer, '*');
  return list;
}

type WasmMemory = { buffer: ArrayBuffer; grow(this: WasmMemory, pages: number): number };

/** The limits Node gives a thread bound only what JavaScript holds; GDAL takes 512 MB of address space at once. */
function limitWasm(maxBytes: number): (maxBytes: number) => void {
  let most = maxBytes;
  const { prototype: memory } = (
    globalThis as unknown as { WebAssembly: { Memory: { prototype: WasmMemory } } }
  ).WebAssembly.Memory;
  const growMemory = memory.grow;
  memory.grow = function grow(pages) {
    if (this.buffer.byteLength + pages * wasmPageBytes > most) throw new RangeError('out of memory');
    return growMemory.call(this, pages);
  };
  return (bytes) => {
    most = bytes;
  };
}

/** The package throws errors, objects with a message, and lists of them. */
export function wordsOf(error: unknown): string[] {
  if (Array.isArray(error)) return error.flatMap(wordsOf);
  const isNamed = typeof error === 'object' && error !== null && 'message' in error;
  return [String(isNamed ? error.message : error)];
}
