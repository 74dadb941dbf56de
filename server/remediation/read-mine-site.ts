/** One mine site for one account: facts, patches, the report of a month, and what can be done next. */
import type { MineSite, Report } from '../../geodata/contract/marking.ts';
import type { Account } from '../../geodata/contract/session.ts';
import { can } from '../../geodata/domain/can.ts';
import { siteActions } from '../../geodata/domain/site-actions.ts';
import { owes } from '../../geodata/domain/workflow.ts';
import type { Queryable } from '../db/database.ts';
import { noSuchSite } from './marks-refused.ts';
import { standingOf } from './plan-parts.ts';
import { loadSites, type ReportRecord, type SiteRecord } from './site-record.ts';

/** `period` null: the month of the work day. Throws NotFoundError. The right to read the layer is the caller's to check. */
export async function readMineSite(
  database: Queryable,
  account: Account,
  code: string,
  period: string | null = null,
): Promise<MineSite> {
  const [site] = await loadSites(database, [code], period);
  if (site === undefined) throw noSuchSite(code);
  return toMineSite(site, account);
}

/** Names of people are told only to who may know them. */
export function toMineSite(site: SiteRecord, account: Account): MineSite {
  const isNamed = can(account, 'read_details');
  const accountId = account.role === 'anonymous' ? null : account.id;
  return {
    code: site.code,
    name: site.name,
    version: site.version,
    dataKind: site.dataKind,
    reportingUnit: site.unit,
    liability: site.liability,
    declaredAreaSquareMeters: site.declaredAreaSquareMeters,
    measuredAreaSquareMeters: site.measuredAreaSquareMeters,
    state: site.state,
    patches: site.patches,
    workDay: site.workDay,
    period: site.period,
    owes: owesNow(site),
    report: site.report && toReport(site.report, isNamed),
    previous: site.previous && toReport(site.previous, isNamed),
    actions: siteActions(account, standingOf(site, accountId)),
  };
}

function owesNow({ state, workDay }: SiteRecord): MineSite['owes'] {
  const owed = owes(state.status);
  const isOver = state.aftercareUntil !== null && state.aftercareUntil < workDay;
  return owed === 'quarter' && isOver ? 'nothing' : owed;
}

function toReport(report: ReportRecord, isNamed: boolean): Report {
  const { id: _id, submittedById: _by, effectSeq: _seq, ...told } = report;
  if (isNamed) return told;
  return { ...told, submittedBy: '', countyReviewedBy: null, cityReviewedBy: null };
}
