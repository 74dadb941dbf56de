/**
 * The workflow of a mine site as data: statuses with their words, phase and what each counts for, and the steps
 * between them with who takes them and what each needs. The database repeats the phases (geo.mine_site.phase) and the
 * steps (app.workflow_step); tests compare them. The order county, city, province is inferred from practice.
 */
import type { Bilingual } from '../catalogue/layer-definition.ts';

export const statusIds = [
  'to_verify',
  'verified',
  'designing',
  'approved',
  'in_progress',
  'natural_recovery',
  'completed',
  'county_accepted',
  'city_accepted',
  'public_notice',
  'closed',
  'handed_over',
  'rectifying',
  'excluded',
] as const;
export type StatusId = (typeof statusIds)[number];

export const phaseIds = [
  'not_started',
  'preparing',
  'in_works',
  'awaiting_acceptance',
  'accepted',
  'closed',
  'rectifying',
  'removed',
] as const;
export type PhaseId = (typeof phaseIds)[number];

export type Status = {
  title: Bilingual;
  phase: PhaseId;
  /** Which rates a site in this status counts for; an excluded site is out of the list. */
  counts: { listed: boolean; started: boolean; completed: boolean; closed: boolean };
};

function counts(upTo: 'listed' | 'started' | 'completed' | 'closed' | 'nothing'): Status['counts'] {
  const rank = ['nothing', 'listed', 'started', 'completed', 'closed'].indexOf(upTo);
  return { listed: rank >= 1, started: rank >= 2, completed: rank >= 3, closed: rank >= 4 };
}

export const statuses: Record<StatusId, Status> = {
  to_verify: { title: { zh: '待核查', en: 'To verify' }, phase: 'not_started', counts: counts('listed') },
  verified: { title: { zh: '已核查', en: 'Verified' }, phase: 'not_started', counts: counts('listed') },
  designing: { title: { zh: '方案编制', en: 'Designing' }, phase: 'preparing', counts: counts('listed') },
  approved: { title: { zh: '已立项', en: 'Approved' }, phase: 'preparing', counts: counts('listed') },
  in_progress: { title: { zh: '施工中', en: 'In progress' }, phase: 'in_works', counts: counts('started') },
  natural_recovery: {
    title: { zh: '自然恢复(管护中)', en: 'Natural recovery' },
    phase: 'in_works',
    counts: counts('started'),
  },
  completed: {
    title: { zh: '完工自验', en: 'Completed' },
    phase: 'awaiting_acceptance',
    counts: counts('completed'),
  },
  county_accepted: {
    title: { zh: '县级验收', en: 'County accepted' },
    phase: 'awaiting_acceptance',
    counts: counts('completed'),
  },
  city_accepted: {
    title: { zh: '市级验收', en: 'City accepted' },
    phase: 'accepted',
    counts: counts('completed'),
  },
  public_notice: {
    title: { zh: '公示', en: 'Public notice' },
    phase: 'accepted',
    counts: counts('completed'),
  },
  closed: { title: { zh: '销号', en: 'Closed' }, phase: 'closed', counts: counts('closed') },
  handed_over: { title: { zh: '已移交', en: 'Handed over' }, phase: 'closed', counts: counts('closed') },
  rectifying: { title: { zh: '整改', en: 'Rectifying' }, phase: 'rectifying', counts: counts('started') },
  excluded: { title: { zh: '核减(调出)', en: 'Excluded' }, phase: 'removed', counts: counts('nothing') },
};

export const phases: Record<PhaseId, { title: Bilingual }> = {
  not_started: { title: { zh: '未启动', en: 'Not started' } },
  preparing: { title: { zh: '前期', en: 'Preparing' } },
  in_works: { title: { zh: '施工中', en: 'In works' } },
  awaiting_acceptance: { title: { zh: '完工待验', en: 'Awaiting acceptance' } },
  accepted: { title: { zh: '已验收', en: 'Accepted' } },
  closed: { title: { zh: '已销号', en: 'Closed' } },
  rectifying: { title: { zh: '整改', en: 'Rectifying' } },
  removed: { title: { zh: '核减', en: 'Removed' } },
};

/** Who takes a step: the county's editor within the monthly report, else a reviewer's decision. */
export type StepTaker = 'editor' | 'county_reviewer' | 'city_reviewer';

/** What a step must bring along; each is checked at the field, by the server and in the list. */
export const requirementIds = [
  'recognitionNumber',
  'approvalNumber',
  'startedOn',
  'assessmentReport',
  'selfCheckReport',
  'afterPhoto',
  'countyOpinion',
  'expertOpinion',
  'notice',
  'closingListNumber',
  'handoverNumber',
  'source',
  'reason',
  'superiorApproval',
] as const;
export type RequirementId = (typeof requirementIds)[number];

export type Requirement = {
  title: Bilingual;
  /** Where it stands: a document number, a date, an uploaded document or photo, words, or the public notice. */
  form: 'number' | 'date' | 'document' | 'photo' | 'text' | 'notice';
};

