/** What somebody has typed of an order for many sites, and the order it makes. Pure. */
import type { ChangeSetOrder } from '../../../geodata/contract/change-sets.ts';
import type { Facts } from '../../../geodata/contract/marking.ts';
import type { WorkItem } from '../../../geodata/contract/work-list.ts';
import { checkDay, checkFactDays } from '../../../geodata/domain/check-step.ts';
import {
  type RequirementId,
  requirements,
  type StatusId,
  type Step,
  steps,
} from '../../../geodata/domain/workflow.ts';
import type { DraftProblem } from '../marking/check-draft.ts';
import type { SetTask } from './set-task.ts';

export type SetDraft = {
  effectiveOn: string;
  reason: string;
  /** Said with an acceptance of reports. */
  note: string;
  documentNumber: string;
  noticeFrom: string;
  noticeTo: string;
  noticePlace: string;
  noticeObjections: string;
  /** Of the uploaded list document. */
  documentId: string | null;
};

export function firstSetDraft(workDay: string): SetDraft {
  return {
    effectiveOn: workDay,
    reason: '',
    note: '',
    documentNumber: '',
    noticeFrom: '',
    noticeTo: '',
    noticePlace: '',
    noticeObjections: '',
    documentId: null,
  };
}

/** Steps a reviewer takes lead to a status in one way. */
export function stepTo(to: StatusId, by: 'county_reviewer' | 'city_reviewer'): Step | undefined {
  return steps.find((step) => step.to === to && step.by === by);
}

export type SetNeeds = {
  number: RequirementId | null;
  isNumberRequired: boolean;
  documents: RequirementId[];
  notice: boolean;
};

/** What a list brings along for all its sites. An acceptance by the city is a list under one 文号. */
export function needsOfSet(step: Step): SetNeeds {
  const number = step.needs.find((id) => requirements[id].form === 'number') ?? null;
  return {
    number,
    isNumberRequired: number !== null || step.to === 'city_accepted',
    documents: step.needs.filter((id) => requirements[id].form === 'document'),
    notice: step.needs.includes('notice'),
  };
}

/** The order as it would be sent, and what stands in its way at which field. */
export function readSetOrder(
  draft: SetDraft,
  task: SetTask,
  about: { able: readonly WorkItem[]; period: string; workDay: string; step: Step | undefined },
): { order: ChangeSetOrder; problems: DraftProblem[] } {
  const { period, workDay } = about;
  const sites = about.able.map(({ code, version }) => ({ code, version }));
  const reason = draft.reason.trim();
  switch (task.do) {
    case 'no_progress':
      return {
        order: { kind: 'no_progress', sites, period, effectiveOn: draft.effectiveOn, reason },
        problems: [...required('reason', reason), ...dayProblems(draft.effectiveOn, workDay)],
      };
    case 'pass': {
      const note = draft.note.trim();
      const review = { decision: 'pass' as const, ...(note === '' ? {} : { note }) };
      return { order: { kind: 'review', sites, period, review }, problems: [] };
    }
    case 'return':
      return {
        order: { kind: 'review', sites, period, review: { decision: 'return', reason } },
        problems: required('reason', reason),
      };
    case 'decide':
      return readDecisionOrder(draft, task.to, { ...about, sites });
  }
}

function readDecisionOrder(
  draft: SetDraft,
  to: StatusId,
  { sites, workDay, step }: { sites: ChangeSetOrder['sites']; workDay: string; step: Step | undefined },
): { order: ChangeSetOrder; problems: DraftProblem[] } {
  const needs = step && needsOfSet(step);
  const problems: DraftProblem[] = [];
  const documentNumber = draft.documentNumber.trim();
  const place = draft.noticePlace.trim();
  const { noticeFrom: from, noticeTo: until, effectiveOn } = draft;
  const hasNotice = needs?.notice === true && from !== '' && until !== '' && place !== '';
  const facts: Facts = {
    ...(documentNumber === '' ? {} : { documentNumber }),
    ...(hasNotice ? { notice: { from, to: until, place, objections: draft.noticeObjections.trim() } } : {}),
  };
  problems.push(...dayProblems(effectiveOn, workDay));
  if (needs?.isNumberRequired) problems.push(...required('facts.documentNumber', documentNumber));
  if (needs?.notice) {
    problems.push(
      ...required('facts.notice.from', from),
      ...required('facts.notice.to', until),
      ...required('facts.notice.place', place),
    );
  }
  if (needs !== undefined && needs.documents.length > 0) {
    problems.push(...required('documentId', draft.documentId ?? ''));
  }
  // Told before the place is filled in.
  const dayFacts: Facts =
    needs?.notice && from !== '' && until !== ''
      ? { notice: { from, to: until, place, objections: '' } }
      : {};
  const days = { workDay, effectiveOn, startedOn: null, completedOn: null };
  problems.push(
    ...checkFactDays(dayFacts, days, 'facts.').map((said) => ({
      ...said,
      kind: 'said' as const,
      atOnce: true,
    })),
  );
  return {
    order: {
      kind: 'decision',
      sites,
      decision: { to, effectiveOn, facts, attachments: [] },
      ...(draft.documentId === null ? {} : { documentId: draft.documentId }),
    },
    problems,
  };
}

function required(field: string, text: string): DraftProblem[] {
  return text === '' ? [{ kind: 'required', field, atOnce: false }] : [];
}

function dayProblems(effectiveOn: string, workDay: string): DraftProblem[] {
  if (effectiveOn === '') return required('effectiveOn', '');
  return checkDay({ effectiveOn, workDay, standingSince: null }).map((said) => ({
    ...said,
    kind: 'said' as const,
    atOnce: true,
  }));
}
