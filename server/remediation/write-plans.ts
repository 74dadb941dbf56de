/** Plans of marks become rows, in one order whoever marks: reports, events (the sites follow by trigger), patches, evidence. */
import type { Queryable } from '../db/database.ts';
import { namedSql } from '../db/named-sql.ts';
import type { Plan, PlannedEvent, PlannedReport, Setting } from './mark.ts';
import type { SiteRecord } from './site-record.ts';

export type SitePlan = { site: SiteRecord; plan: Plan };

const options = { class: 'read', isRepeated: true } as const;

/** Runs inside the transaction that locked the sites. `changeSetId` null: no change set. */
export async function writePlans(
  client: Queryable,
  account: Setting['account'],
  plans: readonly SitePlan[],
  changeSetId: string | null,
): Promise<void> {
  const reportIds = await saveReports(client, plans);
  await appendEvents(client, account, plans, reportIds, changeSetId);
  await setPatches(client, plans);
  await joinEvidence(client, plans, reportIds);
  for (const { site, plan } of plans) {
    if (plan.opens && site.report !== null)
      await client.query(namedSql('remediation/note-opening'), [site.report.id, account.name], options);
  }
}

async function saveReports(client: Queryable, plans: readonly SitePlan[]): Promise<Map<string, string>> {
  const rows = plans.flatMap(({ site, plan }) =>
    plan.report === null ? [] : [reportRow(site.code, plan.report)],
  );
  if (rows.length === 0) return new Map();
  const saved = await client.query<{ id: string; site_code: string }>(
    namedSql('remediation/save-reports'),
    [JSON.stringify(rows)],
    options,
  );
  return new Map(saved.map(({ id, site_code }) => [site_code, id]));
}

function reportRow(siteCode: string, report: PlannedReport): object {
  return {
    site_code: siteCode,
    period: report.period,
    state: report.state,
    round: report.round,
    effective_on: report.effectiveOn,
    answer: report.answer,
    flags: report.flags,
    submitted_by_id: report.submittedById,
    submitted_by: report.submittedBy,
    submitted_at: report.submittedAt,
    opened_at: report.openedAt,
    opened_by: report.openedBy,
    county_reviewed_at: report.countyReviewedAt,
    county_reviewed_by: report.countyReviewedBy,
    city_reviewed_at: report.cityReviewedAt,
    city_reviewed_by: report.cityReviewedBy,
    returned_by_level: report.returnedByLevel,
    return_reason: report.returnReason,
    effect_seq: report.effectSeq,
  };
}

async function appendEvents(
  client: Queryable,
  account: Setting['account'],
  plans: readonly SitePlan[],
  reportIds: ReadonlyMap<string, string>,
  changeSetId: string | null,
): Promise<void> {
  const rows = plans
    .flatMap(({ site, plan }) =>
      plan.events.map((event) => eventRow(site, event, reportIds.get(site.code) ?? null)),
    )
    .map((row, position) => ({ ...row, position }));
  if (rows.length === 0) return;
  const appended = await client.query<{ seq: string; kind: string; report_id: string | null }>(
    namedSql('remediation/append-marks'),
    [JSON.stringify(rows), account.id, account.name, changeSetId],
    options,
  );
  const effects = appended.filter(({ kind }) => kind === 'report_passed');
  if (effects.length === 0) return;
  await client.query(
    namedSql('remediation/note-effects'),
    [effects.map(({ report_id }) => report_id), effects.map(({ seq }) => seq)],
    options,
  );
}

function eventRow(site: SiteRecord, event: PlannedEvent, reportId: string | null): object {
  return {
    dataset_id: site.chain,
    site_code: site.code,
    kind: event.kind,
    sets_state: event.setsState,
    status_before: event.statusBefore,
    status: event.status,
    effective_on: event.effectiveOn,
    period: event.period,
    progress_percent: event.progressPercent,
    treated_area_m2: event.treatedAreaSquareMeters,
    note: event.note,
    changes: event.changes,
    facts: event.facts,
    reason: event.reason,
    evidence: event.evidence,
    report_id: event.ofReport ? (reportId ?? site.report?.id ?? null) : null,
  };
}

async function setPatches(client: Queryable, plans: readonly SitePlan[]): Promise<void> {
  const patches = plans.flatMap(({ plan }) => plan.patches);
  if (patches.length === 0) return;
  await client.query(
    namedSql('remediation/set-patches-treated'),
    [
      patches.map(({ code }) => code),
      patches.map(({ treatedAreaSquareMeters }) => treatedAreaSquareMeters),
      patches.map(({ treatedOn }) => treatedOn),
    ],
    options,
  );
}

async function joinEvidence(
  client: Queryable,
  plans: readonly SitePlan[],
  reportIds: ReadonlyMap<string, string>,
): Promise<void> {
  const joined = plans.flatMap(({ site, plan }) =>
    plan.joined.map((id) => ({ id, reportId: reportIds.get(site.code) ?? '' })),
  );
  if (joined.length === 0) return;
  await client.query(
    namedSql('remediation/join-evidence'),
    [joined.map(({ id }) => id), joined.map(({ reportId }) => reportId)],
    options,
  );
}
