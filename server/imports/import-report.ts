/** The report of an import as lines for a terminal, and the refusal that carries one. The report itself: geodata/contract/imports.ts. */
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import type { ImportReport, RowProblem } from '../../geodata/contract/imports.ts';
import { UnprocessableError } from '../errors.ts';

/** Rows listed one by one on screen; the JSON report has them all. */
const shownRows = 50;

export function reportLines(report: ImportReport): Bilingual[] {
  const columns = Object.entries(report.columns).map(([field, column]) => `${column} → ${field}`);
  const srid = report.crs.srid === null ? '' : `(EPSG:${report.crs.srid})`;
  const lines: Bilingual[] = [
    {
      zh: `文件:${report.file}(${report.format},${report.rowCount} 行)`,
      en: `File: ${report.file} (${report.format}, ${report.rowCount} rows)`,
    },
    { zh: `坐标系:${report.crs.name.zh}${srid}`, en: `CRS: ${report.crs.name.en} ${srid}`.trim() },
  ];
  if (report.encoding !== null)
    lines.push({ zh: `编码:${report.encoding}`, en: `Encoding: ${report.encoding}` });
  lines.push({ zh: `字段对照:${columns.join(',') || '无'}`, en: `Fields: ${columns.join(', ') || 'none'}` });
  if (report.unusedColumns.length > 0) {
    const list = report.unusedColumns.join('、');
    lines.push({ zh: `未使用的列:${list}`, en: `Columns not used: ${list}` });
  }
  for (const { zh, en } of report.assumptions) lines.push({ zh: `按此处理:${zh}`, en: `Assumed: ${en}` });
  for (const { zh, en } of report.warnings) lines.push({ zh: `注意:${zh}`, en: `Note: ${en}` });
  if (report.repairs.length > 0) {
    const count = report.repairs.length;
    lines.push({ zh: `已修补 ${count} 行:`, en: `${count} rows were mended:` }, ...rowLines(report.repairs));
  }
  if (report.problems.length > 0) {
    const count = rowsIn(report.problems);
    lines.push({ zh: `不合格、未导入 ${count} 行:`, en: `${count} rows were rejected and left out:` });
    lines.push(...rowLines(report.problems));
  }
  lines.push(outcome(report));
  return lines;
}

/** The first rows one by one and how many there are in all. */
function rowLines(rows: readonly RowProblem[]): Bilingual[] {
  const lines = rows.slice(0, shownRows).map(({ row, code, reason }) => ({
    zh: `第 ${row} 行${code === null ? '' : `(${code})`}:${reason.zh}`,
    en: `Row ${row}${code === null ? '' : ` (${code})`}: ${reason.en}`,
  }));
  const more = rows.length - lines.length;
  if (more > 0) {
    lines.push({
      zh: `……另有 ${more} 条,共 ${rows.length} 条;全部见 --report 文件。`,
      en: `… and ${more} more, ${rows.length} in all; the --report file lists every one.`,
    });
  }
  return lines;
}

function rowsIn(problems: readonly RowProblem[]): number {
  return new Set(problems.map(({ row }) => row)).size;
}

function outcome(report: ImportReport): Bilingual {
  const { featureCount, insertedCount, updatedCount, removedCount, layerId, mode } = report;
  const counts: Bilingual =
    mode === 'replace'
      ? { zh: `替换原有 ${removedCount} 个`, en: `replacing ${removedCount}` }
      : {
          zh: `新增 ${insertedCount} 个,更新 ${updatedCount} 个`,
          en: `${insertedCount} new, ${updatedCount} updated`,
        };
  if (report.isDryRun) {
    return {
      zh: `预检通过:${featureCount} 个要素可以导入(${counts.zh}),没有改动数据。`,
      en: `Pre-check passed: ${featureCount} features can be imported (${counts.en}); nothing was changed.`,
    };
  }
  const id = report.datasetId ?? '';
  return {
    zh: `已导入 ${featureCount} 个要素到 ${layerId},${counts.zh}。撤回:npm run take-back -- --dataset ${id}`,
    en: `Imported ${featureCount} features into ${layerId}, ${counts.en}. To take it back: npm run take-back -- --dataset ${id}`,
  };
}

/** An import that was refused for its rows, with the report so far; the layer is as it was. */
export class ImportRefusedError extends UnprocessableError {
  readonly report: ImportReport;
  constructor(report: ImportReport) {
    const lines = rowLines(report.problems);
    const count = rowsIn(report.problems);
    super({
      zh: `${count} 行有问题,没有导入,图层保持原样(只导入其余行请加 --skip-rejected):\n${lines.map(({ zh }) => zh).join('\n')}`,
      en: `${count} rows have problems; nothing was imported and the layer is as it was (to import the others give --skip-rejected):\n${lines.map(({ en }) => en).join('\n')}`,
    });
    this.report = report;
  }
}
