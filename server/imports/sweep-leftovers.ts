/** What imports leave behind when their process is killed: files in the data folder, rows in schema `stage`. */
import type { Context } from '../context.ts';
import { sweepStaged } from './staging-owner.ts';
import { sweepWorkFolders } from './work-folder.ts';

/** At the start of a process: removes what belongs to processes that are gone. A sweep that fails is logged and hinders nothing. */
export async function sweepLeftovers({ database, config, log }: Context): Promise<void> {
  try {
    const [folders, tables] = [await sweepWorkFolders(config.dataDir), await sweepStaged(database)];
    if (folders + tables > 0) log.info({ folders, tables }, 'leftovers of imports cut short were removed');
  } catch (error) {
    log.warn({ err: error }, 'leftovers of imports could not be removed');
  }
}
