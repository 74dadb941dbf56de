/** The report of a check: what an import would do, under which assumptions, and which rows are rejected. */
import type { Bilingual, LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import type { ImportReport, ImportSettings } from '../../geodata/contract/imports.ts';
import type { Queryable } from '../db/database.ts';
import { upsertKeepsSql } from '../db/kept-site-columns.ts';
import { countStandingSql } from '../db/layer-swap-sql.ts';
import type { Delivery, RowPlan, StagedRows } from './import-steps.ts';
import { classificationOf, positionDoubtNames, type Standing } from './settle-order.ts';

const bulk = { class: 'bulk' } as const;

export type CheckFindings = {
  layer: LayerDefinition;
  delivery: Delivery;
  plan: RowPlan & { unused: string[] };
  settings: ImportSettings;
  staged: StagedRows;
  standing: Standing;
  /** What the reader understood beyond what the file says. */
  assumptions: readonly Bilingual[];
};

export async function describeCheck(client: Queryable, findings: CheckFindings): Promise<ImportReport> {
  const { layer, delivery, plan, settings, staged, standing } = findings;
  const { inspection } = delivery;
  const updatedCount = staged.mode === 'upsert' ? await countStanding(client, layer, staged) : 0;
  return {
    file: inspection.fileName,
    sha256: inspection.sha256,
    format: inspection.format,
    part: inspection.part,
    layerId: layer.id,
    mode: staged.mode,
    rowCount: inspection.rowCount,
    featureCount: staged.featureCount,
    insertedCount: staged.featureCount - updatedCount,
    updatedCount,
    removedCount: staged.mode === 'replace' ? standing.feature_count : 0,
    isDryRun: true,
    asOf: settings.asOf ?? inspection.fileDay,
    classification: classificationOf(settings.classification, standing) ?? 'internal',
    crs: { srid: plan.crs.srid, name: plan.crs.name },
    positionDoubt: delivery.positionDoubt,
    encoding: inspection.encoding?.name ?? null,
    columns: { ...plan.columns },
    unusedColumns: plan.unused,
    assumptions: [
      ...inspection.assumptions,
      ...findings.assumptions,
      ...(await ownAssumptions(client, findings)),
    ],
    warnings: [...inspection.warnings, ...staged.warnings, ...ownWarnings(findings)],
    problems: staged.problems,
    repairs: staged.repairs,
    datasetId: null,
  };
}

async function countStanding(
  client: Queryable,
  layer: LayerDefinition,
  { table }: StagedRows,
): Promise<number> {
  const [row] = await client.query<{ count: number }>(countStandingSql(layer, table), [], bulk);
  return row?.count ?? 0;
}

async function ownAssumptions(
  client: Queryable,
  { layer, delivery, settings, staged, standing }: CheckFindings,
): Promise<Bilingual[]> {
  const words: Bilingual[] = [];
  if (settings.asOf === undefined) {
    const day = delivery.inspection.fileDay;
    words.push({
      zh: `资料截止日期取文件日期 ${day};可用 --as-of 指定`,
      en: `the data is taken to be as of ${day}, the day of the file; give another with --as-of`,
    });
  }
  if (settings.classification === undefined && standing.classification !== null) {
    words.push({
      zh: `密级沿用现有数据的 ${standing.classification};可用 --classification 指定`,
      en: `the classification stays ${standing.classification}, as that of the data there is; give another with --classification`,
    });
  }
  if (layer.id !== 'mine_sites') return words;
  if (standing.has_sample) {
    words.push({
      zh: '示意矿山连同其图斑、进展记录和留痕链一并清除;任务下达数不变',
      en: 'the sample mine sites go with their patches, events and chain; the assigned base of the campaign stays',
    });
  }
  if (staged.mode === 'upsert') {
    const [kept] = await client.query<{ patched: number; marked: number }>(
      upsertKeepsSql(staged.table),
      [],
      bulk,
    );
    if (staged.patches === null && (kept?.patched ?? 0) > 0) {
      words.push({
        zh: `${kept?.patched} 座矿山已有图斑,范围仍取图斑的并集`,
        en: `${kept?.patched} sites have patches, the union of which stays their extent`,
      });
    }
    if ((kept?.marked ?? 0) > 0) {
      words.push({
        zh: `${kept?.marked} 座矿山已有进展记录,状态、进度和治理面积以记录为准,不被覆盖`,
        en: `${kept?.marked} sites have progress events, which their status, progress and treated area keep to`,
      });
    }
  }
  return words;
}

function ownWarnings({ layer, delivery, settings, staged, standing }: CheckFindings): Bilingual[] {
  const words: Bilingual[] = [];
  if (delivery.positionDoubt !== null) {
    const name = positionDoubtNames[delivery.positionDoubt];
    words.push({
      zh: `坐标是${name.zh},未作换算,位置整体有偏移;数据集将始终标明“位置存疑”`,
      en: `the coordinates are ${name.en} and not transformed: every position is off; the dataset is marked so for good`,
    });
  }
  if (classificationOf(settings.classification, standing) === null) {
    words.push({
      zh: '尚未说明密级,导入前必须给出(--classification internal、public 或 on_request)',
      en: 'the classification is not given yet; the import needs it (--classification internal, public or on_request)',
    });
  }
  if (layer.id === 'mine_sites' && staged.mode === 'replace' && standing.official_patches > 0) {
    words.push({
      zh: `现有 ${standing.official_patches} 个正式图斑随矿山一并移除,需要时请再导入图斑`,
      en: `the ${standing.official_patches} official patches there are go with their sites; import the patches again where they are needed`,
    });
  }
  if (layer.id === 'mine_patches' && staged.mode === 'replace') {
    words.push({
      zh: '没有图斑的矿山将没有范围(矿山范围是其图斑的并集)',
      en: 'sites that get no patch will have no extent (the extent of a site is the union of its patches)',
    });
  }
  return words;
}
