/**
 * Statuses of a mine site as data: their words, phase and what each counts for.
 * The database's generated column geo.mine_site.phase repeats this table; a test compares the two.
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
