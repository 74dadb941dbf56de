/** All rows of a delivery into staged tables, with every problem found; and the tables away again. */
import { availableParallelism } from 'node:os';
import type { Bilingual, LayerDefinition } from '../../geodata/catalogue/layer-definition.ts';
import type { ImportMode, RowProblem } from '../../geodata/contract/imports.ts';
import type { Context } from '../context.ts';
import type { Database } from '../db/database.ts';
import { createStagedSql, rejectRowsSql, stagedTable } from '../db/layer-stage-sql.ts';
import { filledColumns } from '../db/layer-swap-sql.ts';
import { orphanPatchesSql } from '../db/staged-faults-sql.ts';
import type { CheckedRow, RowPlan, RowStream, StagedRows } from './import-steps.ts';
import type { StepReporter } from './job-steps.ts';
import { judgeStaged } from './judge-staged.ts';
import { patchLayer } from './mine-layers.ts';
import { shiftedPositions } from './shifted-positions.ts';
import { createStager, type Stager } from './stage-rows.ts';
import { stagingOwner } from './staging-owner.ts';
import { createLanes } from './work-lanes.ts';

const bulk = { class: 'bulk' } as const;

/** Connections of a server that one import takes at most: others wait for the rest. */
const mostLanes = 4;

/** Throws `reporter.signal.reason` when aborted; whatever it throws, nothing stays staged. */
export async function stageDelivery(
  database: Database,
  plan: RowPlan,
  mode: ImportMode,
  stream: RowStream,
  rowCount: number,
  reporter: StepReporter,
): Promise<StagedRows> {
  const { layer } = plan;
  const features = await openStage(database, layer);
  let patches: Stage | null = null;
  const patchFields = new Set<string>();
  const problems: RowProblem[] = [];
  const repairs: RowProblem[] = [];
  // Measuring takes the database longer than checking takes this process.
  const lanes = createLanes(database.engine === 'server' ? Math.min(mostLanes, availableParallelism()) : 1);
  try {
    for await (const batch of stream.batches) {
      reporter.signal.throwIfAborted();
      problems.push(...batch.problems);
      repairs.push(...batch.repairs);
      const into = async ({ stager }: Stage, rows: readonly CheckedRow[]): Promise<void> => {
        const found = await stager.add(rows);
        problems.push(...found.problems);
        repairs.push(...found.repairs);
      };
      await lanes.start(() => into(features, batch.rows));
      if (batch.patches.length > 0) {
        const opened: Stage = patches ?? (await openStage(database, patchLayer()));
        patches = opened;
        for (const name of Object.keys(batch.patches[0]?.properties ?? {})) patchFields.add(name);
        await lanes.start(() => into(opened, batch.patches));
      }
      reporter.report(
        {
          zh: `已检查 ${batch.rowsRead} / ${rowCount} 行`,
          en: `Checked ${batch.rowsRead} of ${rowCount} rows`,
        },
        { done: batch.rowsRead, total: rowCount },
      );
    }
    await lanes.settle();
    reporter.signal.throwIfAborted();
    problems.push(...(await rejectFaulty(database, layer, features, mode)));
    if (patches !== null) problems.push(...(await rejectFaultyPatches(database, features, patches, mode)));
    return {
      layerId: layer.id,
      mode,
      table: features.table,
      columns: filledColumns(layer, new Set(Object.keys(plan.columns))),
      featureCount: await countOf(database, features.table),
      patches:
        patches === null
          ? null
          : {
              table: patches.table,
              columns: filledColumns(patchLayer(), patchFields),
              featureCount: await countOf(database, patches.table),
            },
      problems: inOrder(problems),
      repairs: inOrder(repairs),
      warnings: [...stream.warnings(), ...(await shiftedPositions(database, layer, features.table))],
    };
  } catch (error) {
    await lanes.settle().catch(() => undefined);
    await dropTables(database, [features.table, ...(patches === null ? [] : [patches.table])]);
    throw error;
  }
}

type Stage = { table: string; stager: Stager };

async function openStage(database: Database, layer: LayerDefinition): Promise<Stage> {
  const table = await stagingOwner(database).claim();
  try {
    await database.query(createStagedSql(layer, table), [], bulk);
  } catch (error) {
    stagingOwner(database).release(table);
    throw error;
  }
  return { table, stager: createStager(database, layer, table) };
}

async function rejectFaulty(
  database: Database,
  layer: LayerDefinition,
  { table }: Stage,
  mode: ImportMode,
): Promise<RowProblem[]> {
  const problems = await judgeStaged(database, layer, table, mode);
  if (problems.length > 0) await database.query(rejectRowsSql(table), [problems.map(({ row }) => row)], bulk);
  return problems;
}

/** Patches stand with their site: one whose site was rejected goes with it. */
async function rejectFaultyPatches(
  database: Database,
  sites: Stage,
  patches: Stage,
  mode: ImportMode,
): Promise<RowProblem[]> {
  const problems = await judgeStaged(database, patchLayer(), patches.table, mode, sites.table);
  const orphans = await database.query<{ row: number; code: string; site_code: string }>(
    orphanPatchesSql(patches.table, sites.table),
    [],
    bulk,
  );
  for (const { row, code, site_code: site } of orphans) {
    problems.push({ row, code, reason: withSite(site) });
  }
  if (problems.length > 0) {
    await database.query(rejectRowsSql(patches.table), [problems.map(({ row }) => row)], bulk);
  }
  return problems;
}

function withSite(site: string): Bilingual {
  return {
    zh: `所属矿山 ${site} 不能导入,图斑随之不能导入`,
    en: `its site ${site} cannot be imported, and so neither can the patch`,
  };
}

async function countOf(database: Database, table: string): Promise<number> {
  const [row] = await database.query<{ count: number }>(
    `select count(*)::integer as count from ${stagedTable(table)}`,
    [],
    bulk,
  );
  return row?.count ?? 0;
}

function inOrder(problems: readonly RowProblem[]): RowProblem[] {
  return problems.toSorted((a, b) => a.row - b.row);
}

/** Drops staged rows that were given up or swapped in; does nothing where they are gone already. */
export async function dropStaged({ database }: Pick<Context, 'database'>, staged: StagedRows): Promise<void> {
  await dropTables(database, [staged.table, ...(staged.patches === null ? [] : [staged.patches.table])]);
}

async function dropTables(database: Database, tables: readonly string[]): Promise<void> {
  for (const table of tables) {
    try {
      await database.query(`drop table if exists ${stagedTable(table)}`, [], bulk);
    } finally {
      stagingOwner(database).release(table);
    }
  }
}
