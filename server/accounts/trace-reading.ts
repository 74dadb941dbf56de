/** Reading of the mine sites outside /ogc: who may read them is let in, and where the layer is closed it leaves a trace. */
import type { Account } from '../../geodata/contract/session.ts';
import type { ReadingRecorder } from '../audit/reading-recorder.ts';
import type { Context } from '../context.ts';
import type { Revisions } from '../system/revisions.ts';
import { readingRights } from './reading-rights.ts';

const layerId = 'mine_sites';

/** Throws as `ReadingRights.check` does. */
export type SiteReading = (account: Account) => Promise<void>;

export function createSiteReading(
  { catalogue }: Pick<Context, 'catalogue'>,
  readRevisions: () => Promise<Revisions>,
  readings: Pick<ReadingRecorder, 'count'>,
): SiteReading {
  const layer = catalogue.find(({ id }) => id === layerId);
  return async (account) => {
    if (layer === undefined) return;
    const rights = readingRights(account, catalogue, await readRevisions());
    rights.check(layer);
    if (account.role !== 'anonymous' && rights.isTraced(layer))
      readings.count({ actor: account.username, layerId, kind: 'items' });
  };
}
