/** Moving through the queue of reports from wherever one of them is open. */
import { openReport } from '../work-list/open-work.ts';
import { afterReview, markReviewed, type QueuedReport, stepInQueue, useReviewQueue } from './review-queue.ts';

/** Opens the report a step on or back; stays at either end. */
export function goInQueue(from: QueuedReport, direction: 1 | -1): void {
  const to = stepInQueue(useReviewQueue.getState(), from, direction);
  if (to !== null) openReport(to);
}

/** Once a report has been decided on: opens the one that comes next. False: there is none, or no queue. */
export function goOnAfter(decided: QueuedReport): boolean {
  markReviewed(decided);
  const next = afterReview(useReviewQueue.getState(), decided);
  if (next !== null) openReport(next);
  return next !== null;
}
