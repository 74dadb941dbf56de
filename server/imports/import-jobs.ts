/** The jobs of this service: the steps of an import as import-file.ts has them. */
import type { Context } from '../context.ts';
import { checkImport, dropStaged, finishImport, readFiles } from './import-file.ts';
import type { Delivery, StagedRows } from './import-steps.ts';
import { createJobs, type Jobs } from './jobs.ts';

export function createImportJobs(context: Context): Jobs {
  return createJobs<Delivery, StagedRows>(
    {
      read: (files, choices, folder, reporter) => readFiles(context, files, choices, folder, reporter),
      check: (delivery, settings, reporter) => checkImport(context, delivery, settings, reporter),
      finish: (staged, report, settings, actor, reporter) =>
        finishImport(context, staged, report, settings, actor, reporter.signal),
      drop: (staged) => dropStaged(context, staged),
    },
    (error) => context.log.error({ err: error }, 'an import failed'),
  );
}
