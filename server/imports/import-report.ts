/** What an import found, assumed and did: shown as lines and kept as JSON beside the dataset. */
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import { UnprocessableError } from '../errors.ts';

export type RowProblem = {
  /** Position of the row in the file, from 1. */
  row: number;
  code: string | null;
  reason: Bilingual;
};

export type ImportReport = {
  file: string;
  sha256: string;
  layerId: string;
  rowCount: number;
  importedCount: number;
  /** Features that stood in the layer before and were replaced. */
  replacedCount: number;
  isDryRun: boolean;
  crs: { srid: number; name: Bilingual };
  encoding: string | null;
  /** Column of the file by field of the layer. */
  columns: Record<string, string>;
  unusedColumns: string[];
  /** Everything that was not said by the file, with how to change it. */
  assumptions: Bilingual[];
  warnings: Bilingual[];
  problems: RowProblem[];
};

/** Rows listed one by one on screen; the JSON report has them all. */
const shownProblems = 50;

/** The report as lines for a terminal. */
export function reportLines(report: ImportReport): Bilingual[] {
  const { problems } = report;
  const columns = Object.entries(report.columns).map(([field, column]) => `${column} → ${field}`);
  const lines: Bilingual[] = [
    {
      zh: `文件:${report.file}(${report.rowCount} 行)`,
      en: `File: ${report.file} (${report.rowCount} rows)`,
    },
    {
      zh: `坐标系:${report.crs.name.zh}(EPSG:${report.crs.srid})`,
      en: `CRS: ${report.crs.name.en} (EPSG:${report.crs.srid})`,
    },
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
  lines.push(...problemLines(problems));
  lines.push(outcome(report));
  return lines;
}

/** The first problems one by one and how many there are in all. */
export function problemLines(problems: readonly RowProblem[]): Bilingual[] {
  const lines = problems.slice(0, shownProblems).map(({ row, code, reason }) => ({
    zh: `第 ${row} 行${code === null ? '' : `(${code})`}:${reason.zh}`,
    en: `Row ${row}${code === null ? '' : ` (${code})`}: ${reason.en}`,
  }));
  const more = problems.length - lines.length;
  if (more > 0) {
    lines.push({
      zh: `……另有 ${more} 行有问题,共 ${problems.length} 行;全部见 --report 文件。`,
      en: `… and ${more} more, ${problems.length} in all; the --report file lists every one.`,
    });
  }
  return lines;
}

function outcome({ isDryRun, importedCount, replacedCount, layerId }: ImportReport): Bilingual {
  if (isDryRun) {
    return {
      zh: `预检通过:${importedCount} 个要素可以导入,没有改动数据。`,
      en: `Pre-check passed: ${importedCount} features can be imported; nothing was changed.`,
    };
  }
  return {
    zh: `已导入 ${importedCount} 个要素到 ${layerId},替换原有 ${replacedCount} 个。`,
    en: `Imported ${importedCount} features into ${layerId}, replacing ${replacedCount}.`,
  };
}

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
