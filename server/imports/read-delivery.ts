/**
 * Reads what was delivered, once, into a spool of rows in the working folder, and says what it is. Everything that
 * touches the bytes of the files runs in bounded threads, one after the other.
 */
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import type { Inspection } from '../../geodata/contract/imports.ts';
import { extentInDegrees } from '../../geodata/domain/identify-crs.ts';
import type { Region } from '../../geodata/reference/region-schema.ts';
import { UnprocessableError } from '../errors.ts';
import { runBounded } from './bounded-worker.ts';
import { type CrsChoice, chooseCrs, positionDoubtOf } from './choose-crs.ts';
import type { GdalAnswer, GdalTask } from './gdal-worker.ts';
import type { Delivery, ReadChoices } from './import-steps.ts';
import type { LayOutAnswer, LayOutWorkerData } from './lay-out-worker.ts';
import { type ReadBounds, usualReadBounds } from './read-bounds.ts';
import type { Scan, ScanTask } from './scan-spool.ts';
import { suggestLayer } from './suggest-layer.ts';
import { requireWholeShapefile } from './whole-shapefile.ts';

export type ReadReporter = {
  signal: AbortSignal;
  report(text: Bilingual): void;
};

/**
 * What was delivered: files of one data set (a zip, a .gdb folder, a shapefile in parts …), laid out in `folder`, which
 * must be empty. The CRS, or the part of several, may still have to be chosen: the inspection says so. Throws a
 * LantuError where nothing can be read within the bounds, `signal.reason` when aborted.
 */
export async function readDelivery(
  files: readonly string[],
  folder: string,
  choices: ReadChoices,
  region: Region,
  { signal, report }: ReadReporter,
  bounds: ReadBounds = usualReadBounds,
): Promise<Delivery> {
  const [inFolder, outFolder] = [join(folder, 'in'), join(folder, 'out')];
  await Promise.all([inFolder, outFolder].map((path) => mkdir(path, { mode: 0o700 })));
  report({ zh: '正在解开文件', en: 'Unpacking the files' });
  const laid = await runBounded<LayOutAnswer>(
    new URL('./lay-out-worker.ts', import.meta.url),
    { files, folder: inFolder, limits: bounds.unzip, encoding: choices.encoding } satisfies LayOutWorkerData,
    bounds.worker,
    signal,
  );
  report({ zh: '正在读取文件', en: 'Reading the file' });
  const { sources } = laid;
  const read = await runBounded<GdalAnswer>(
    new URL('./gdal-worker.ts', import.meta.url),
    {
      folder: inFolder,
      outFolder,
      sources,
      part: choices.part,
      maxWasmBytes: bounds.maxWasmBytes,
    } satisfies GdalTask,
    { ...bounds.worker, output: { path: join(outFolder, 'rows.unknown'), maxBytes: bounds.maxSpoolBytes } },
    signal,
  );
  report({ zh: '正在查看内容', en: 'Looking at the content' });
  const { source } = read;
  if (source.format === 'shapefile') await requireWholeShapefile(source.files);
  const hasTextShapes = source.format === 'csv' || source.format === 'xlsx';
  const shapefile = source.format === 'shapefile' ? await besidesOf(source.files) : null;
  const scan = await runBounded<Scan>(
    new URL('./scan-worker.ts', import.meta.url),
    {
      path: read.spoolPath,
      hasTextShapes,
      dbf: shapefile === null ? null : { ...shapefile, asked: choices.encoding },
    } satisfies ScanTask,
    bounds.worker,
    signal,
  );
  if (hasTextShapes && scan.rowCount > 0 && scan.shapeColumns.length === 0) throw noShapeColumn(scan);
  const choice = chooseCrs({
    asked: choices.crs,
    stated: shapefile === null ? statedBy(read, scan) : shapefile.prj,
    extent: scan.extent,
    homeExtent: region.extent,
  });
  return {
    inspection: inspect(laid, read, scan, choice),
    crs: choice.crs,
    positionDoubt: choice.crs === null ? null : positionDoubtOf(choice.crs),
    spool: {
      path: read.spoolPath,
      format: source.format,
      columns: scan.columns,
      shapeColumns: scan.shapeColumns,
      shapeSrid: scan.srids[0] ?? null,
      axisColumns: scan.axisColumns,
      encoding: scan.encoding?.encoding ?? null,
      notes: read.notes,
    },
  };
}

/** With shapes as text the code before them; two different ones are said row by row. */
function statedBy({ layer }: GdalAnswer, { srids, shapeColumns }: Scan): string | null {
  if (shapeColumns.length === 0) return layer.wkt;
  const [srid] = srids;
  return srid === undefined ? null : `EPSG:${srid}`;
}

