/**
 * Takes an import back (撤回): the layer, its datasets, counts, listings and setting are afterwards as they were before.
 * The newest import of a layer goes first, and only while nothing was marked or edited on its features since.
 */
import type { LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context } from '../context.ts';
import { analyze } from '../db/analyze.ts';
import type { Queryable } from '../db/database.ts';
import {
  measuredRowsOfSql,
  removeImportedSql,
  restoreFormerSql,
  revertToFormerSql,
} from '../db/layer-swap-sql.ts';
import { namedSql } from '../db/named-sql.ts';
import { ConflictError, NotFoundError } from '../errors.ts';
import { forgetKept, type Kept } from './kept-state.ts';
import { makeSampleMines, restoreSampleMines } from './load-sample-mines.ts';
import { layerOf, patchLayer, siteLayer, tablesTouchedBy } from './mine-layers.ts';
import { lockFamily } from './swap-rows.ts';
import { readTakeBack } from './take-back-refusal.ts';

const bulk = { class: 'bulk' } as const;

/**
 * Takes dataset `datasetId` back, audited under `actor`. Throws NotFoundError for a dataset there is not, ConflictError
 * with the reason where it cannot be taken back; nothing has changed then.
 */
export async function takeBack(context: Context, datasetId: string, actor: string): Promise<void> {
  const { database, region } = context;
  const before = await requireTakeBack(database, datasetId);
  // Made before the transaction: it takes seconds, and readers of the embedded engine would wait.
  const sample = before.kept.isOverSampleMines ? makeSampleMines(region) : null;
  await database.transaction(
    async (client) => {
      await lockFamily(client, before.layerId);
      const { layerId, kept } = await requireTakeBack(client, datasetId);
      if (layerId === 'mine_sites') await revertSites(client, datasetId, kept);
      else if (layerId === 'mine_patches') await revertPatches(client, datasetId, kept);
      else await revertLayer(client, layerOf(layerId), datasetId, kept);
      if (sample !== null) await restoreSampleMines(client, sample, kept.datasets);
      await restoreDatasets(client, datasetId, kept);
      await restoreSettings(client, kept);
      if (layerId === 'mine_sites') await restoreListings(client, kept);
      await forgetKept(client, datasetId, kept);
      await recordAudit(client, { actor, action: 'take-back', subject: layerId, detail: { datasetId } });
    },
    { class: 'bulk' },
  );
  await analyze(database, tablesTouchedBy(before.layerId));
}

async function requireTakeBack(
  client: Queryable,
  datasetId: string,
): Promise<{ layerId: string; kept: Kept }> {
  const found = await readTakeBack(client, datasetId);
  if (found === null) {
    throw new NotFoundError(
      { zh: `没有数据集 ${datasetId}。`, en: `There is no dataset ${datasetId}.` },
      { field: 'dataset' },
    );
  }
  if (found.refusal !== null || found.kept === null) {
    const why = found.refusal ?? { zh: '', en: '' };
    throw new ConflictError(
      {
        zh: `不能撤回数据集 ${datasetId}:${why.zh}`,
        en: `Dataset ${datasetId} cannot be taken back: ${why.en}`,
      },
      { field: 'dataset' },
    );
  }
  return { layerId: found.layerId, kept: found.kept };
}

/** Removes what the import brought and gives back what it overwrote or removed. */
async function revertLayer(
  client: Queryable,
  layer: LayerDefinition,
  datasetId: string,
  kept: Kept,
): Promise<void> {
  await removeImported(client, layer, datasetId, kept);
  await restoreFormer(client, layer, kept);
  await revertStanding(client, layer, kept);
}

/** Patches go before their sites and come back after them; the shapes of sites, which follow the patches, come last. */
async function revertSites(client: Queryable, datasetId: string, kept: Kept): Promise<void> {
  if (kept.patchesDatasetId !== null) await removeImported(client, patchLayer(), kept.patchesDatasetId, kept);
  await removeImported(client, siteLayer(), datasetId, kept);
  await restoreFormer(client, siteLayer(), kept);
  await restoreFormer(client, patchLayer(), kept);
  await revertStanding(client, patchLayer(), kept);
  await revertStanding(client, siteLayer(), kept);
}

/** Of the sites only what followed from their patches is given back. */
async function revertPatches(client: Queryable, datasetId: string, kept: Kept): Promise<void> {
  await revertLayer(client, patchLayer(), datasetId, kept);
  const shape = ['geom', 'anchor', 'area_m2', 'patch_count', 'updated_at'];
  await revertStanding(client, siteLayer(), kept, shape);
}

async function removeImported(
  client: Queryable,
  layer: LayerDefinition,
  datasetId: string,
  kept: Kept,
): Promise<void> {
  await client.query(removeImportedSql(layer, kept.former[layer.id] ?? null), [datasetId], bulk);
}

async function restoreFormer(client: Queryable, layer: LayerDefinition, kept: Kept): Promise<void> {
  const former = kept.former[layer.id];
  if (former === undefined) return;
  await client.query(measuredRowsOfSql(layer, 'former'), [], bulk);
  await client.query(restoreFormerSql(layer, former, await storedColumns(client, layer)), [], bulk);
  await client.query(measuredRowsOfSql(null), [], bulk);
}

async function revertStanding(
  client: Queryable,
  layer: LayerDefinition,
  kept: Kept,
  columns?: readonly string[],
): Promise<void> {
  const former = kept.former[layer.id];
  if (former === undefined) return;
  await client.query(measuredRowsOfSql(layer, 'former'), [], bulk);
  await client.query(
    revertToFormerSql(layer, former, columns ?? (await storedColumns(client, layer))),
    [],
    bulk,
  );
  await client.query(measuredRowsOfSql(null), [], bulk);
}

async function storedColumns(client: Queryable, { table }: LayerDefinition): Promise<string[]> {
  const rows = await client.query<{ name: string }>(
    namedSql('imports/stored-columns'),
    [table.schema, table.name],
    bulk,
  );
  return rows.map(({ name }) => name);
}

async function restoreDatasets(
  client: Queryable,
  datasetId: string,
  { datasets, patchesDatasetId }: Kept,
): Promise<void> {
  const gone = patchesDatasetId === null ? [datasetId] : [datasetId, patchesDatasetId];
  await client.query(namedSql('imports/retire-taken-back'), [gone], bulk);
  await client.query(
    namedSql('imports/restore-datasets'),
    [datasets.map(({ id }) => id), datasets.map(({ featureCount }) => featureCount)],
    bulk,
  );
}

async function restoreSettings(client: Queryable, { settings }: Kept): Promise<void> {
  await client.query(
    namedSql('imports/restore-settings'),
    [settings.map(({ layerId }) => layerId), settings.map(({ anonymousRead }) => anonymousRead)],
    bulk,
  );
}

/** Sites are listed in the campaigns they were listed in. */
async function restoreListings(client: Queryable, { campaignSites }: Kept): Promise<void> {
  await client.query(
    namedSql('imports/restore-campaign-sites'),
    [campaignSites.map(({ campaignId }) => campaignId), campaignSites.map(({ siteCode }) => siteCode)],
    bulk,
  );
}
