/** Exports one layer as of one moment into one file: spooled from a snapshot, written beside its target, named when whole. */
import { mkdir } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { Bilingual, LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { findLayer } from '../catalogue/find-layer.ts';
import type { Context } from '../context.ts';
import { BadRequestError, UnprocessableError } from '../errors.ts';
import { createWorkFolder, type WorkFolder } from '../imports/work-folder.ts';
import { chooseExportCrs, refuseFarZone } from './choose-export-crs.ts';
import { cautionsOf } from './describe-layer.ts';
import type { ExportFormat, ExportOrder, ExportSummary, LayerWriter } from './export-order.ts';
import { explainSpoolError, refuseTarget, targetPath, writeBeside } from './export-target.ts';
import { readLayer } from './read-layer.ts';
import { writeCsv } from './write-csv.ts';
import { writeGeoJson } from './write-geojson.ts';
import { writeGeoPackage } from './write-geopackage.ts';
import { writeKml } from './write-kml.ts';
import { encodingOf, writeShapefile } from './write-shapefile.ts';
import { writeXlsx } from './write-xlsx.ts';

const writers: Record<ExportFormat, LayerWriter> = {
  shp: writeShapefile,
  gpkg: writeGeoPackage,
  geojson: writeGeoJson,
  xlsx: writeXlsx,
  csv: writeCsv,
  kml: writeKml,
};

type ExportReporter = { report(text: Bilingual): void; signal: AbortSignal };

/**
 * Writes the file and a row of the audit. Throws NotFoundError for a layer that is not there, UnprocessableError for an
 * empty layer, a target that exists or cannot be written, or values the format cannot hold; `signal.reason` when
 * aborted. Nothing is left behind then.
 */
export async function exportLayer(
  { database, catalogue, config }: Pick<Context, 'database' | 'catalogue' | 'config'>,
  order: ExportOrder,
  { report, signal }: ExportReporter,
): Promise<ExportSummary> {
  const layer = findLayer(catalogue, order.layerId, 'layer');
  const crs = chooseExportCrs(order.crs);
  refuseOtherEncoding(order);
  const place = { format: order.format, layer, to: order.to, defaultFolder: join(config.dataDir, 'exports') };
  targetPath(place, false);
  const workFolder = await openFolders(config.dataDir, place.defaultFolder);
  const folder = workFolder.path;
  try {
    report({ zh: `正在读取${layer.title.zh}`, en: `Reading ${layer.title.en}` });
    const snapshot = await readLayer(database, layer, crs, folder, signal).catch((error: unknown) => {
      throw explainSpoolError(config.dataDir, error);
    });
    if (snapshot.featureCount === 0) throw emptyLayer(layer);
    refuseFarZone(crs, snapshot.extent4490);
    const path = targetPath(place, snapshot.origin.hasSample);
    refuseTarget(path, order.overwrite);
    report({
      zh: `正在写入 ${snapshot.featureCount} ${layer.countUnit.zh}`,
      en: `Writing ${snapshot.featureCount} ${layer.countUnit.en}`,
    });
    let notes: Bilingual[] = [];
    const bytes = await writeBeside(path, order.overwrite, async (unfinished) => {
      const name = basename(path, extname(path));
      notes = await writers[order.format]({
        snapshot: {
          ...snapshot,
          rows: () => counted(snapshot.rows(), snapshot.featureCount, report, signal),
        },
        path: unfinished,
        workFolder: folder,
        name,
        encoding: order.encoding,
        signal,
      });
      signal.throwIfAborted();
      const detail = {
        format: order.format,
        crs: `EPSG:${crs.srid}`,
        features: snapshot.featureCount,
        file: path,
      };
      // Before the file gets its name: nothing leaves without a trace.
      await recordAudit(database, { actor: order.actor, action: 'export', subject: layer.id, detail });
    });
    const { featureCount, origin } = snapshot;
    return {
      path,
      featureCount,
      bytes,
      crs,
      hasSample: origin.hasSample,
      notes: [...cautionsOf(snapshot), ...notes],
    };
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    await workFolder.remove();
  }
}

const rowsPerReport = 5_000;

async function* counted<Row>(
  rows: AsyncIterable<Row>,
  total: number,
  report: ExportReporter['report'],
  signal: AbortSignal,
): AsyncGenerator<Row> {
  let done = 0;
  for await (const row of rows) {
    signal.throwIfAborted();
    yield row;
    done += 1;
    if (done % rowsPerReport === 0) {
      report({ zh: `已处理 ${done} / ${total}`, en: `${done} of ${total} done` });
    }
  }
}

/** A folder that is swept later should this process be killed. */
async function openFolders(dataDir: string, defaultFolder: string): Promise<WorkFolder> {
  try {
    await mkdir(defaultFolder, { recursive: true, mode: 0o700 });
    return await createWorkFolder(dataDir);
  } catch (error) {
    throw explainSpoolError(dataDir, error);
  }
}

function refuseOtherEncoding({ format, encoding }: ExportOrder): void {
  if (format === 'shp') encodingOf(encoding);
  else if (encoding !== undefined && !/^UTF-?8$/i.test(encoding)) {
    throw new BadRequestError(
      {
        zh: `${format} 一律为 UTF-8,--encoding 只用于 shp。`,
        en: `${format} is always UTF-8; --encoding is for shp only.`,
      },
      { field: 'encoding' },
    );
  }
}

function emptyLayer(layer: LayerDefinition): UnprocessableError {
  return new UnprocessableError({
    zh: `图层“${layer.title.zh}”没有数据,没有导出。`,
    en: `The layer "${layer.title.en}" holds nothing; nothing was exported.`,
  });
}
