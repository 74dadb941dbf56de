/** The plan of any mark: one entry per kind. Pure. */
import type { Mark, Planned, Setting } from './mark.ts';
import { planCorrection, planRestoration } from './plan-amendment.ts';
import { planDecision } from './plan-decision.ts';
import { planSubmission, planWithdrawal } from './plan-report.ts';
import { planOpening, planReview } from './plan-review.ts';
import { planUndo } from './plan-undo.ts';

export function planMark(setting: Setting, mark: Mark): Planned {
  switch (mark.kind) {
    case 'submit':
      return planSubmission(setting, mark.order);
    case 'withdraw':
      return planWithdrawal(setting);
    case 'open':
      return planOpening(setting);
    case 'review':
      return planReview(setting, mark.review);
    case 'decide':
      return planDecision(setting, mark.decision);
    case 'correct':
      return planCorrection(setting, mark.correction);
    case 'restore':
      return planRestoration(setting, mark.seq, mark.reason);
    case 'undo':
      return planUndo(setting, mark);
  }
}

/** Month of the report a mark is about; null: it is about none. */
export function periodOfMark(mark: Mark): string | null {
  return 'period' in mark ? mark.period : null;
}

/** Whether its plan follows from what the site went through, which is not loaded for every mark. */
export function asksTimeline(mark: Mark): boolean {
  return (
    mark.kind === 'correct' ||
    mark.kind === 'restore' ||
    (mark.kind === 'review' && mark.review.decision === 'return')
  );
}

/** Ids of the evidence it brings along. */
export function evidenceOf(mark: Mark): readonly string[] {
  if (mark.kind === 'submit') return mark.order.attachments;
  return mark.kind === 'decide' ? mark.decision.attachments : [];
}

/** Whether evidence that was joined to the report before counts for it too. */
export function takesJoined(mark: Mark): boolean {
  return mark.kind === 'submit' || (mark.kind === 'review' && mark.review.decision === 'pass');
}
