/**
 * Imports one file into one layer: read, choose CRS and encoding, map fields, check every row, then replace
 * the layer in one transaction. All or nothing: with one bad row nothing changes and every bad row is listed.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import type { Region } from '../../geodata/reference/region-schema.ts';
import type { Context } from '../context.ts';
import { analyze } from '../db/analyze.ts';
import type { Queryable } from '../db/database.ts';
import { deleteFeaturesSql, invalidFeaturesSql } from '../db/layer-replace-sql.ts';
import { namedSql } from '../db/named-sql.ts';
import { NotFoundError, UnprocessableError } from '../errors.ts';
import { type CheckedRows, checkRows, invalidShape } from './check-rows.ts';
import { chooseCrs } from './choose-crs.ts';
import { type Classification, createDataset, finishDataset } from './datasets.ts';
import { type DeliveredFile, layOut } from './delivered-file.ts';
import { doubtfulValues } from './doubtful-values.ts';
import { gdalRead } from './gdal-read.ts';
import { type ImportReport, problemLines, type RowProblem } from './import-report.ts';
import type { SampleReporter } from './load-sample.ts';
import { type FieldMapping, mapFields } from './map-fields.ts';
import { type RawFile, readRows } from './read-rows.ts';
import { insertFeatures } from './write-features.ts';

export type ImportOrder = {
  file: string;
  layerId: string;
  /** 资料截止日期, YYYY-MM-DD. */
  asOf: string;
  crs?: string | undefined;
  encoding?: string | undefined;
  /** Layer inside a zip that holds several. */
  part?: string | undefined;
  title?: string | undefined;
  source?: string | undefined;
  classification: Classification;
  isDryRun: boolean;
  /** Who imports, for the trace. */
  actor: string;
};

/** An import that was refused, with the report so far; the layer is as it was. */
export class ImportRefusedError extends UnprocessableError {
  readonly report: ImportReport;
  constructor(report: ImportReport) {
    const lines = problemLines(report.problems);
    const count = new Set(report.problems.map(({ row }) => row)).size;
    super({
      zh: `${count} 行有问题,没有导入,图层保持原样:\n${lines.map(({ zh }) => zh).join('\n')}`,
      en: `${count} rows have problems; nothing was imported and the layer is as it was:\n${lines.map(({ en }) => en).join('\n')}`,
    });
    this.report = report;
  }
}

/** The report of what was read, assumed and done. Throws a LantuError; the layer is then as it was. */
export async function importFile(
  { database, catalogue, region, config }: Context,
  order: ImportOrder,
  reporter: Required<SampleReporter>,
): Promise<ImportReport> {
  const layer = findLayer(catalogue, order.layerId);
  const workFolder = join(config.dataDir, 'imports');
  await mkdir(workFolder, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(workFolder, 'file-'));
  try {
    reporter.report({ zh: '正在读取文件', en: 'Reading the file' });
    const delivered = await layOut(order.file, folder, order.part);
    const outFolder = await mkdtemp(join(folder, 'rows-'));
    const gdal = await gdalRead({ path: delivered.path, kind: delivered.kind, outFolder }, reporter.signal);
    const raw = await readRows(delivered, gdal, order.encoding);
    reporter.report({ zh: `正在检查 ${raw.rows.length} 行`, en: `Checking ${raw.rows.length} rows` });
    const { crs, assumptions } = chooseCrs({
      asked: order.crs,
      stated: delivered.kind === 'shapefile' ? delivered.prj : gdal.wkt,
      kind: delivered.kind,
      extent: raw.extent,
      homeExtent: region.extent,
    });
    const mapping = mapFields(layer, raw.columns, raw.encoding?.encoding ?? null);
    const checked = await checkRows(raw.rows, layer, mapping, crs, formerAdcodesOf(region));
    const report: ImportReport = {
      file: delivered.name,
      sha256: delivered.sha256,
      layerId: layer.id,
      rowCount: raw.rows.length,
      importedCount: checked.features.length,
      replacedCount: 0,
      isDryRun: order.isDryRun,
      crs: { srid: crs.srid, name: crs.name },
      encoding: raw.encoding?.encoding ?? null,
      columns: Object.fromEntries([...mapping.columns].map(([field, column]) => [field.name, column])),
      unusedColumns: mapping.unused,
      assumptions: [...assumptions, ...otherAssumptions(raw, mapping, delivered)],
      warnings: [
        ...gdal.notes.map((note) => ({ zh: `读取程序提示:${note}`, en: `the reader says: ${note}` })),
        ...doubtfulValues(checked.features, layer, region),
      ],
      problems: checked.problems,
    };
    if (raw.rows.length === 0) throw emptyFile();
    if (report.problems.length > 0) throw new ImportRefusedError(report);
    reporter.signal.throwIfAborted();
    reporter.report({ zh: '正在写入数据库', en: 'Writing to the database' });
    const stored = await database
      .transaction((client) => replaceLayer(client, layer, order, report, checked, reporter.signal), {
        class: 'bulk',
      })
      .catch((error: unknown) => {
        if (error instanceof DryRunDone) return error.report;
        throw asRefusal(error);
      });
    if (!order.isDryRun) await analyze(database);
    return stored;
  } finally {
    await rm(folder, { recursive: true, force: true });
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

async function replaceLayer(
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

function otherAssumptions(
  raw: RawFile,
  mapping: FieldMapping,
  { kind }: DeliveredFile,
): ImportReport['assumptions'] {
  const words: ImportReport['assumptions'] = [];
  if (raw.encoding !== null) {
    const { encoding, reason } = raw.encoding;
    words.push({ zh: `文字编码 ${encoding}:${reason.zh}`, en: `text encoding ${encoding}: ${reason.en}` });
  }
  if (raw.hasHeights)
    words.push({ zh: '高程(Z)和量测(M)值未保存', en: 'heights (Z) and measures (M) are not kept' });
  if (![...mapping.columns.keys()].some(({ name }) => name === 'code')) {
    words.push({
      zh: '文件没有编号列,按“图层名-行号”编号;如有编号列请改名为 BSM 或“编号”',
      en: 'no column of codes: rows are numbered <layer>-<row>; name the column BSM or 编号 if there is one',
    });
  }
  if (kind === 'geojson' && raw.rows.length > 0) {
    words.push({
      zh: 'GeoJSON 坐标按先经度(东)后纬度(北)读取',
      en: 'GeoJSON coordinates are read east first, then north',
    });
  }
  return words;
}

function findLayer(catalogue: readonly LayerDefinition[], id: string): LayerDefinition {
  const layer = catalogue.find((candidate) => candidate.id === id);
  if (layer !== undefined) return layer;
  const list = catalogue.map((candidate) => `${candidate.id}(${candidate.title.zh})`).join('、');
  throw new NotFoundError(
    { zh: `没有图层“${id}”。可选:${list}`, en: `There is no layer "${id}"; choose one of: ${list}` },
    { field: 'layer' },
  );
}

function formerAdcodesOf(region: Region): ReadonlyMap<string, string> {
  return new Map(
    region.counties.flatMap(({ adcode, formerAdcodes }) =>
      formerAdcodes.map((old) => [old, adcode] as const),
    ),
  );
}

function emptyFile(): UnprocessableError {
  return new UnprocessableError({
    zh: '文件中没有任何要素,没有导入。请检查是否导出了正确的图层。',
    en: 'The file holds no features and nothing was imported; check that the right layer was exported.',
  });
}
