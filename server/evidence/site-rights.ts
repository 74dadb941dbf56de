/** Who may add evidence to a site, and take it away again. */
import type { SignedInAccount } from '../../geodata/contract/session.ts';
import { can } from '../../geodata/domain/can.ts';
import type { Queryable } from '../db/database.ts';
import { namedSql } from '../db/named-sql.ts';
import { NotFoundError } from '../errors.ts';

/** `unit`: code of the reporting unit, null where none reports it. */
export type EvidenceSite = { code: string; name: string; unit: string | null; version: number };

const layer = { id: 'mine_sites' } as const;

/** Throws NotFoundError where there is no such site. */
export async function findSite(client: Queryable, code: string): Promise<EvidenceSite> {
  const [site] = await client.query<EvidenceSite>(namedSql('evidence/find-site'), [code], {
    class: 'lookup',
  });
  if (site === undefined) {
    throw new NotFoundError({
      zh: `没有编号为“${code}”的矿山。`,
      en: `There is no mine site with the code "${code}".`,
    });
  }
  return site;
}

/** The sites of the account's scope, whether or not it may add to them; all of them for a role without a scope. */
export function listSites(client: Queryable, account: SignedInAccount): Promise<EvidenceSite[]> {
  const isScoped = account.role === 'editor' || account.role === 'county_reviewer';
  return client.query<EvidenceSite>(
    namedSql('evidence/list-sites-of-units'),
    [isScoped ? account.units : null],
    { class: 'read' },
  );
}

/** Editors bring what a report needs, reviewers what their decision rests on, such as an opinion or photos of an inspection. */
export function mayAddEvidence(account: SignedInAccount, { unit }: EvidenceSite): boolean {
  return (
    can(account, 'mark', layer, unit) ||
    can(account, 'review_county', layer, unit) ||
    (unit !== null && can(account, 'review_city', layer))
  );
}

/** Whether there can be a site to which the account may add. */
export function mayAddAnywhere(account: SignedInAccount): boolean {
  return (
    can(account, 'review_city', layer) ||
    account.units.some(
      (unit) => can(account, 'mark', layer, unit) || can(account, 'review_county', layer, unit),
    )
  );
}

/** One's own, and an editor whatever an editor of the unit brought: people leave, sites stay. */
export function mayWithdraw(
  account: SignedInAccount,
  site: EvidenceSite,
  uploaderId: string | null,
): boolean {
  const isOwn = uploaderId === account.id && mayAddEvidence(account, site);
  return isOwn || can(account, 'mark', layer, site.unit);
}
