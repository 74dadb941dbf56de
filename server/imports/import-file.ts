/**
 * The steps of an import, the same for the command line and the service: read the delivered files, check (stage and
 * judge every row, with the report of what an import would do), finish (swap the staged rows in) or drop.
 */
import type { ImportReport, ImportSettings } from '../../geodata/contract/imports.ts';
import { findLayer } from '../catalogue/find-layer.ts';
import type { Context } from '../context.ts';
import { analyze } from '../db/analyze.ts';
import { UnprocessableError } from '../errors.ts';
import { checkedRows } from './check-delivery.ts';
import { roomRefusal } from './database-refusal.ts';
import { describeCheck } from './describe-check.ts';
import type { ImportOrder } from './import-order.ts';
import { ImportRefusedError } from './import-report.ts';
import type { Delivery, ReadChoices, StagedRows } from './import-steps.ts';
import type { StepReporter } from './job-steps.ts';
import { judgeStaged } from './judge-staged.ts';
import { tablesTouchedBy } from './mine-layers.ts';
import { planRows } from './plan-rows.ts';
import { readDelivery } from './read-delivery.ts';
import { readStanding, requireClassification, requireMode, requirePosition } from './settle-order.ts';
import { dropStaged, stageDelivery } from './stage-delivery.ts';
import { lockFamily, swapRows } from './swap-rows.ts';
import { createWorkFolder } from './work-folder.ts';

export { dropStaged } from './stage-delivery.ts';

const bulk = { class: 'bulk' } as const;

/** Lays out and reads files into `folder`, which the caller removes. Throws a LantuError for what cannot be read. */
export function readFiles(
  { region }: Pick<Context, 'region'>,
  files: readonly string[],
  choices: ReadChoices,
  folder: string,
  reporter: StepReporter,
): Promise<Delivery> {
  return roomRefusal(readDelivery(files, folder, choices, region, reporter));
}

/**
 * Stages every row and judges it; nothing of the layer changes. The report says what an import would do, with all rejected
 * rows. Throws a LantuError where the file cannot go into the layer at all, and `signal.reason` when aborted; nothing is
 * staged then. The caller ends with finishImport or dropStaged.
 */
export async function checkImport(
  context: Context,
  delivery: Delivery,
  settings: ImportSettings,
  reporter: StepReporter,
): Promise<{ report: ImportReport; staged: StagedRows }> {
  const layer = findLayer(context.catalogue, settings.layerId, 'layerId');
  const mode = settings.mode ?? 'replace';
  requirePosition(layer, delivery.positionDoubt);
  const standing = await readStanding(context.database, layer.id);
  requireMode(layer, mode, standing);
  const { partProblem, rowCount } = delivery.inspection;
  if (partProblem !== null) throw new UnprocessableError(partProblem, { field: 'part' });
  if (rowCount === 0) throw emptyFile();
  const plan = await planRows(context.database, layer, delivery, settings);
  const stream = checkedRows(delivery, plan, context.region, reporter.signal);
  const staged = await roomRefusal(stageDelivery(context.database, plan, mode, stream, rowCount, reporter));
  try {
    const assumptions = stream.assumptions();
    const findings = { layer, delivery, plan, settings, staged, standing, assumptions };
    return { staged, report: await describeCheck(context.database, findings) };
  } catch (error) {
    await dropStaged(context, staged);
    throw error;
  }
}

/**
 * Makes the staged rows features of the layer, in one short transaction, and gives the completed report. Throws
 * ImportRefusedError while rows are rejected and nobody said to leave them out, another LantuError where the layer may
 * not be changed so; the layer is then as it was. The staged rows are gone afterwards, unless it throws.
 */
export async function finishImport(
  context: Context,
  staged: StagedRows,
  report: ImportReport,
  settings: ImportSettings,
  actor: string,
  signal: AbortSignal,
): Promise<ImportReport> {
  const layer = findLayer(context.catalogue, staged.layerId, 'layerId');
  if (report.problems.length > 0 && settings.skipRejected !== true) throw new ImportRefusedError(report);
  if (staged.featureCount === 0) throw nothingLeft();
  const finished = await roomRefusal(
    context.database.transaction(
      async (client) => {
        await lockFamily(client, layer.id);
        // Another import may have come between the check and this moment.
        const standing = await readStanding(client, layer.id);
        requireMode(layer, staged.mode, standing);
        const classification = requireClassification(settings.classification, standing, layer);
        const problems = await judgeStaged(client, layer, staged.table, staged.mode);
        if (problems.length > 0) throw new ImportRefusedError({ ...report, problems });
        signal.throwIfAborted();
        // So that rows with their shapes are put in order without a file on the disk.
        if (context.database.engine === 'server') await client.query(`set local work_mem = '64MB'`, [], bulk);
        const stored = await swapRows(client, {
          staged,
          report,
          title: settings.title ?? layer.title.zh,
          source: settings.source ?? report.file,
          classification,
          actor,
        });
        signal.throwIfAborted();
        return stored;
      },
      { class: 'bulk' },
    ),
  );
  // The import stands: what fails from here on must not be told as its failure.
  try {
    await dropStaged(context, staged);
    await analyze(context.database, tablesTouchedBy(layer.id));
  } catch (error) {
    context.log.warn({ err: error }, 'an import is done, but could not be tidied up after');
  }
  return finished;
}

/** All steps in a row, for the command line. Throws as they do; after a dry run, and after an error, the layer is as it was. */
export async function importFile(
  context: Context,
  order: ImportOrder,
  reporter: StepReporter,
): Promise<ImportReport> {
  const { settings } = order;
  const layer = findLayer(context.catalogue, settings.layerId, 'layerId');
  const standing = await readStanding(context.database, layer.id);
  requireMode(layer, settings.mode ?? 'replace', standing);
  if (!order.isDryRun) requireClassification(settings.classification, standing, layer);
  const folder = await roomRefusal(createWorkFolder(context.config.dataDir));
  try {
    const { part, crs, encoding } = settings;
    const delivery = await readFiles(context, order.files, { part, crs, encoding }, folder.path, reporter);
    const { report, staged } = await checkImport(context, delivery, settings, reporter);
    try {
      if (report.problems.length > 0 && settings.skipRejected !== true) throw new ImportRefusedError(report);
      if (order.isDryRun) return report;
      reporter.signal.throwIfAborted();
      reporter.report({
        zh: `正在写入 ${staged.featureCount} 个要素`,
        en: `Writing ${staged.featureCount} features`,
      });
      return await finishImport(context, staged, report, settings, order.actor, reporter.signal);
    } finally {
      await dropStaged(context, staged);
    }
  } finally {
    await folder.remove();
  }
}

function emptyFile(): UnprocessableError {
  return new UnprocessableError({
    zh: '文件中没有任何要素,没有导入。请检查是否导出了正确的图层。',
    en: 'The file holds no features and nothing was imported; check that the right layer was exported.',
  });
}

function nothingLeft(): UnprocessableError {
  return new UnprocessableError({
    zh: '没有一行可以导入,图层保持原样。',
    en: 'Not one row can be imported; the layer is as it was.',
  });
}
