/** What somebody has typed of a decision, and what is sent of it. Pure. */
import type { Attachment } from '../../../geodata/contract/attachments.ts';
import {
  type Decision,
  decisionSchema,
  type Facts,
  type MineSite,
} from '../../../geodata/contract/marking.ts';
import { checkDay, checkFactDays, checkNeeds } from '../../../geodata/domain/check-step.ts';
import { needsOf, type RequirementId, requirements, type Step } from '../../../geodata/domain/workflow.ts';
import type { DraftProblem } from './check-draft.ts';
import { readArea } from './quantities.ts';

export type DecisionDraft = {
  effectiveOn: string;
  documentNumber: string;
  /** In 公顷. */
  acceptedArea: string;
  source: string;
  reason: string;
  noticeFrom: string;
  noticeTo: string;
  noticePlace: string;
  noticeObjections: string;
};

export function firstDecision(site: MineSite): DecisionDraft {
  return {
    effectiveOn: site.workDay,
    documentNumber: '',
    acceptedArea: '',
    source: '',
    reason: '',
    noticeFrom: '',
    noticeTo: '',
    noticePlace: '',
    noticeObjections: '',
  };
}

/** Documents and photos a step asks for that have been brought, whenever that was. */
export function evidenceForStep(
  attachments: readonly Attachment[],
  needs: readonly RequirementId[],
): Attachment[] {
  return attachments.filter(
    ({ purpose, withdrawnAt }) => withdrawnAt === null && purpose !== null && needs.includes(purpose),
  );
}

/** The decision as it would be sent, and what stands in its way at which field. */
export function readDecision(
  draft: DecisionDraft,
  step: Step,
  site: MineSite,
  evidence: readonly Attachment[],
): { decision: Decision; problems: DraftProblem[] } {
  const needs = needsOf(step, site.liability);
  const area = readArea(draft.acceptedArea, 'ha');
  const problems: DraftProblem[] = [];
  if (area.is === 'invalid')
    problems.push({ kind: 'notANumber', field: 'facts.acceptedAreaSquareMeters', atOnce: true });
  if (draft.effectiveOn === '') problems.push({ kind: 'required', field: 'effectiveOn', atOnce: true });
  const notice = readNotice(draft, needs);
  const facts: Facts = {
    ...filled('documentNumber', draft.documentNumber),
    ...filled('source', draft.source),
    ...(area.is === 'number' ? { acceptedAreaSquareMeters: area.value } : {}),
    ...(notice === null ? {} : { notice }),
  };
  const decision: Decision = {
    to: step.to,
    effectiveOn: draft.effectiveOn,
    facts,
    ...filled('reason', draft.reason),
    attachments: evidence.map(({ id }) => id),
  };
  const { workDay, state } = site;
  const said = [
    ...(draft.effectiveOn === ''
      ? []
      : checkDay({ effectiveOn: draft.effectiveOn, workDay, standingSince: state.statusOn })),
    ...checkFactDays(facts, { workDay, ...state, effectiveOn: draft.effectiveOn }, 'facts.'),
    ...checkNeeds(step, site.liability, { facts, reason: decision.reason, evidence }, 'decision'),
  ];
  if (needs.includes('notice')) {
    const parts = { from: draft.noticeFrom, to: draft.noticeTo, place: draft.noticePlace.trim() };
    for (const [name, text] of Object.entries(parts)) {
      if (text === '') problems.push({ kind: 'required', field: `facts.notice.${name}`, atOnce: false });
    }
  }
  // Told at each of its parts.
  for (const problem of said.filter(({ field }) => field !== 'facts.notice')) {
    problems.push({
      ...problem,
      kind: 'said',
      atOnce: problem.field === 'effectiveOn' || problem.field.endsWith('.to'),
    });
  }
  for (const issue of decisionSchema.safeParse(decision).error?.issues ?? []) {
    const field = issue.path.join('.');
    if (issue.code === 'too_small' && issue.origin === 'number')
      problems.push({ kind: 'atLeast', field, limit: Number(issue.minimum), atOnce: true });
  }
  return { decision, problems };
}

/** Null until from, to and place are given. */
function readNotice(draft: DecisionDraft, needs: readonly RequirementId[]): Facts['notice'] | null {
  if (!needs.some((id) => requirements[id].form === 'notice')) return null;
  const { noticeFrom: from, noticeTo: to } = draft;
  const place = draft.noticePlace.trim();
  if (from === '' || to === '' || place === '') return null;
  return { from, to, place, objections: draft.noticeObjections.trim() };
}

function filled<Name extends string>(name: Name, text: string): Partial<Record<Name, string>> {
  const trimmed = text.trim();
  return (trimmed === '' ? {} : { [name]: trimmed }) as Partial<Record<Name, string>>;
}
