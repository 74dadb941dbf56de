/** A mine site as marking knows it, read from the database in one piece. */
import { z } from 'zod';
import { type Report, reportSchema, type SiteState } from '../../geodata/contract/marking.ts';
import type { StatusId } from '../../geodata/domain/workflow.ts';
import type { Queryable } from '../db/database.ts';
import { namedSql } from '../db/named-sql.ts';

export type ReportRecord = Report & { id: string; submittedById: string | null; effectSeq: string | null };

export type SitePatch = {
  code: string;
  kind: string | null;
  declaredAreaSquareMeters: number | null;
  measuredAreaSquareMeters: number | null;
  treatedAreaSquareMeters: number | null;
};

export type SiteRecord = {
  code: string;
  name: string;
  version: number;
  dataKind: 'sample' | 'official';
  /** Dataset whose chain its events go into. */
  chain: string;
  unit: { code: string; name: string; nameEn: string } | null;
  liability: string | null;
  declaredAreaSquareMeters: number | null;
  measuredAreaSquareMeters: number | null;
  state: SiteState;
  /** Day of the event the state follows from. */
  standingSince: string | null;
  patches: SitePatch[];
  workDay: string;
  /** The month asked about. */
  period: string;
  report: ReportRecord | null;
  previous: ReportRecord | null;
  hasEarlierPending: boolean;
  hasLaterPassed: boolean;
  hasPendingStep: boolean;
  isStoodUpon: boolean;
  /** End of the public notice it stands in. */
  noticeUntil: string | null;
};

type SiteRow = {
  code: string;
  name: string;
  version: number;
  data_kind: 'sample' | 'official';
  unit: string | null;
  unit_name: string | null;
  unit_name_en: string | null;
  liability: string | null;
  declared_area_m2: number | null;
  area_m2: number | null;
  status: StatusId;
  status_on: string | null;
  progress_percent: number | null;
  treated_area_m2: number | null;
  accepted_area_m2: number | null;
  started_on: string | null;
  completed_on: string | null;
  accepted_on: string | null;
  aftercare_until: string | null;
  recognition_number: string | null;
  approval_number: string | null;
  acceptance_document: string | null;
  closing_number: string | null;
  handover_number: string | null;
  work_day: string;
  period: string;
  standing_since: string | null;
  chain: string;
  patches: SitePatch[];
  report: unknown;
  previous: unknown;
  has_earlier_pending: boolean;
  has_later_passed: boolean;
  has_pending_step: boolean;
  is_stood_upon: boolean;
  notice_until: string | null;
};

/** The sites there are among `codes`, by code; `period` null: the month of the work day. */
export async function loadSites(
  client: Queryable,
  codes: readonly string[],
  period: string | null,
): Promise<SiteRecord[]> {
  const rows = await client.query<SiteRow>(namedSql('remediation/load-sites'), [codes, period], {
    class: 'read',
    isRepeated: true,
  });
  return rows.map(toSiteRecord);
}

function toSiteRecord(row: SiteRow): SiteRecord {
  return {
    code: row.code,
    name: row.name,
    version: row.version,
    dataKind: row.data_kind,
    chain: row.chain,
    unit:
      row.unit === null
        ? null
        : { code: row.unit, name: row.unit_name ?? row.unit, nameEn: row.unit_name_en ?? row.unit },
    liability: row.liability,
    declaredAreaSquareMeters: row.declared_area_m2,
    measuredAreaSquareMeters: row.area_m2,
    state: {
      status: row.status,
      statusOn: row.status_on,
      progressPercent: row.progress_percent,
      treatedAreaSquareMeters: row.treated_area_m2,
      acceptedAreaSquareMeters: row.accepted_area_m2,
      startedOn: row.started_on,
      completedOn: row.completed_on,
      acceptedOn: row.accepted_on,
      aftercareUntil: row.aftercare_until,
      recognitionNumber: row.recognition_number,
      approvalNumber: row.approval_number,
      acceptanceDocument: row.acceptance_document,
      closingNumber: row.closing_number,
      handoverNumber: row.handover_number,
    },
    standingSince: row.standing_since,
    patches: row.patches,
    workDay: row.work_day,
    period: row.period,
    report: row.report === null ? null : toReport(row.report),
    previous: row.previous === null ? null : toReport(row.previous),
    hasEarlierPending: row.has_earlier_pending,
    hasLaterPassed: row.has_later_passed,
    hasPendingStep: row.has_pending_step,
    isStoodUpon: row.is_stood_upon,
    noticeUntil: row.notice_until,
  };
}

/** A row of app.mine_site_report as JSON of the database, whose instants carry an offset. */
const reportRowSchema = z
  .object({
    id: z.number(),
    period: z.string(),
    state: reportSchema.shape.state,
    round: z.number(),
    effective_on: z.string(),
    answer: reportSchema.shape.answer,
    flags: reportSchema.shape.flags,
    submitted_by_id: z.string().nullable(),
    submitted_by: z.string(),
    submitted_at: z.string(),
    opened_at: z.string().nullable(),
    county_reviewed_at: z.string().nullable(),
    county_reviewed_by: z.string().nullable(),
    city_reviewed_at: z.string().nullable(),
    city_reviewed_by: z.string().nullable(),
    returned_by_level: z.enum(['county', 'city']).nullable(),
    return_reason: z.string().nullable(),
    effect_seq: z.number().nullable(),
  })
  .transform(
    (row): ReportRecord => ({
      id: String(row.id),
      period: row.period,
      state: row.state,
      round: row.round,
      effectiveOn: row.effective_on,
      answer: row.answer,
      flags: row.flags,
      submittedById: row.submitted_by_id,
      submittedBy: row.submitted_by,
      submittedAt: instant(row.submitted_at),
      openedAt: row.opened_at && instant(row.opened_at),
      countyReviewedAt: row.county_reviewed_at && instant(row.county_reviewed_at),
      countyReviewedBy: row.county_reviewed_by,
      cityReviewedAt: row.city_reviewed_at && instant(row.city_reviewed_at),
      cityReviewedBy: row.city_reviewed_by,
      returnedByLevel: row.returned_by_level,
      returnReason: row.return_reason,
      effectSeq: row.effect_seq === null ? null : String(row.effect_seq),
    }),
  );

/** A report from a row of app.mine_site_report that the database gave as JSON. */
export function toReport(value: unknown): ReportRecord {
  return reportRowSchema.parse(value);
}

function instant(text: string): string {
  return new Date(text).toISOString();
}
