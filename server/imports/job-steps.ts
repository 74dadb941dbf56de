/** The steps a job takes, in order: read, check, finish; and giving up what was checked. Types only. */
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import type { ImportReport, ImportSettings, Inspection } from '../../geodata/contract/imports.ts';
import type { ReadChoices } from './import-steps.ts';

export type StepReporter = {
  /** What is being done, and how far it is. */
  report(text: Bilingual, counts?: { done: number; total: number | null }): void;
  signal: AbortSignal;
};

export type Uploaded = {
  /** In full. */
  files: readonly string[];
  /** Of the job: what a step writes there goes when the job goes. */
  folder: string;
  choices: ReadChoices;
};

export type ImportSteps<Delivery, Checked> = {
  read(uploaded: Uploaded, reporter: StepReporter): Promise<Delivery>;
  inspectionOf(delivery: Delivery): Inspection;
  /** Stages the rows and judges them; nothing of the layer changes. */
  check(
    delivery: Delivery,
    settings: ImportSettings,
    actor: string,
    reporter: StepReporter,
  ): Promise<{ checked: Checked; report: ImportReport }>;
  /** Swaps the staged rows in; the layer changes here and only here. */
  finish(checked: Checked, reporter: StepReporter): Promise<ImportReport>;
  discard(checked: Checked): Promise<void>;
};
