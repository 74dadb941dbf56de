/** The lines of a report as a reviewer reads it: this month beside last month. Pure. */
import type { MineSite } from '../../../geodata/contract/marking.ts';
import type { SiteValues } from './site-values.ts';
import { valuesOfAnswer } from './site-values.ts';

export type ReviewRow = {
  path: string;
  now: string | number | undefined;
  before: string | number | undefined;
  differs: boolean;
};

const wordPaths = ['issues', 'nextSteps', 'note', 'aftercare', 'noProgressReason', 'expectedFinishOn'];

/**
 * Fields of the report in the order in which they were asked, then those only last month had. Last month's figures are
 * those of its report, or of the state of the site where there was none; words of last month do not hold on.
 */
export function reviewRows({ report, previous, state }: MineSite): ReviewRow[] {
  if (report === null) return [];
  const now = valuesOfAnswer(report.answer);
  const before: SiteValues = {
    status: state.status,
    ...(state.progressPercent === null ? {} : { progressPercent: state.progressPercent }),
    ...(state.treatedAreaSquareMeters === null
      ? {}
      : { treatedToDateSquareMeters: state.treatedAreaSquareMeters }),
    ...(previous === null ? {} : valuesOfAnswer(previous.answer)),
  };
  const standing: SiteValues = report.answer.status === undefined ? { status: state.status } : {};
  const shown = { ...standing, ...now };
  const paths = Object.keys(shown);
  const dropped = Object.keys(before).filter(
    (path) => !(path in shown) && !wordPaths.includes(path) && report.answer.noProgressReason === undefined,
  );
  return [...paths, ...dropped].map((path) => ({
    path,
    now: shown[path],
    before: before[path],
    differs: shown[path] !== before[path],
  }));
}
