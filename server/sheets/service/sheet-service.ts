/**
 * Sheets as the routes and the command order them: planned at once, one drawn while the caller waits, or as a job. Holds
 * the drawing threads and the queues before them.
 */
import { join } from 'node:path';
import type {
  SheetFormat,
  SheetOrder,
  SheetPlanResponse,
  SheetSpec,
} from '../../../geodata/contract/sheets.ts';
import { recordAudit } from '../../audit/record-audit.ts';
import type { Context } from '../../context.ts';
import { UnprocessableError } from '../../errors.ts';
import { createWorkFolder } from '../../imports/work-folder.ts';
import { pngSize } from '../writers/png-size.ts';
import { auditOfSheet } from './audit-of-sheet.ts';
import { createDrawPool, type DrawPool, usualPoolBounds } from './draw-pool.ts';
import { createFairQueue } from './fair-queue.ts';
import { makeSeries } from './make-series.ts';
import { type MadeSheet, makeSheet } from './make-sheet.ts';
import { refuseBlocked } from './refuse-blocked.ts';
import { sheetContentTypes } from './sheet-file-name.ts';
import { createSheetJobs, type MadeFile, type OrderReporter, type SheetJobs } from './sheet-jobs.ts';
import type { SheetOrderer } from './sheet-orderer.ts';
import type { SheetSource } from './sheet-source.ts';
import { zipSheet } from './zip-sheet.ts';

export type SheetService = {
  plan(spec: SheetSpec, orderer: SheetOrderer): Promise<SheetPlanResponse>;
  /** Waits for its turn among those who print. Throws as makeSheet does; BusyError where too many wait. */
  print(wish: PrintWish, signal: AbortSignal): Promise<MadeSheet>;
  /** Makes the file of an order in the folder, with its line in the audit. */
  make(order: SheetOrder, orderer: SheetOrderer, folder: string, reporter: OrderReporter): Promise<MadeFile>;
  /** Throws what can be known to be wrong with an order before it is worked on. */
  check(order: SheetOrder, orderer: SheetOrderer): Promise<void>;
  jobs: SheetJobs<SheetOrderer>;
  source: SheetSource;
  close(): Promise<void>;
};

export type PrintWish = {
  spec: SheetSpec;
  format: SheetFormat;
  dpi: number;
  orderer: SheetOrderer;
  /** For the screen alone: leaves no line in the audit, and a sheet that is blocked is shown all the same. */
  isPreview?: boolean;
  /** Null: as bytes. */
  path?: string | null;
};

const drawWorker = new URL('../draw-worker.ts', import.meta.url);

export function createSheetService(
  { database, config, log }: Pick<Context, 'database' | 'config' | 'log'>,
  source: SheetSource,
  pool: DrawPool = createDrawPool(drawWorker),
): SheetService {
  // One more than can be drawn is read, so that no thread waits for the database.
  const turns = createFairQueue({ running: usualPoolBounds.threads + 1, waiting: 60, ofOwner: 8 });

  async function print(wish: PrintWish, signal: AbortSignal): Promise<MadeSheet> {
    const { spec, orderer, isPreview = false, path = null } = wish;
    const turn = turns.enter(orderer.owner, signal);
    try {
      await turn.begun;
      const made = await makeSheet(source, pool, { ...wish, path }, signal);
      if (!isPreview && isAudited(orderer, spec)) {
        const { format, dpi } = wish;
        await recordAudit(
          database,
          auditOfSheet(orderer, {
            spec,
            format,
            dpi,
            pages: 1,
            scale: made.plan.scale,
            layers: layerIds(made),
          }),
        );
      }
      return made;
    } finally {
      turn.leave();
    }
  }

  async function make(
    order: SheetOrder,
    orderer: SheetOrderer,
    folder: string,
    reporter: OrderReporter,
  ): Promise<MadeFile> {
    const { series, spec, format, dpi } = order;
    if (series === undefined) {
      const sheetFormat = format === 'zip' ? order.pageFormat : format;
      const path = join(folder, `sheet.${sheetFormat}`);
      const made = await print({ spec, format: sheetFormat, dpi, orderer, path }, reporter.signal);
      reporter.pageDone(made.notices);
      const layers = made.plan.layers.map(({ definition }) => definition);
      const { map, fileName: name } = made;
      const single = { path, name, contentType: sheetContentTypes[sheetFormat], layers, map };
      return format === 'zip' ? zipSheet(database, single, { dpi, folder, signal: reporter.signal }) : single;
    }
    if (format === 'svg' || format === 'png') throw seriesAsOneFile();
    const made = await makeSeries(
      source,
      pool,
      { order: { ...order, series, format }, orderer, folder },
      reporter,
    );
    if (isAudited(orderer, spec)) {
      const { pages } = made;
      const layers = made.layers.map(({ id }) => id);
      await recordAudit(
        database,
        auditOfSheet(orderer, { spec, series, format, dpi, pages, scale: null, layers }),
      );
    }
    return made;
  }

  async function check(
    { series, spec, format, dpi, pageFormat }: SheetOrder,
    orderer: SheetOrderer,
  ): Promise<void> {
    const rights = await source.rights(orderer);
    if (series !== undefined) {
      if (format === 'svg' || format === 'png') throw seriesAsOneFile();
      await source.subjects(series, rights);
      return;
    }
    const plan = await source.plan(spec, orderer, rights);
    refuseBlocked(plan.notices);
    if (format === 'png' || (format === 'zip' && pageFormat === 'png')) pngSize(plan, dpi);
  }

  const jobs = createSheetJobs<SheetOrderer>({
    make,
    newFolder: () => createWorkFolder(config.dataDir),
    onFailure: (error) => log.error({ err: error }, 'an order of sheets failed'),
  });

  return {
    async plan(spec, orderer) {
      pool.warmUp();
      return source.describe(await source.plan(spec, orderer, await source.rights(orderer)));
    },
    print,
    make,
    check,
    jobs,
    source,
    async close() {
      await Promise.all([jobs.close(), pool.close()]);
    },
  };
}

/** What nobody signed in prints is what everybody may see, unless a rule was set aside for it. */
function isAudited({ account }: SheetOrderer, { overrideReason }: SheetSpec): boolean {
  return account.role !== 'anonymous' || overrideReason !== undefined;
}

function layerIds({ plan }: MadeSheet): string[] {
  return plan.layers.map(({ definition }) => definition.id);
}

function seriesAsOneFile(): UnprocessableError {
  return new UnprocessableError(
    {
      zh: '图册请选 pdf(一份)或 zip(每页一个文件,格式由 pageFormat 指定)。',
      en: 'A series is pdf (one file) or zip (a file a page, of the format pageFormat says).',
    },
    { field: 'format' },
  );
}
