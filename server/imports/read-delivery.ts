/**
 * Reads what was delivered, once, into a spool of rows in the working folder, and says what it is. Everything that
 * touches the bytes of the files runs in bounded threads, one after the other.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import type { Region } from '../../geodata/reference/region-schema.ts';
import { UnprocessableError } from '../errors.ts';
import { runBounded } from './bounded-worker.ts';
import { chooseCrs, positionDoubtOf } from './choose-crs.ts';
import type { GdalAnswer, GdalTask } from './gdal-worker.ts';
import type { Delivery, ReadChoices } from './import-steps.ts';
import { inspect } from './inspect-delivery.ts';
import type { LayOutAnswer, LayOutWorkerData } from './lay-out-worker.ts';
import { type ReadBounds, usualReadBounds } from './read-bounds.ts';
import type { Scan, ScanTask } from './scan-spool.ts';

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
  const { source, shapefile } = read;
  const hasTextShapes = source.format === 'csv' || source.format === 'xlsx';
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
    inspection: inspect({ laid, read, scan, choice, isCrsAsked: choices.crs !== undefined }),
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
      missingShape: shapefile?.damage ?? saidBy(read.notes),
    },
  };
}

/** With shapes as text the code before them; two different ones are said row by row. */
function statedBy({ layer }: GdalAnswer, { srids, shapeColumns }: Scan): string | null {
  if (shapeColumns.length === 0) return layer.wkt;
  const [srid] = srids;
  return srid === undefined ? null : `EPSG:${srid}`;
}

/** What GDAL said while it read, where a shape it left out has no reason of its own. */
function saidBy(notes: readonly string[]): Bilingual | null {
  const words = notes.slice(0, 2).join('; ').slice(0, 200);
  return words === '' ? null : { zh: `读取程序:${words}`, en: `the reader: ${words}` };
}

function noShapeColumn({ columns }: Scan): UnprocessableError {
  const list = columns.map(({ name }) => name).join('、');
  return new UnprocessableError({
    zh: `表中没有图形列。请把图形以 EWKT(如 SRID=4490;MULTIPOLYGON(...))放在名为 geometry 的列;现有列:${list}`,
    en: `The table has no column of shapes: put them as EWKT (SRID=4490;MULTIPOLYGON(...)) into a column named geometry; it has: ${list}`,
  });
}
