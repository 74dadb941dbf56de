/** `npm run import -- FILE --layer ID`: delivered files into a layer, all or nothing, with a report. */
import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { type ImportReport, type ImportSettings, importModes } from '../../geodata/contract/imports.ts';
import { UnprocessableError } from '../errors.ts';
import { importFile } from '../imports/import-file.ts';
import { ImportRefusedError, reportLines } from '../imports/import-report.ts';
import { readClassification } from '../imports/settle-order.ts';
import { warmUpReading } from '../imports/warm-up-reading.ts';
import { defineCommand } from './command.ts';

/** A line of progress at most this often. */
const progressEveryMs = 2_000;

export const importCommand = defineCommand({
  id: 'import',
  summary: {
    zh: '把 shapefile、FileGDB、GeoPackage、GeoJSON、KML、CSV 或 Excel(可压缩)导入一个图层;有一行不合格则全部不导入',
    en: 'import a shapefile, FileGDB, GeoPackage, GeoJSON, KML, CSV or Excel file (zipped or not) into a layer; all or nothing',
  },
  schema: z.object({
    file: z.array(z.string().min(1)).min(1),
    layer: z.string().min(1),
    crs: z.string().max(2_000).optional(),
    encoding: z.string().max(40).optional(),
    map: z.string().min(1).optional(),
    mode: z.enum(importModes).default('replace'),
    dryRun: z.boolean().default(false),
    skipRejected: z.boolean().default(false),
    asOf: z.iso
      .date({ error: '资料截止日期应写成 2025-09-30 / the data date must look like 2025-09-30' })
      .optional(),
    classification: z.string().optional(),
    part: z.string().max(200).optional(),
    title: z.string().min(1).max(200).optional(),
    source: z.string().min(1).max(500).optional(),
    report: z.string().optional(),
  }),
  options: {
    file: {
      title: {
        zh: '要导入的文件;shapefile 未压缩时给 .shp 即可',
        en: 'the file to import; of a shapefile that is not zipped its .shp',
      },
      value: 'FILE',
      isPath: true,
      isRepeatable: true,
      isPositional: true,
    },
    layer: {
      title: { zh: '图层,例如 ecological_red_lines', en: 'layer, such as ecological_red_lines' },
      value: 'ID',
    },
    crs: {
      title: {
        zh: '坐标系,文件未写明时必填,例如 EPSG:4526',
        en: 'CRS where the file states none, such as EPSG:4526',
      },
      value: 'EPSG',
    },
    encoding: {
      title: { zh: '属性表文字编码(UTF-8、GBK …)', en: 'encoding of the texts (UTF-8, GBK …)' },
      value: 'NAME',
    },
    map: {
      title: {
        zh: '字段对照:已保存方案的名称,或 JSON 文件({"字段": "列"})',
        en: 'mapping of fields: name of a saved profile, or a JSON file ({"field": "column"})',
      },
      value: 'PROFILE|FILE.json',
      isPath: /\.json$/i,
    },
    mode: {
      title: {
        zh: 'replace 替换(默认)、upsert 按编号更新、append 追加',
        en: 'replace (default), upsert by code, append',
      },
      value: 'replace|upsert|append',
    },
    dryRun: { title: { zh: '只预检,不改动数据', en: 'check only, change nothing' } },
    skipRejected: {
      title: { zh: '跳过不合格的行,只导入其余行', en: 'leave out rejected rows and import the others' },
    },
    asOf: {
      title: { zh: '资料截止日期,默认取文件日期', en: 'day the data is as of; by default that of the file' },
      value: 'YYYY-MM-DD',
    },
    classification: {
      title: {
        zh: '密级:public 公开、internal 内部、on_request 依申请公开;覆盖示意数据或首次导入时必填',
        en: 'classification; needed over the sample and for a layer without data',
      },
      value: 'public|internal|on_request',
    },
    part: {
      title: { zh: '文件含多个图层时选用的一个', en: 'which layer of a file that holds several' },
      value: 'NAME',
    },
    title: { title: { zh: '数据集名称', en: 'name of the dataset' }, value: 'TEXT' },
    source: { title: { zh: '数据来源', en: 'where the data comes from' }, value: 'TEXT' },
    report: {
      title: { zh: '把完整报告写成 JSON 文件', en: 'write the whole report as JSON' },
      value: 'FILE',
      isPath: true,
    },
  },
  prepare: warmUpReading,
  async run(context, given, reporter) {
    const { file, layer, map, classification, dryRun, report: reportFile, ...rest } = given;
    const settings: ImportSettings & { layerId: string } = { ...rest, layerId: layer };
    if (classification !== undefined) settings.classification = readClassification(classification);
    if (map !== undefined) Object.assign(settings, await readMapping(map));
    const keep = async (report: ImportReport): Promise<void> => {
      if (reportFile !== undefined) await writeFile(reportFile, `${JSON.stringify(report, null, 2)}\n`);
    };
    if (reportFile !== undefined) await claimReportFile(reportFile);
    let saidAt = 0;
    const steps = {
      signal: reporter.signal,
      report(text: { zh: string; en: string }, counts?: { done: number; total: number | null }): void {
        const isLast = counts === undefined || counts.done === counts.total;
        if (!isLast && performance.now() - saidAt < progressEveryMs) return;
        saidAt = performance.now();
        reporter.report(text);
      },
    };
    try {
      const order = { files: file, settings, isDryRun: dryRun, actor: 'npm run import' };
      const report = await importFile(context, order, steps);
      for (const line of reportLines(report)) reporter.report(line);
      await keep(report);
    } catch (error) {
      if (error instanceof ImportRefusedError) await keep(error.report);
      throw error;
    }
  },
});

const mappingSchema = z.record(z.string(), z.string().nullable());

/** What ends in .json is a file; any other word is a saved profile. */
async function readMapping(map: string): Promise<Pick<ImportSettings, 'mapping' | 'profile'>> {
  if (!/\.json$/i.test(map)) return { profile: map };
  try {
    return { mapping: mappingSchema.parse(JSON.parse(await readFile(map, 'utf8'))) };
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 200) : '';
    throw new UnprocessableError(
      {
        zh: `字段对照文件 ${map} 无法使用,应为 {"字段": "列名"} 形式的 JSON:${reason}`,
        en: `The mapping ${map} cannot be used; it must be JSON such as {"field": "column"}: ${reason}`,
      },
      { field: 'map', cause: error },
    );
  }
}

/** Before anything is imported, so that a report that cannot be kept does not follow a change that cannot be told of. */
async function claimReportFile(path: string): Promise<void> {
  try {
    await writeFile(path, '');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new UnprocessableError(
      {
        zh: `报告文件 ${path} 无法写入(${code}),没有导入;请换一个有写入权限的位置。`,
        en: `The report ${path} cannot be written (${code}) and nothing was imported; choose a place this user may write.`,
      },
      { field: 'report', cause: error },
    );
  }
}
