/** The reports a reviewer goes through one after the other, in the order of the list when it was begun. */
import { create } from 'zustand';

export type QueuedReport = { code: string; period: string };

type ReviewQueue = {
  reports: readonly QueuedReport[];
  /** Keys of reports that have been decided on. */
  done: ReadonlySet<string>;
};

export const useReviewQueue = create<ReviewQueue>()(() => ({ reports: [], done: new Set<string>() }));

const keyOf = ({ code, period }: QueuedReport) => `${code}/${period}`;

export function beginQueue(reports: readonly QueuedReport[]): void {
  useReviewQueue.setState({
    reports: reports.map(({ code, period }) => ({ code, period })),
    done: new Set(),
  });
}

export function markReviewed(report: QueuedReport): void {
  useReviewQueue.setState(({ done }) => ({ done: new Set([...done, keyOf(report)]) }));
}

/** The report a step further on (1) or back (-1) that has not been decided on; null at the end. Pure. */
export function stepInQueue(
  { reports, done }: ReviewQueue,
  from: QueuedReport,
  direction: 1 | -1,
): QueuedReport | null {
  const start = reports.findIndex((report) => keyOf(report) === keyOf(from));
  if (start === -1) return null;
  for (let at = start + direction; at >= 0 && at < reports.length; at += direction) {
    const report = reports[at];
    if (report !== undefined && !done.has(keyOf(report))) return report;
  }
  return null;
}

/** What comes once a report has been decided on: the next one, at the end those passed over; null: all are done. Pure. */
export function afterReview(queue: ReviewQueue, decided: QueuedReport): QueuedReport | null {
  const next = stepInQueue(queue, decided, 1);
  if (next !== null) return next;
  const rest = queue.reports.find(
    (report) => keyOf(report) !== keyOf(decided) && !queue.done.has(keyOf(report)),
  );
  return queue.reports.some((report) => keyOf(report) === keyOf(decided)) ? (rest ?? null) : null;
}

/** Place of a report, from 1; null where it is not in the queue. Pure. */
export function placeInQueue({ reports }: ReviewQueue, report: QueuedReport): number | null {
  const index = reports.findIndex((each) => keyOf(each) === keyOf(report));
  return index === -1 ? null : index + 1;
}
