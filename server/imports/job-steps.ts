/** The steps a job takes, in order: read, check, finish; and giving up what was checked. Types only. */
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import type { ImportReport, ImportSettings } from '../../geodata/contract/imports.ts';
import type { ReadChoices } from './import-steps.ts';

export type StepReporter = {
  /** What is being done, and how far it is. */
  report(text: Bilingual, counts?: { done: number; total: number | null }): void;
  signal: AbortSignal;
};

/** As import-file.ts has them; jobs know of a delivery and of staged rows only that there are such. */
export type ImportSteps<Delivery, Staged> = {
  /** Into `folder`, which is new and goes with the job. */
  read(
    files: readonly string[],
    choices: ReadChoices,
    folder: string,
    reporter: StepReporter,
  ): Promise<Delivery>;
  /** Stages the rows and judges them; nothing of the layer changes. */
  check(
    delivery: Delivery,
    settings: ImportSettings,
    reporter: StepReporter,
  ): Promise<{ staged: Staged; report: ImportReport }>;
  /** Swaps the staged rows in; the layer changes here and only here. The staged rows are gone, unless it throws. */
  finish(
    staged: Staged,
    report: ImportReport,
    settings: ImportSettings,
    actor: string,
    reporter: StepReporter,
  ): Promise<ImportReport>;
  drop(staged: Staged): Promise<void>;
};
