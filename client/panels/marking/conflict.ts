/** Two people on one site: which fields differ, and what comes of the choices. Pure. */
import type { MineSite, SubmitReport } from '../../../geodata/contract/marking.ts';
import { type SiteValues, valuesOfAnswer } from './site-values.ts';

export type Side = 'mine' | 'theirs';
export type ConflictRow = {
  field: string;
  /** Undefined: not filled in. */
  before: string | number | undefined;
  mine: string | number | undefined;
  theirs: string | number | undefined;
  /** Both changed it, each otherwise: only such a field asks for a choice; the others are suggested. */
  contested: boolean;
  suggested: Side;
};

/** Fields in which mine and theirs differ, contested ones first, else in the order in which they stand in mine. */
export function conflictRows(before: SiteValues, mine: SiteValues, theirs: SiteValues): ConflictRow[] {
  const fields = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])];
  return fields
    .filter((field) => mine[field] !== theirs[field])
    .map((field): ConflictRow => {
      const iChanged = mine[field] !== before[field];
      const theyChanged = theirs[field] !== before[field];
      return {
        field,
        before: before[field],
        mine: mine[field],
        theirs: theirs[field],
        contested: iChanged && theyChanged,
        suggested: iChanged ? 'mine' : 'theirs',
      };
    })
    .sort((a, b) => Number(b.contested) - Number(a.contested));
}

/** Mine, with the fields chosen from theirs. */
export function mergeValues(
  mine: SiteValues,
  rows: readonly ConflictRow[],
  choices: Readonly<Record<string, Side>>,
): SiteValues {
  const merged = { ...mine };
  for (const { field, theirs, suggested } of rows) {
    if ((choices[field] ?? suggested) === 'mine') continue;
    if (theirs === undefined) delete merged[field];
    else merged[field] = theirs;
  }
  return merged;
}

/**
 * Whether what was refused as stale stands already: the same report, submitted by the same person. So it is where the
 * answer to the first sending was lost on its way, and nobody else has changed anything.
 */
export function isSubmittedAlready(
  { report }: Pick<MineSite, 'report'>,
  sent: Pick<SubmitReport, 'answer' | 'effectiveOn'>,
  sender: string,
): boolean {
  if (report?.state !== 'submitted' || report.submittedBy !== sender) return false;
  const stands = { ...valuesOfAnswer(report.answer), effectiveOn: report.effectiveOn };
  const wanted = { ...valuesOfAnswer(sent.answer), effectiveOn: sent.effectiveOn };
  return conflictRows({}, wanted, stands).length === 0;
}
