/**
 * Imports one file into one layer: read, choose CRS and encoding, map fields, check every row, then replace
 * the layer in one transaction. All or nothing: with one bad row nothing changes and every bad row is listed.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import type { Region } from '../../geodata/reference/region-schema.ts';
import type { Context } from '../context.ts';
import { NotFoundError, UnprocessableError } from '../errors.ts';
import { checkRows } from './check-rows.ts';
import { chooseCrs } from './choose-crs.ts';
import { type DeliveredFile, layOut } from './delivered-file.ts';
import { doubtfulValues } from './doubtful-values.ts';
import { gdalRead } from './gdal-read.ts';
import type { ImportOrder } from './import-order.ts';
import { ImportRefusedError, type ImportReport } from './import-report.ts';
import type { SampleReporter } from './load-sample.ts';
import { type FieldMapping, mapFields } from './map-fields.ts';
import { type RawFile, readRows } from './read-rows.ts';
import { replaceLayer } from './replace-layer.ts';

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
    return await replaceLayer(database, layer, order, report, checked, reporter.signal);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
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
