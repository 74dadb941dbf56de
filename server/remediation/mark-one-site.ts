/** One site marked: in a transaction of its own, answered with the site as it stands after. */
import type { MineSite } from '../../geodata/contract/marking.ts';
import type { SignedInAccount } from '../../geodata/contract/session.ts';
import type { Context } from '../context.ts';
import type { Mark } from './mark.ts';
import { markSites } from './mark-sites.ts';
import { MarksRefusedError, toSingleError } from './marks-refused.ts';
import { periodOfMark } from './plan-mark.ts';
import { readMineSite } from './read-mine-site.ts';

/**
 * Throws PreconditionFailedError with the present site where `mark.version` is no longer its version, UnprocessableError
 * with problems and warnings by field, UnauthorizedError, ForbiddenError or ConflictError with the obstacle.
 */
export async function markOneSite(
  { database }: Pick<Context, 'database'>,
  account: SignedInAccount,
  mark: Mark,
): Promise<MineSite> {
  const read = () => readMineSite(database, account, mark.code, periodOfMark(mark));
  try {
    await database.transaction((client) => markSites(client, account, [mark]), { class: 'read' });
  } catch (error) {
    const refusal = error instanceof MarksRefusedError ? error.refusals[0]?.refusal : undefined;
    if (refusal === undefined) throw error;
    throw toSingleError(refusal, mark.code, refusal.kind === 'stale' ? await read() : null);
  }
  return read();
}
