/** Requests and answers about one mine site: its state, monthly reports, decisions, history and what can be done next. */
import { z } from 'zod';
import { requirementIds, statusIds } from '../domain/workflow.ts';

/** YYYY-MM */
export const periodSchema = z.string().regex(/^[0-9]{4}-(0[1-9]|1[0-2])$/);
const statusSchema = z.enum(statusIds);
const squareMeters = z.number().min(0).max(1e9);
/** 万元 */
const tenThousandYuan = z.number().min(0).max(1e7);
const words = (most: number) => z.string().trim().max(most);

export const issueKinds = ['land_use', 'funds', 'rain', 'tender', 'other'] as const;
export const fundSources = ['central', 'provincial', 'local', 'social', 'eod'] as const;

/** What a step may bring along, by the field it is kept in. */
export const factsSchema = z.strictObject({
  documentNumber: words(100).optional(),
  startedOn: z.iso.date().optional(),
  completedOn: z.iso.date().optional(),
  acceptedAreaSquareMeters: squareMeters.optional(),
  notice: z
    .strictObject({
      from: z.iso.date(),
      to: z.iso.date(),
      place: words(200).min(1),
      objections: words(500),
    })
    .optional(),
  source: words(200).optional(),
});
export type Facts = z.infer<typeof factsSchema>;

/** What a month asks. Absent: not answered; the fields of a report of no progress stay absent. */
export const answerSchema = z.strictObject({
  /** 本期无进展: the reason; then nothing else is asked. */
  noProgressReason: words(500).min(1).optional(),
  /** The status the site came to; absent: as it was. */
  status: statusSchema.optional(),
  /** 形象进度, 0–100 */
  progressPercent: z.number().min(0).max(100).optional(),
  /** 本月新增治理面积 */
  treatedThisPeriodSquareMeters: squareMeters.optional(),
  /** 累计治理面积 */
  treatedToDateSquareMeters: squareMeters.optional(),
  /** Treated to date by patch code; their sum is the site's where every patch is given. */
  patches: z.record(z.string().max(60), squareMeters).optional(),
  investment: z
    .strictObject({
      thisPeriod: tenThousandYuan.optional(),
      toDate: tenThousandYuan.optional(),
      planned: tenThousandYuan.optional(),
      inPlace: tenThousandYuan.optional(),
      bySource: z.partialRecord(z.enum(fundSources), tenThousandYuan).optional(),
    })
    .optional(),
  issueKinds: z.array(z.enum(issueKinds)).max(issueKinds.length).optional(),
  issues: words(1000).optional(),
  nextSteps: words(1000).optional(),
  expectedFinishOn: z.iso.date().optional(),
  note: words(1000).optional(),
  facts: factsSchema.optional(),
  /** 管护检查 of a closed site: what was found. */
  aftercare: words(500).min(1).optional(),
});
export type Answer = z.infer<typeof answerSchema>;

/** Body of PUT /api/mine-sites/{code}/reports/{period}. */
export const submitReportSchema = z.strictObject({
  /** 发生日期 */
  effectiveOn: z.iso.date(),
  answer: answerSchema,
  /** Ids of evidence uploaded for this site. */
  attachments: z
    .array(z.string().regex(/^\d{1,18}$/))
    .max(200)
    .default([]),
  /** Reasons for unlikely values, by the warning they answer. */
  reasons: z.record(z.string().max(60), words(500).min(1)).default({}),
});
export type SubmitReport = z.infer<typeof submitReportSchema>;

/** Body of POST …/reports/{period}/review. */
export const reviewSchema = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.literal('pass'), note: words(500).optional() }),
  z.strictObject({ decision: z.literal('return'), reason: words(500).min(1) }),
]);
export type Review = z.infer<typeof reviewSchema>;

/** Body of POST …/decisions: a step a reviewer takes. */
export const decisionSchema = z.strictObject({
  to: statusSchema,
  effectiveOn: z.iso.date(),
  facts: factsSchema.default({}),
  reason: words(500).min(1).optional(),
  attachments: z
    .array(z.string().regex(/^\d{1,18}$/))
    .max(200)
    .default([]),
});
export type Decision = z.infer<typeof decisionSchema>;

/** Body of POST …/restorations: brings back the state after an event, as a new event. */
export const restorationSchema = z.strictObject({
  seq: z.string().regex(/^\d{1,18}$/),
  reason: words(500).min(1),
});
/** Body of POST …/corrections (更正): the state of a past day put right. */
export const correctionSchema = z.strictObject({
  effectiveOn: z.iso.date(),
  progressPercent: z.number().min(0).max(100).optional(),
  treatedToDateSquareMeters: squareMeters.optional(),
  reason: words(500).min(1),
});

export const reportStates = ['submitted', 'county_passed', 'city_passed', 'returned', 'withdrawn'] as const;
export type ReportState = (typeof reportStates)[number];

/** An unlikely value: `id` names the kind (a key both languages translate), `values` what the words need. */
export const warningSchema = z.object({
  id: z.enum([
    'percent_falls',
    'treated_falls',
    'treated_above_measured',
    'treated_jump',
    'sum_differs',
    'investment_falls',
    'evidence_doubtful',
  ]),
  field: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  /** As given by who reported. */
  reason: z.string().optional(),
});
export type Warning = z.infer<typeof warningSchema>;

