/** `npm run import -- FILE --layer ID`: a delivered file into a layer, all or nothing, with a report. */
import { writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { UnprocessableError } from '../errors.ts';
import { importFile } from '../imports/import-file.ts';
import { ImportRefusedError, type ImportReport, reportLines } from '../imports/import-report.ts';
import { defineCommand } from './command.ts';

export const importCommand = defineCommand({
  id: 'import',
  summary: {
    zh: '把 shapefile(可压缩)或 GeoJSON 导入一个图层,替换原有数据;有一行不合格则全部不导入',
    en: 'import a shapefile (zipped or not) or GeoJSON into a layer, replacing it; all or nothing',
  },
  schema: z.object({
    file: z.string().min(1),
    layer: z.string().min(1),
    asOf: z.iso.date({ error: '资料截止日期应写成 2025-09-30 / the data date must look like 2025-09-30' }),
    crs: z.string().max(2_000).optional(),
    encoding: z.string().max(40).optional(),
    part: z.string().max(200).optional(),
    title: z.string().min(1).max(200).optional(),
    source: z.string().min(1).max(500).optional(),
    classification: z.enum(['public', 'internal', 'on_request']).default('internal'),
    dryRun: z.boolean().default(false),
    report: z.string().optional(),
  }),
  options: {
    file: {
      title: { zh: '要导入的 .zip、.shp 或 .geojson', en: 'the .zip, .shp or .geojson to import' },
      value: 'FILE',
      isPath: true,
      isPositional: true,
    },
    layer: {
      title: { zh: '图层,例如 ecological_red_lines', en: 'layer, such as ecological_red_lines' },
      value: 'ID',
    },
    asOf: { title: { zh: '资料截止日期', en: 'day the data is as of' }, value: 'YYYY-MM-DD' },
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
    part: {
      title: { zh: '压缩包内有多个图层时选用的一个', en: 'which layer of a zip that holds several' },
      value: 'NAME',
    },
    title: { title: { zh: '数据集名称', en: 'name of the dataset' }, value: 'TEXT' },
    source: { title: { zh: '数据来源', en: 'where the data comes from' }, value: 'TEXT' },
    classification: {
      title: { zh: '密级:public 公开、internal 内部、on_request 依申请公开', en: 'classification' },
      value: 'public|internal|on_request',
    },
    dryRun: { title: { zh: '只预检,不改动数据', en: 'check only, change nothing' } },
    report: {
      title: { zh: '把完整报告写成 JSON 文件', en: 'write the whole report as JSON' },
      value: 'FILE',
      isPath: true,
    },
  },
  async run(context, given, reporter) {
    const { file, layer, dryRun, report: reportFile, ...rest } = given;
    const keep = async (report: ImportReport): Promise<void> => {
      if (reportFile !== undefined) await writeFile(reportFile, `${JSON.stringify(report, null, 2)}\n`);
    };
    if (reportFile !== undefined) await claimReportFile(reportFile);
    try {
      const order = { ...rest, file, layerId: layer, isDryRun: dryRun, actor: 'npm run import' };
      const report = await importFile(context, order, reporter);
      for (const line of reportLines(report)) reporter.report(line);
      await keep(report);
    } catch (error) {
      if (error instanceof ImportRefusedError) await keep(error.report);
      throw error;
    }
  },
});

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
