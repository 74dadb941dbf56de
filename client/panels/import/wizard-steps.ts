/** Which step of the wizard a job is at, and which others can be gone to. Pure. */
import type { ImportJob, Inspection } from '../../../geodata/contract/imports.ts';

export const wizardSteps = ['file', 'inspect', 'map', 'confirm', 'result'] as const;
export type WizardStep = (typeof wizardSteps)[number];

type JobPlace = Pick<ImportJob, 'state' | 'settings' | 'inspection'>;

/** Steps open to the reader, while the job waits for one; none while it works or is at its end. */
export function openSteps({ state, settings, inspection }: JobPlace): WizardStep[] {
  if (inspection === null || !['inspected', 'checked', 'failed', 'cancelled'].includes(state)) return [];
  if (!isSettled(inspection)) return ['inspect'];
  if (settings.layerId === undefined || settings.mapping === undefined) return ['inspect', 'map'];
  return ['inspect', 'map', 'confirm'];
}

/** Nothing about the file itself is left to choose, and there are rows in it. */
export function isSettled({
  crs,
  partProblem,
  rowCount,
}: Pick<Inspection, 'crs' | 'partProblem' | 'rowCount'>): boolean {
  return crs !== null && partProblem === null && rowCount > 0;
}

/** The step to show: the one wanted where it is open, else the furthest the job has come to. */
export function stepOf(job: JobPlace, wanted: WizardStep | null): WizardStep {
  switch (job.state) {
    case 'reading':
      return 'inspect';
    case 'checking':
      return 'confirm';
    case 'importing':
    case 'done':
      return 'result';
  }
  const open = openSteps(job);
  if (wanted !== null && open.includes(wanted)) return wanted;
  if (job.state === 'checked') return 'confirm';
  if (open.includes('confirm')) return 'confirm';
  return job.settings.layerId !== undefined && open.includes('map') ? 'map' : 'inspect';
}