export const reportSchema = z.object({
  period: periodSchema,
  state: z.enum(reportStates),
  round: z.number().int(),
  effectiveOn: z.iso.date(),
  answer: answerSchema,
  flags: z.array(warningSchema),
  submittedBy: z.string(),
  submittedAt: z.iso.datetime({ offset: true }),
  openedAt: z.iso.datetime({ offset: true }).nullable(),
  countyReviewedBy: z.string().nullable(),
  countyReviewedAt: z.iso.datetime({ offset: true }).nullable(),
  cityReviewedBy: z.string().nullable(),
  cityReviewedAt: z.iso.datetime({ offset: true }).nullable(),
  returnedByLevel: z.enum(['county', 'city']).nullable(),
  returnReason: z.string().nullable(),
});
export type Report = z.infer<typeof reportSchema>;

/** Why something cannot be done: a stable key that both languages translate. */
export const obstacleIds = [
  'not_signed_in',
  'not_your_role',
  'not_your_unit',
  'no_unit',
  'wrong_status',
  'report_pending',
  'already_opened',
  'already_reported',
  'nothing_reported',
  'not_returned',
  'own_report',
  'earlier_pending',
  'later_passed',
  'stands_on_it',
  'no_such_event',
] as const;
export type ObstacleId = (typeof obstacleIds)[number];

export const actionSchema = z.object({
  action: z.enum(['report', 'no_progress', 'withdraw', 'pass', 'return', 'decide', 'correct', 'restore']),
  /** For `decide` and steps within `report`: the status it leads to. */
  to: statusSchema.optional(),
  needs: z.array(z.enum(requirementIds)),
  /** Null: it can be done. */
  obstacle: z.enum(obstacleIds).nullable(),
});
export type SiteAction = z.infer<typeof actionSchema>;

/** Current state of a site; what stale writers get back with 412 too. */
export const siteStateSchema = z.object({
  status: statusSchema,
  statusOn: z.iso.date().nullable(),
  progressPercent: z.number().nullable(),
  treatedAreaSquareMeters: z.number().nullable(),
  acceptedAreaSquareMeters: z.number().nullable(),
  startedOn: z.iso.date().nullable(),
  completedOn: z.iso.date().nullable(),
  acceptedOn: z.iso.date().nullable(),
  aftercareUntil: z.iso.date().nullable(),
  recognitionNumber: z.string().nullable(),
  approvalNumber: z.string().nullable(),
  acceptanceDocument: z.string().nullable(),
  closingNumber: z.string().nullable(),
  handoverNumber: z.string().nullable(),
});
export type SiteState = z.infer<typeof siteStateSchema>;

/** Answer of GET /api/mine-sites/{code}; ETag is the version in quotes. */
export const mineSiteSchema = z.object({
  code: z.string(),
  name: z.string(),
  version: z.number().int(),
  dataKind: z.enum(['sample', 'official']),
  reportingUnit: z.object({ code: z.string(), name: z.string(), nameEn: z.string() }).nullable(),
  liability: z.string().nullable(),
  declaredAreaSquareMeters: z.number().nullable(),
  measuredAreaSquareMeters: z.number().nullable(),
  state: siteStateSchema,
  patches: z.array(
    z.object({
      code: z.string(),
      kind: z.string().nullable(),
      declaredAreaSquareMeters: z.number().nullable(),
      measuredAreaSquareMeters: z.number().nullable(),
      treatedAreaSquareMeters: z.number().nullable(),
    }),
  ),
  /** The day up to which facts may be dated: today, or the day sample data is known to. */
  workDay: z.iso.date(),
  /** The month that owes an answer now. */
  period: periodSchema,
  owes: z.enum(['month', 'quarter', 'nothing']),
  report: reportSchema.nullable(),
  /** The last report before `period` that was passed, for last month's value beside each field. */
  previous: reportSchema.nullable(),
  actions: z.array(actionSchema),
});
export type MineSite = z.infer<typeof mineSiteSchema>;

/** One impossible value: where it stands in the body, and what to do about it. */
export const fieldProblemSchema = z.object({
  field: z.string(),
  title: z.object({ zh: z.string(), en: z.string() }),
});
export type FieldProblem = z.infer<typeof fieldProblemSchema>;

/** What a refused write tells beside the usual members of a problem document. */
export const markRefusalSchema = z.object({
  /** 422: impossible values. */
  problems: z.array(fieldProblemSchema).optional(),
  /** 422: unlikely values; sent again with `reasons` by their ids, they pass and stay in the trace. */
  warnings: z.array(warningSchema).optional(),
  /** 401, 403, 409: why it cannot be done now. */
  obstacle: z.enum(obstacleIds).optional(),
  /** 412: the site as it stands. */
  current: mineSiteSchema.optional(),
});
export type MarkRefusal = z.infer<typeof markRefusalSchema>;

export const eventKinds = [
  'record',
  'report_submitted',
  'report_withdrawn',
  'report_passed',
  'report_confirmed',
  'report_returned',
  'decision',
  'correction',
  'restoration',
  'undo',
  'import',
] as const;

/** One line of GET /api/mine-sites/{code}/history, newest first. */
export const eventSchema = z.object({
  seq: z.string(),
  kind: z.enum(eventKinds),
  status: statusSchema,
  statusBefore: statusSchema.nullable(),
  setsState: z.boolean(),
  effectiveOn: z.iso.date(),
  period: periodSchema,
  recordedAt: z.iso.datetime({ offset: true }),
  recordedBy: z.string(),
  progressPercent: z.number().nullable(),
  treatedAreaSquareMeters: z.number().nullable(),
  changes: z.record(z.string(), z.tuple([z.unknown(), z.unknown()])).nullable(),
  reason: z.string().nullable(),
  note: z.string().nullable(),
  evidence: z.array(z.string()).nullable(),
  changeSetId: z.string().nullable(),
  hash: z.string(),
});
export type SiteEvent = z.infer<typeof eventSchema>;
export const historySchema = z.object({
  code: z.string(),
  events: z.array(eventSchema),
  nextBefore: z.string().nullable(),
});
