/**
 * Staged rows become features of the layer in one short transaction: what stood is kept aside for taking the import
 * back, the rows are written, dataset, counts, setting and trace with them. All of it or nothing.
 */
import type { LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import type { Classification, ImportMode, ImportReport } from '../../geodata/contract/imports.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { countForPlanner } from '../db/analyze.ts';
import type { Queryable } from '../db/database.ts';
import { carryTreatedSql, keptPatchColumns, keptSiteColumns } from '../db/kept-site-columns.ts';
import { quoteIdentifier } from '../db/layer-sql.ts';
import { stagedTable } from '../db/layer-stage-sql.ts';
import {
  type ColumnDefaults,
  indexFormerSql,
  insertStagedSql,
  keepFormerSql,
  measuredRowsOfSql,
  recountDatasetsSql,
  removeAllSql,
  updateStagedSql,
} from '../db/layer-swap-sql.ts';
import { namedSql } from '../db/named-sql.ts';
import { UnprocessableError } from '../errors.ts';
import { createDataset, finishDataset } from './datasets.ts';
import type { StagedRows } from './import-steps.ts';
import { type Kept, keepForTakingBack, type StandingDataset } from './kept-state.ts';
import { familyOf, layerOf, patchLayer, touchedBy } from './mine-layers.ts';

const bulk = { class: 'bulk' } as const;

export type SwapOrder = {
  staged: StagedRows;
  report: ImportReport;
  title: string;
  source: string;
  classification: Classification;
  actor: string;
};

/** The report with what became of it, and the id of the dataset. Run it inside a transaction, after lockFamily. */
export async function swapRows(client: Queryable, order: SwapOrder): Promise<ImportReport> {
  const { staged, report } = order;
  const layer = layerOf(staged.layerId);
  await requireStaged(client, staged);
  const kept = await describeKept(client, layer.id);
  const isOverSampleMines = layer.id === 'mine_sites' && kept.datasets.some(({ kind }) => kind === 'sample');
  if (isOverSampleMines) {
    await client.query(namedSql('imports/clear-sample-mines'), [order.actor], bulk);
    kept.isOverSampleMines = true;
  }
  const datasetId = await createDataset(client, describeDataset(layer, order));
  const siteCounts = await writeLayer(client, layer, staged, datasetId, kept, {
    isCleared: isOverSampleMines,
  });
  const featureCount = siteCounts.inserted + siteCounts.updated;
  if (staged.patches !== null) {
    kept.patchesDatasetId = await createDataset(client, describeDataset(patchLayer(), order));
    const patches = { ...staged, ...staged.patches, layerId: 'mine_patches' };
    const counts = await writeLayer(client, patchLayer(), patches, kept.patchesDatasetId, kept, {
      isCleared: staged.mode === 'replace',
    });
    await finishDataset(client, kept.patchesDatasetId, {
      featureCount: counts.inserted + counts.updated,
      report,
    });
  }
  if (featureCount !== staged.featureCount)
    throw new Error(`${staged.featureCount} rows were staged, ${featureCount} stored`);
  const finished: ImportReport = {
    ...report,
    isDryRun: false,
    datasetId,
    featureCount,
    insertedCount: siteCounts.inserted,
    updatedCount: siteCounts.updated,
    removedCount: siteCounts.removed,
    classification: order.classification,
    assumptions: [...report.assumptions],
  };
  if (layer.id === 'mine_sites') finished.assumptions.push(...(await listInCampaign(client, datasetId)));
  finished.assumptions.push(...(await closeToAnonymous(client, kept, layer.id)));
  await finishDataset(client, datasetId, { featureCount, report: finished });
  await keepForTakingBack(client, datasetId, layer.id, kept);
  await recordAudit(client, {
    actor: order.actor,
    action: 'import',
    subject: layer.id,
    detail: auditDetail(finished),
  });
  return finished;
}

/**
 * Waits until no other import or taking back changes the layer and, of the mine layers, nobody marks a site; then nobody
 * does until the end of the transaction. Chains before features, as writers of events do: one is opened where there is
 * none yet, for whoever marks the first site of a dataset meanwhile would open one nobody waits for.
 */
export async function lockFamily(client: Queryable, layerId: string): Promise<void> {
  const [first = ''] = familyOf(layerId);
  await client.query(namedSql('imports/lock-layer'), [first], bulk);
  if (first === 'mine_sites') await client.query(namedSql('imports/open-chains'), [], bulk);
  await client.query(namedSql('imports/lock-chains'), [], bulk);
}

/** A table that was swept or emptied (a crash of the database empties it) must not pass for an empty delivery. */
async function requireStaged(client: Queryable, staged: StagedRows): Promise<void> {
  const tables = [staged, ...(staged.patches === null ? [] : [staged.patches])];
  for (const { table, featureCount } of tables) {
    const [found] = await client.query<{ exists: boolean }>(
      `select to_regclass($1) is not null as exists`,
      [stagedTable(table)],
      bulk,
    );
    const [counted] = found?.exists
      ? await client.query<{ count: number }>(
          `select count(*)::integer as count from ${stagedTable(table)}`,
          [],
          bulk,
        )
      : [];
    if (counted?.count === featureCount) continue;
    throw new UnprocessableError({
      zh: '预检过的数据已不在数据库中(数据库可能重新启动过),没有导入,图层保持原样。请重新预检。',
      en: 'The checked rows are no longer in the database (it may have restarted); nothing was imported and the layer is as it was. Check the file again.',
    });
  }
}

async function describeKept(client: Queryable, layerId: string): Promise<Kept> {
  const layerIds = touchedBy(layerId);
  const chains = await client.query<{ dataset_id: string; last_seq: string }>(
    namedSql('imports/lock-chains'),
    [],
    bulk,
  );
  const datasets = await client.query<StandingRow>(namedSql('imports/standing-datasets'), [layerIds], bulk);
  const links =
    layerId === 'mine_sites'
      ? await client.query<LinkRow>(namedSql('imports/list-campaign-sites'), [], bulk)
      : [];
  const settings = await client.query<SettingRow>(namedSql('imports/layer-settings'), [layerIds], bulk);
  return {
    datasets: datasets.map(
      (row): StandingDataset => ({
        id: row.id,
        layerId: row.layer_id,
        kind: row.kind,
        featureCount: row.feature_count,
      }),
    ),
    chains: Object.fromEntries(chains.map((row) => [row.dataset_id, row.last_seq])),
    campaignSites: links.map((row) => ({ campaignId: row.campaign_id, siteCode: row.site_code })),
    settings: layerIds.map((id) => ({
      layerId: id,
      anonymousRead: settings.find((row) => row.layer_id === id)?.anonymous_read ?? null,
    })),
    former: {},
    patchesDatasetId: null,
    isOverSampleMines: false,
  };
}

type StandingRow = { id: string; layer_id: string; kind: 'sample' | 'official'; feature_count: number };
type LinkRow = { campaign_id: string; site_code: string };
type SettingRow = { layer_id: string; anonymous_read: boolean };

function describeDataset(
  layer: LayerDefinition,
  { report, staged, title, source, classification }: SwapOrder,
) {
  return {
    layerId: layer.id,
    kind: 'official' as const,
    title: layer.id === staged.layerId ? title : `${title}(${layer.title.zh})`,
    source,
    asOf: report.asOf,
    classification,
    mode: staged.mode,
    positionDoubt: report.positionDoubt,
    file: {
      name: report.file,
      sha256: report.sha256,
      crs: report.crs.srid === null ? report.crs.name.zh : `EPSG:${report.crs.srid}`,
      encoding: report.encoding,
    },
  };
}

type Counts = { inserted: number; updated: number; removed: number };

const keptColumns: Record<string, () => ReadonlyMap<string, string>> = {
  mine_sites: keptSiteColumns,
  mine_patches: keptPatchColumns,
};

/** Writes one staged table into its layer; what stood there is in `former_<dataset>` afterwards (see Kept.former). */
async function writeLayer(
  client: Queryable,
  layer: LayerDefinition,
  { table, columns, mode }: Pick<StagedRows, 'table' | 'columns' | 'mode'>,
  datasetId: string,
  kept: Kept,
  { isCleared }: { isCleared: boolean },
): Promise<Counts> {
  const count = async (text: string, params: unknown[] = []): Promise<number> =>
    (await client.query<{ count: number }>(text, params, bulk))[0]?.count ?? 0;
  const run = (text: string): Promise<unknown> => client.query(text, [], bulk);
  const defaults = await columnDefaults(client, layer);
  const imported = [datasetId, 'official'];
  let former: string | null = null;
  let removed = isCleared
    ? kept.datasets
        .filter(({ layerId }) => layerId === layer.id)
        .reduce((sum, { featureCount }) => sum + featureCount, 0)
    : 0;
  let updated = 0;
  if (mode !== 'append' && !isCleared) {
    former = `former_${datasetId}`;
    kept.former[layer.id] = former;
    await run(keepFormerSql(layer, former, mode === 'replace' ? null : table));
    await run(indexFormerSql(layer, former));
  }
  if (layer.id === 'mine_patches' || (layer.id === 'mine_sites' && mode === 'replace' && !isCleared)) {
    await keepOtherMineLayer(client, layer, datasetId, kept);
  }
  if (mode === 'replace' && !isCleared) {
    await client.query(namedSql('imports/retire-datasets'), [kept.datasets.map(({ id }) => id)], bulk);
    removed = await count(removeAllSql(layer));
  }
  for (const made of former === null ? [table] : [table, former])
    await countForPlanner(client, stagedTable(made), quoteIdentifier(layer.table.code));
  await run(measuredRowsOfSql(layer));
  if (mode === 'upsert') {
    const keptWhere = keptColumns[layer.id]?.() ?? new Map<string, string>();
    updated = await count(updateStagedSql(layer, table, columns, defaults, keptWhere), imported);
  }
  const inserted = await count(insertStagedSql(layer, table, defaults, former), imported);
  await run(measuredRowsOfSql(null));
  if (layer.id === 'mine_patches' && former !== null)
    await client.query(carryTreatedSql(former), [datasetId], bulk);
  if (mode === 'upsert') await client.query(recountDatasetsSql(layer), [datasetId], bulk);
  return { inserted, updated, removed };
}

/** Replacing sites takes their patches along; patches reshape their sites. */
async function keepOtherMineLayer(
  client: Queryable,
  layer: LayerDefinition,
  datasetId: string,
  kept: Kept,
): Promise<void> {
  const other = layer.id === 'mine_sites' ? 'mine_patches' : 'mine_sites';
  if (kept.former[other] !== undefined || kept.isOverSampleMines) return;
  const former = `former_${datasetId}_${other}`;
  kept.former[other] = former;
  await client.query(keepFormerSql(layerOf(other), former, null), [], bulk);
}

async function columnDefaults(client: Queryable, { table }: LayerDefinition): Promise<ColumnDefaults> {
  const rows = await client.query<{ column_name: string; column_default: string }>(
    namedSql('imports/column-defaults'),
    [table.schema, table.name],
    bulk,
  );
  return new Map(rows.map((row) => [row.column_name, row.column_default]));
}

async function listInCampaign(client: Queryable, datasetId: string): Promise<ImportReport['assumptions']> {
  const [listed] = await client.query<{ name: string; count: number }>(
    namedSql('imports/link-campaign-sites'),
    [datasetId],
    bulk,
  );
  if (listed === undefined || listed.count === 0) return [];
  return [
    {
      zh: `${listed.count} 座矿山列入任务“${listed.name}”的台账;任务下达数不变`,
      en: `${listed.count} sites are listed in the campaign "${listed.name}"; its assigned base stays as it is`,
    },
  ];
}

async function closeToAnonymous(
  client: Queryable,
  kept: Kept,
  layerId: string,
): Promise<ImportReport['assumptions']> {
  const layerIds = touchedBy(layerId);
  const wereClosed = kept.settings.every(({ anonymousRead }) => anonymousRead === false);
  await client.query(namedSql('imports/close-layers'), [layerIds], bulk);
  if (wereClosed) return [];
  return [
    {
      zh: '图层现为正式数据,未登录者不再能查看',
      en: 'the layer now holds official data and can no longer be read without signing in',
    },
  ];
}

function auditDetail(report: ImportReport): object {
  const { file, sha256, mode, datasetId, featureCount, insertedCount, updatedCount, removedCount } = report;
  const skipped = new Set(report.problems.map(({ row }) => row)).size;
  return {
    file,
    sha256,
    mode: mode satisfies ImportMode,
    datasetId,
    featureCount,
    insertedCount,
    updatedCount,
    removedCount,
    skipped,
  };
}
