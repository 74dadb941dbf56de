/** A change set that cannot be made, in the status its reason deserves. Nothing was written. */
import type { SignedInAccount } from '../../geodata/contract/session.ts';
import type { Queryable } from '../db/database.ts';
import { ForbiddenError, type LantuError, PreconditionFailedError } from '../errors.ts';
import type { MarksRefusedError, SiteRefusal } from './marks-refused.ts';
import { toMineSite } from './read-mine-site.ts';
import { loadSites } from './site-record.ts';

/**
 * ForbiddenError where the account may not mark one of the sites, PreconditionFailedError with the present state of those
 * that were changed meanwhile (`currentSites`), else the refusal itself. All name the sites (`sites`). `period`: the month the
 * present states are told of, null: that of the work day.
 */
export async function asSetRefusal(
  client: Queryable,
  account: SignedInAccount,
  refused: MarksRefusedError,
  period: string | null,
): Promise<LantuError> {
  const members = refused.members ?? {};
  if (refused.refusals.some(isAboutRights)) return new ForbiddenError(refused.text, { members });
  const stale = refused.refusals.filter(({ refusal }) => refusal.kind === 'stale').map(({ code }) => code);
  if (stale.length === 0) return refused;
  const sites = await loadSites(client, stale, period);
  return new PreconditionFailedError(refused.text, {
    field: 'sites',
    members: { ...members, currentSites: sites.map((site) => toMineSite(site, account)) },
  });
}

function isAboutRights({ refusal }: SiteRefusal): boolean {
  return (
    refusal.kind === 'obstacle' &&
    ['not_your_role', 'not_your_unit', 'no_unit', 'not_signed_in'].includes(refusal.obstacle)
  );
}
