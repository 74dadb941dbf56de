/** A draft held against the contract and the rules the service asks too: what is wrong at which field. Pure. */
import type { Attachment } from '../../../geodata/contract/attachments.ts';
import {
  type Answer,
  answerSchema,
  type FieldProblem,
  type MineSite,
  type Warning,
} from '../../../geodata/contract/marking.ts';
import type { AnswerSetting } from '../../../geodata/domain/answer-setting.ts';
import { needsReason } from '../../../geodata/domain/answer-warnings.ts';
import { checkAnswer } from '../../../geodata/domain/check-answer.ts';
import type { Draft } from './draft.ts';
import { readDraft } from './submission.ts';

/** `said`: in the words of the rules; the others are worded by the screen. */
export type DraftProblem = { field: string; atOnce: boolean } & (
  | { kind: 'said'; title: FieldProblem['title'] }
  | { kind: 'notANumber' | 'required' | 'needsReason' }
  | { kind: 'atLeast' | 'atMost' | 'tooLong'; limit: number }
);

export type CheckedDraft = { answer: Answer; problems: DraftProblem[]; warnings: Warning[] };

/** Photos and documents that belong to the report: of its period and not withdrawn. */
export function evidenceOf(attachments: readonly Attachment[], period: string): Attachment[] {
  return attachments.filter((each) => each.period === period && each.withdrawnAt === null);
}

/** Marks that ask the reviewer to look twice. */
export function isDoubtful({ checks }: Pick<Attachment, 'checks'>): boolean {
  return checks.some(({ id }) => id !== 'place_ok' && id !== 'no_location');
}

export function settingOf(site: MineSite, evidence: readonly Attachment[]): AnswerSetting {
  const { state } = site;
  return {
    period: site.period,
    workDay: site.workDay,
    status: state.status,
    standingSince: state.statusOn,
    liability: site.liability,
    progressPercent: state.progressPercent,
    treatedAreaSquareMeters: state.treatedAreaSquareMeters,
    measuredAreaSquareMeters: site.measuredAreaSquareMeters,
    declaredAreaSquareMeters: site.declaredAreaSquareMeters,
    startedOn: state.startedOn,
    completedOn: state.completedOn,
    patches: site.patches,
    previous: site.previous?.answer ?? null,
    evidence: evidence.map((each) => ({ ...each, isDoubtful: isDoubtful(each) })),
  };
}

/**
 * `atOnce` problems are told while typing, the others (what is still missing) when it is submitted. Fields are named as
 * in the body, `answer.` included.
 */
export function checkDraft(draft: Draft, site: MineSite, evidence: readonly Attachment[]): CheckedDraft {
  const { answer, unreadable } = readDraft(draft);
  const told = checkAnswer(draft.effectiveOn, answer, settingOf(site, evidence));
  const problems: DraftProblem[] = [
    ...unreadable.map((field) => ({ kind: 'notANumber' as const, field: `answer.${field}`, atOnce: true })),
    ...outOfRange(answer),
    ...(draft.noProgress && answer.noProgressReason === ''
      ? [{ kind: 'required' as const, field: 'answer.noProgressReason', atOnce: false }]
      : []),
    ...(draft.effectiveOn === '' ? [{ kind: 'required' as const, field: 'effectiveOn', atOnce: true }] : []),
    ...told.problems.map((problem) => ({
      ...problem,
      kind: 'said' as const,
      atOnce: isFilled(problem.field, draft, answer),
    })),
  ];
  const missing = told.warnings
    .filter((warning) => needsReason(warning) && (draft.reasons[warning.id] ?? '').trim() === '')
    .map(({ id }) => ({ kind: 'needsReason' as const, field: `reasons.${id}`, atOnce: false }));
  return { answer, problems: [...problems, ...missing], warnings: told.warnings };
}

/** A problem of something that was typed is told at once. */
function isFilled(field: string, draft: Draft, answer: Answer): boolean {
  if (field === 'effectiveOn') return draft.effectiveOn !== '';
  const path = field.replace(/^answer\.?/, '');
  if (path === '' || field === 'attachments') return false;
  const [group = '', name = ''] = path.split('.');
  const value = (answer as Record<string, unknown>)[group];
  if (value === undefined || value === '') return false;
  return name === '' || (typeof value === 'object' && value !== null && name in value);
}

function outOfRange(answer: Answer): DraftProblem[] {
  const issues = answerSchema.safeParse(answer).error?.issues ?? [];
  return issues.flatMap((issue): DraftProblem[] => {
    const field = ['answer', ...issue.path.map(String)].join('.');
    // An empty reason is told as missing.
    if (field === 'answer.noProgressReason' && issue.code === 'too_small') return [];
    if (issue.code === 'too_small')
      return [{ kind: 'atLeast', field, limit: Number(issue.minimum), atOnce: true }];
    if (issue.code !== 'too_big') return [];
    const kind = issue.origin === 'string' ? 'tooLong' : 'atMost';
    return [{ kind, field, limit: Number(issue.maximum), atOnce: true }];
  });
}
