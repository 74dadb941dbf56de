/** Replaces the features of a layer by those of a checked file, in one transaction: all of it or nothing. */
import type { LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import { analyze } from '../db/analyze.ts';
import type { Database, Queryable } from '../db/database.ts';
import { deleteFeaturesSql, invalidFeaturesSql } from '../db/layer-replace-sql.ts';
import { namedSql } from '../db/named-sql.ts';
import { UnprocessableError } from '../errors.ts';
import { type CheckedRows, invalidShape } from './check-rows.ts';
import { createDataset, finishDataset } from './datasets.ts';
import type { ImportOrder } from './import-order.ts';
import { ImportRefusedError, type ImportReport, type RowProblem } from './import-report.ts';
import { insertFeatures } from './write-features.ts';

/**
 * The report, completed; of a dry run too, which goes all the way and rolls back. Throws
 * ImportRefusedError for rows the database finds fault with, UnprocessableError where the layer may not
 * be replaced or cannot hold a value; the layer is then as it was.
 */
export async function replaceLayer(
  database: Database,
  layer: LayerDefinition,
  order: ImportOrder,
  report: ImportReport,
  checked: CheckedRows,
  signal: AbortSignal,
): Promise<ImportReport> {
  try {
    const stored = await database.transaction(
      (client) => replaceWithin(client, layer, order, report, checked, signal),
      { class: 'bulk' },
    );
    await analyze(database);
    return stored;
  } catch (error) {
    if (error instanceof DryRunDone) return error.report;
    throw asRefusal(error);
  }
}

/** A value the table cannot hold (SQLSTATE classes 22 and 23) is a fault of the file; other errors pass unchanged. */
function asRefusal(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || !/^2[23]/.test(String(error.code))) return error;
  const detail = 'detail' in error && typeof error.detail === 'string' ? error.detail : '';
  const words = `${error.message} ${detail}`.trim().slice(0, 400);
  return new UnprocessableError(
    {
      zh: `文件中有数据库不能保存的值,没有导入,图层保持原样:${words}`,
      en: `The file holds a value the database cannot store; nothing was imported and the layer is as it was: ${words}`,
    },
    { cause: error },
  );
}

/** Ends the transaction of a dry run, so that the database itself has judged every row and nothing stays. */
class DryRunDone extends Error {
  readonly report: ImportReport;
  constructor(report: ImportReport) {
    super('dry run');
    this.report = report;
  }
}

async function replaceWithin(
  client: Queryable,
  layer: LayerDefinition,
  order: ImportOrder,
  report: ImportReport,
  checked: CheckedRows,
  signal: AbortSignal,
): Promise<ImportReport> {
  await refuseTornTrace(client, layer);
  await client.query(namedSql('imports/retire-datasets'), [layer.id], { class: 'bulk' });
  const [gone] = await client.query<{ count: number }>(deleteFeaturesSql(layer), [], { class: 'bulk' });
  const datasetId = await createDataset(client, {
    layerId: layer.id,
    kind: 'official',
    title: order.title ?? layer.title.zh,
    source: order.source ?? report.file,
    asOf: order.asOf,
    classification: order.classification,
    file: {
      name: report.file,
      sha256: report.sha256,
      crs: `EPSG:${report.crs.srid}`,
      encoding: report.encoding,
    },
  });
  await refuseUnknownSites(client, layer, report, checked);
  await insertFeatures(client, layer, datasetId, checked.features);
  const problems = await invalidRows(client, layer, datasetId, checked);
  if (problems.length > 0) throw new ImportRefusedError({ ...report, problems });
  const finished = { ...report, replacedCount: gone?.count ?? 0 };
  await finishDataset(client, datasetId, { featureCount: report.importedCount, report: finished });
  const detail = {
    file: report.file,
    sha256: report.sha256,
    imported: report.importedCount,
    replaced: finished.replacedCount,
  };
  await client.query(namedSql('imports/audit-import'), [order.actor, layer.id, JSON.stringify(detail)], {
    class: 'bulk',
  });
  signal.throwIfAborted();
  if (order.isDryRun) throw new DryRunDone(finished);
  return finished;
}

/** What GEOS says of the stored shapes; the rows of the file are told by their codes. */
async function invalidRows(
  client: Queryable,
  layer: LayerDefinition,
  datasetId: string,
  { rowByCode }: CheckedRows,
): Promise<RowProblem[]> {
  const rows = await client.query<{ code: string; lng: number | null; lat: number | null }>(
    invalidFeaturesSql(layer),
    [datasetId],
    { class: 'bulk' },
  );
  return rows.map(({ code, lng, lat }) => ({
    row: rowByCode.get(code) ?? 0,
    code,
    reason: invalidShape(lng, lat),
  }));
}

/** Sites with a trace are never deleted: the sample goes by its own command, official ones not at all yet. */
async function refuseTornTrace(client: Queryable, layer: LayerDefinition): Promise<void> {
  if (layer.id !== 'mine_sites' && layer.id !== 'mine_patches') return;
  const [linked] = await client.query<{ samples: number; events: number; campaign_sites: number }>(
    namedSql('imports/count-linked-sites'),
    [],
    { class: 'lookup' },
  );
  if ((linked?.samples ?? 0) > 0) {
    throw new UnprocessableError({
      zh: '矿山和图斑的示意数据带有进展记录,不能直接替换。请先运行 npm run sample -- --clear,再导入。',
      en: 'The sample mine sites carry a history and cannot be replaced in place; run npm run sample -- --clear first.',
    });
  }
  if (layer.id === 'mine_sites' && (linked?.events ?? 0) > 0) {
    throw new UnprocessableError({
      zh: '现有矿山已有进展记录,不能整层替换,以免留痕失去所指。',
      en: 'The mine sites have progress events; replacing the layer would leave the trace pointing nowhere.',
    });
  }
}

/** A patch belongs to a site that is already there. */
async function refuseUnknownSites(
  client: Queryable,
  layer: LayerDefinition,
  report: ImportReport,
  { features, rowByCode }: CheckedRows,
): Promise<void> {
  if (layer.id !== 'mine_patches') return;
  const codes = [...new Set(features.map(({ properties }) => String(properties.site_code)))];
  const unknown = await client.query<{ code: string }>(namedSql('imports/unknown-sites'), [codes], {
    class: 'bulk',
  });
  const missing = new Set(unknown.map(({ code }) => code));
  const problems = features
    .filter(({ properties }) => missing.has(String(properties.site_code)))
    .map(({ code, properties }) => ({
      row: rowByCode.get(code) ?? 0,
      code,
      reason: {
        zh: `所属矿山 ${properties.site_code} 不在矿山图层中,请先导入矿山`,
        en: `its site ${properties.site_code} is not in the site layer; import the sites first`,
      },
    }));
  if (problems.length > 0) throw new ImportRefusedError({ ...report, problems });
}