export const requirements: Record<RequirementId, Requirement> = {
  recognitionNumber: { title: { zh: '认定公告文号', en: 'Recognition notice no.' }, form: 'number' },
  approvalNumber: { title: { zh: '立项批复文号', en: 'Approval no.' }, form: 'number' },
  startedOn: { title: { zh: '开工日期', en: 'Start date' }, form: 'date' },
  assessmentReport: { title: { zh: '专家评估报告', en: 'Assessment report' }, form: 'document' },
  selfCheckReport: { title: { zh: '自验报告', en: 'Self-check report' }, form: 'document' },
  afterPhoto: { title: { zh: '完工照片', en: 'Photo after the works' }, form: 'photo' },
  countyOpinion: { title: { zh: '县级验收意见', en: 'County opinion' }, form: 'document' },
  expertOpinion: { title: { zh: '专家验收意见', en: 'Expert opinion' }, form: 'document' },
  notice: {
    title: { zh: '公示起止、地点和异议情况', en: 'Notice: from, to, place, objections' },
    form: 'notice',
  },
  closingListNumber: { title: { zh: '销号清单文号', en: 'Closing list no.' }, form: 'number' },
  handoverNumber: { title: { zh: '移交文号', en: 'Handover no.' }, form: 'number' },
  source: {
    title: { zh: '问题来源(回头看、抽查、督察等)', en: 'Source (re-inspection, spot check …)' },
    form: 'text',
  },
  reason: { title: { zh: '原因', en: 'Reason' }, form: 'text' },
  superiorApproval: { title: { zh: '上级批复文号', en: 'Approval no. of the superior' }, form: 'number' },
};

export type Step = {
  from: readonly StatusId[];
  to: StatusId;
  by: StepTaker;
  needs: readonly RequirementId[];
  /** Needed only of sites whose liability is 历史遗留. */
  legacyOnly?: readonly RequirementId[];
};

const acceptances = ['county_accepted', 'city_accepted', 'public_notice', 'closed', 'handed_over'] as const;
const listed = statusIds.filter((id) => statuses[id].counts.listed);

/** Every legal step; one `to` may be reached in several ways. */
export const steps: readonly Step[] = [
  {
    from: ['to_verify'],
    to: 'verified',
    by: 'editor',
    needs: ['recognitionNumber'],
    legacyOnly: ['recognitionNumber'],
  },
  { from: ['verified'], to: 'designing', by: 'editor', needs: [] },
  { from: ['designing'], to: 'approved', by: 'editor', needs: ['approvalNumber'] },
  { from: ['approved'], to: 'in_progress', by: 'editor', needs: ['startedOn'] },
  {
    from: ['verified', 'designing', 'approved', 'in_progress'],
    to: 'natural_recovery',
    by: 'editor',
    needs: ['assessmentReport'],
  },
  { from: ['natural_recovery'], to: 'in_progress', by: 'editor', needs: ['reason'] },
  {
    from: ['in_progress', 'natural_recovery', 'rectifying'],
    to: 'completed',
    by: 'editor',
    needs: ['selfCheckReport', 'afterPhoto'],
  },
  { from: ['completed'], to: 'county_accepted', by: 'county_reviewer', needs: ['countyOpinion'] },
  { from: ['county_accepted'], to: 'city_accepted', by: 'city_reviewer', needs: ['expertOpinion'] },
  { from: ['city_accepted'], to: 'public_notice', by: 'city_reviewer', needs: ['notice'] },
  { from: ['public_notice'], to: 'closed', by: 'city_reviewer', needs: ['closingListNumber'] },
  { from: ['closed'], to: 'handed_over', by: 'county_reviewer', needs: ['handoverNumber'] },
  {
    from: ['completed', ...acceptances],
    to: 'rectifying',
    by: 'county_reviewer',
    needs: ['source', 'reason'],
  },
  { from: ['completed', ...acceptances], to: 'rectifying', by: 'city_reviewer', needs: ['source', 'reason'] },
  { from: listed, to: 'excluded', by: 'city_reviewer', needs: ['superiorApproval', 'reason'] },
];

/** The steps out of a status, whoever takes them. */
export function stepsFrom(status: StatusId): readonly Step[] {
  return steps.filter(({ from }) => from.includes(status));
}

/** The step a taker would take between two statuses, or undefined where there is none. */
export function findStep(from: StatusId, to: StatusId, by: StepTaker): Step | undefined {
  return steps.find((step) => step.to === to && step.by === by && step.from.includes(from));
}

/** What a step needs of a site: `legacyOnly` ones fall away where somebody is liable. */
export function needsOf(step: Step, liability: string | null): readonly RequirementId[] {
  if (liability === '历史遗留') return step.needs;
  return step.needs.filter((id) => !step.legacyOnly?.includes(id));
}

/** How often a site in a status owes an answer: a report each month, an aftercare check each quarter, or none. */
export function owes(status: StatusId): 'month' | 'quarter' | 'nothing' {
  const { listed: isListed, closed } = statuses[status].counts;
  if (!isListed) return 'nothing';
  return closed ? 'quarter' : 'month';
}

/** Years of aftercare (管护) from acceptance by the city. */
export const aftercareYears = 3;
