/** What is kept beside an import so that it can be taken back: in stage.take_back, with former rows in tables of their own. */
import { z } from 'zod';
import type { Queryable } from '../db/database.ts';
import { stagedTable } from '../db/layer-stage-sql.ts';
import { namedSql } from '../db/named-sql.ts';

const bulk = { class: 'bulk' } as const;

/** Imports of a layer that can be taken back, newest first; the former rows of older ones are dropped. */
export const keptImports = 10;

const standingDatasetSchema = z.object({
  id: z.string(),
  layerId: z.string(),
  kind: z.enum(['sample', 'official']),
  featureCount: z.number(),
});
export type StandingDataset = z.infer<typeof standingDatasetSchema>;

const keptSchema = z.object({
  /** Datasets that stood, of the layer and of those it takes along. */
  datasets: z.array(standingDatasetSchema),
  /** Last event of every chain, by dataset. */
  chains: z.record(z.string(), z.string()),
  campaignSites: z.array(z.object({ campaignId: z.string(), siteCode: z.string() })),
  /** Null: the layer had no setting of its own. */
  settings: z.array(z.object({ layerId: z.string(), anonymousRead: z.boolean().nullable() })),
  /** Table in schema `stage` with former rows, by layer; a layer without one lost or changed none. */
  former: z.record(z.string(), z.string()),
  /** Dataset of the patches that came with the sites. */
  patchesDatasetId: z.string().nullable(),
  /** The sample mines stood here: they come back by being made again. */
  isOverSampleMines: z.boolean(),
});
export type Kept = z.infer<typeof keptSchema>;

/** Stores what was kept and drops that of imports beyond the last ones of the layer. */
export async function keepForTakingBack(
  client: Queryable,
  datasetId: string,
  layerId: string,
  kept: Kept,
): Promise<void> {
  await client.query(namedSql('imports/store-take-back'), [datasetId, layerId, JSON.stringify(kept)], bulk);
  const old = await client.query<{ dataset_id: string; kept: unknown }>(
    namedSql('imports/drop-old-take-backs'),
    [layerId, keptImports],
    bulk,
  );
  for (const row of old) await dropFormer(client, keptSchema.parse(row.kept));
}

/** What is kept of an import; null where it is no longer. */
export async function readKept(client: Queryable, datasetId: string): Promise<Kept | null> {
  const [row] = await client.query<{ kept: unknown }>(namedSql('imports/read-take-back'), [datasetId], bulk);
  return row === undefined ? null : keptSchema.parse(row.kept);
}

/** Drops what is kept of one import, after it was taken back. */
export async function forgetKept(client: Queryable, datasetId: string, kept: Kept): Promise<void> {
  await client.query(namedSql('imports/forget-take-back'), [datasetId], bulk);
  await dropFormer(client, kept);
}

async function dropFormer(client: Queryable, { former }: Kept): Promise<void> {
  for (const table of Object.values(former)) {
    await client.query(`drop table if exists ${stagedTable(table)}`, [], bulk);
  }
}
