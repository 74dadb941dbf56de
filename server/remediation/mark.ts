/** What can be asked of a site, and what answering it comes to: events to append and what goes with them. Types only. */
import type {
  Decision,
  eventKinds,
  FieldProblem,
  ObstacleId,
  Review,
  SubmitReport,
  Warning,
} from '../../geodata/contract/marking.ts';
import type { SignedInAccount } from '../../geodata/contract/session.ts';
import type { Evidence } from '../../geodata/domain/check-step.ts';
import type { StatusId } from '../../geodata/domain/workflow.ts';
import type { ReportRecord, SiteRecord } from './site-record.ts';
import type { Changes, FactSet, TimelineEvent } from './site-timeline.ts';

export type Correction = {
  effectiveOn: string;
  progressPercent?: number | undefined;
  treatedToDateSquareMeters?: number | undefined;
  reason: string;
};

/** `version`: the one the asker saw. */
export type Mark = { code: string; version: number } & (
  | { kind: 'submit'; period: string; order: SubmitReport }
  | { kind: 'withdraw'; period: string }
  | { kind: 'open'; period: string }
  | { kind: 'review'; period: string; review: Review }
  | { kind: 'decide'; decision: Decision }
  | { kind: 'correct'; correction: Correction }
  | { kind: 'restore'; seq: string; reason: string }
  | ({ kind: 'undo' } & UndoneMark)
);

/** What of a change set is taken back at one site. `period`: of the report it is about. */
export type UndoneMark = {
  period: string | null;
  reason: string;
  /** Whoever asks has made the change set. */
  isMaker: boolean;
  /** What the change set recorded of the site, in the order recorded. */
  events: readonly (TimelineEvent & { setsState: boolean; period: string })[];
  /** The report before it: null, there was none; undefined, it is about none. */
  former: ReportRecord | null | undefined;
};

export type StoredEvidence = Evidence & {
  id: string;
  siteCode: string;
  reportId: string | null;
  sha256: string;
  isDoubtful: boolean;
};

/** Everything a plan follows from. */
export type Setting = {
  site: SiteRecord;
  account: SignedInAccount;
  /** Of the site: brought along by id, or joined to its report. */
  evidence: readonly StoredEvidence[];
  /** Ids brought along that are no evidence of the site. */
  foreignEvidence: readonly string[];
  /** Hashes of documents of a change set, which count for every document a step needs. */
  setDocuments: readonly string[];
  /** Loaded for marks that amend the past; otherwise empty. */
  timeline: readonly TimelineEvent[];
};

export type PlannedEvent = {
  kind: (typeof eventKinds)[number];
  setsState: boolean;
  statusBefore: StatusId;
  status: StatusId;
  effectiveOn: string;
  period: string;
  progressPercent: number | null;
  treatedAreaSquareMeters: number | null;
  note: string | null;
  changes: Changes | null;
  facts: FactSet | null;
  reason: string | null;
  evidence: readonly string[] | null;
  /** It is about the report of the plan. */
  ofReport: boolean;
};

/** `submittedAt` and the like null: now. */
export type PlannedReport = Omit<ReportRecord, 'id' | 'submittedAt' | 'openedAt' | 'flags'> & {
  flags: readonly Warning[];
  submittedAt: string | null;
  openedAt: string | null;
  openedBy: string | null;
};

export type Plan = {
  events: readonly PlannedEvent[];
  report: PlannedReport | null;
  /** Evidence that now belongs to the report. */
  joined: readonly string[];
  patches: readonly { code: string; treatedAreaSquareMeters: number | null; treatedOn: string | null }[];
  /** The report was opened by the next level: nothing else changes. */
  opens: boolean;
};

/** Why a mark is not made. */
export type Refusal =
  | { kind: 'missing' }
  | { kind: 'stale' }
  | { kind: 'obstacle'; obstacle: ObstacleId }
  | { kind: 'problems'; problems: FieldProblem[]; warnings: Warning[] };

export type Planned = { plan: Plan } | { refusal: Refusal };