async function besidesOf(
  files: Readonly<Record<string, string>>,
): Promise<{ prj: string | null; cpg: string | null; languageDriver: number | null }> {
  const text = async (file: string | undefined): Promise<string | null> =>
    file === undefined ? null : (await readFile(file, 'latin1')).slice(0, 10_000).trim();
  return {
    prj: await text(files.prj),
    cpg: await text(files.cpg),
    languageDriver: files.dbf === undefined ? null : await languageDriverOf(files.dbf),
  };
}

/** Byte 29 of the DBF header. */
async function languageDriverOf(dbf: string): Promise<number | null> {
  const handle = await open(dbf, 'r');
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(32), 0, 32, 0);
    return bytesRead < 32 ? null : (buffer[29] ?? null);
  } finally {
    await handle.close();
  }
}

function inspect(laid: LayOutAnswer, read: GdalAnswer, scan: Scan, choice: CrsChoice): Inspection {
  const encoding = laid.encodings[read.source.path] ?? scan.encoding;
  const { crs } = choice;
  const geometryType = Object.entries(scan.types).sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
  return {
    fileName: laid.fileName,
    sha256: laid.sha256,
    bytes: laid.bytes,
    format: read.source.format,
    parts: read.parts.map(({ name, rowCount }) => ({ name, rowCount })),
    part: read.part,
    partProblem: read.isPartAmbiguous ? partProblem(read) : null,
    rowCount: scan.rowCount,
    geometryType,
    encoding: encoding === null ? null : { name: encoding.encoding, reason: encoding.reason },
    crs: crs === null ? null : { srid: crs.srid, name: crs.name },
    crsCandidates: choice.candidates,
    crsProblem: choice.problem,
    columns: scan.columns.map(({ name }) => name),
    sampleRows: scan.sampleRows,
    extent:
      crs === null || scan.extent === null
        ? null
        : ([...extentInDegrees(crs, scan.extent)] as Inspection['extent']),
    fileDay: laid.fileDay,
    suggestedLayerId: suggestLayer(
      [read.part, laid.fileName],
      scan.columns.map(({ name }) => name),
    ),
    assumptions: [...choice.assumptions, ...otherAssumptions(read, scan, encoding)],
    warnings: read.notes.map((note) => ({ zh: `读取程序提示:${note}`, en: `the reader says: ${note}` })),
  };
}

function noShapeColumn({ columns }: Scan): UnprocessableError {
  const list = columns.map(({ name }) => name).join('、');
  return new UnprocessableError({
    zh: `表中没有图形列。请把图形以 EWKT(如 SRID=4490;MULTIPOLYGON(...))放在名为 geometry 的列;现有列:${list}`,
    en: `The table has no column of shapes: put them as EWKT (SRID=4490;MULTIPOLYGON(...)) into a column named geometry; it has: ${list}`,
  });
}

function partProblem({ parts, part }: GdalAnswer): Bilingual {
  const shaped = parts.filter(({ hasShapes }) => hasShapes);
  const list = shaped.map(({ name, rowCount }) => `${name}(${rowCount ?? '?'})`).join('、');
  return {
    zh: `文件中有 ${shaped.length} 个图层:${list}。目前显示的是“${part}”,请用 --part 指定一个。`,
    en: `The file holds ${shaped.length} parts: ${list}. "${part}" is shown; choose one with --part.`,
  };
}

function otherAssumptions(
  { layer, source }: GdalAnswer,
  scan: Scan,
  encoding: { encoding: string; reason: Bilingual } | null,
): Bilingual[] {
  const words: Bilingual[] = [];
  if (encoding !== null) {
    const { encoding: name, reason } = encoding;
    words.push({ zh: `文字编码 ${name}:${reason.zh}`, en: `text encoding ${name}: ${reason.en}` });
  }
  if (scan.renamed.length > 0) {
    const list = scan.renamed.join('、');
    words.push({
      zh: `有重名字段,已改名为:${list}`,
      en: `columns of the same name were renamed: ${list}`,
    });
  }
  if (/^3D|Measured|Z$|M$/.test(layer.geometryType ?? ''))
    words.push({ zh: '高程(Z)和量测(M)值未保存', en: 'heights (Z) and measures (M) are not kept' });
  if (/Curve|Surface|Circular|Compound/i.test(layer.geometryType ?? ''))
    words.push({ zh: '曲线已按折线近似', en: 'curves are approximated by straight segments' });
  if (source.format === 'geojson' && scan.rowCount > 0) {
    words.push({
      zh: 'GeoJSON 坐标按先经度(东)后纬度(北)读取',
      en: 'GeoJSON coordinates are read east first, then north',
    });
  }
  return words;
}
