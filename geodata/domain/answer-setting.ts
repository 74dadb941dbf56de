/** What a monthly report is held against, and the values it gives. Pure. */
import type { Answer } from '../contract/marking.ts';
import type { Evidence } from './check-step.ts';
import { rounded } from './hectares.ts';
import type { StatusId } from './workflow.ts';

/** What of the site an answer is held against; areas in m². */
export type AnswerSetting = {
  period: string;
  workDay: string;
  status: StatusId;
  /** Day of the state the site stands in. */
  standingSince: string | null;
  liability: string | null;
  progressPercent: number | null;
  treatedAreaSquareMeters: number | null;
  measuredAreaSquareMeters: number | null;
  declaredAreaSquareMeters: number | null;
  startedOn: string | null;
  completedOn: string | null;
  patches: readonly { code: string; measuredAreaSquareMeters: number | null }[];
  /** Answer of the last report that was passed; null: none was. */
  previous: Answer | null;
  /** Brought along or already joined to the report. */
  evidence: readonly (Evidence & { isDoubtful: boolean })[];
};

/** Treated area to date an answer gives: the sum of the patches where each is given, else as told; undefined: not told. */
export function treatedToDate(answer: Answer, patches: readonly { code: string }[]): number | undefined {
  const given = answer.patches;
  if (given !== undefined && patches.length > 0 && patches.every(({ code }) => code in given)) {
    return rounded(patches.reduce((sum, { code }) => sum + (given[code] ?? 0), 0));
  }
  const told = answer.treatedToDateSquareMeters;
  return told === undefined ? undefined : rounded(told);
}

/** 形象进度 an answer gives: 100 where it says the works are complete; undefined: not told. */
export function percentOf(answer: Answer): number | undefined {
  if (answer.progressPercent !== undefined) return rounded(answer.progressPercent);
  return answer.status === 'completed' ? 100 : undefined;
}
