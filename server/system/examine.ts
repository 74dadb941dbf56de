/** Everything the doctor looks at, one examination after the other. */

import type { Context } from '../context.ts';
import { LantuError } from '../errors.ts';
import { examineAccounts } from './examine-accounts.ts';
import { examineClocks } from './examine-clocks.ts';
import { examineChains, examineFeatures, examineLeftovers } from './examine-data.ts';
import { examineEngine, examineOverlays } from './examine-engine.ts';
import { examineEvidence } from './examine-evidence.ts';
import { examineIndexes, examineStatistics } from './examine-indexes.ts';
import { examineDisk, examineFolder, examineMachine } from './examine-machine.ts';
import { examineListening, examineOutside } from './examine-network.ts';
import { examineCatalogue, examineFunctions, examineMigrations } from './examine-schema.ts';
import { type Examination, type Finding, finding } from './finding.ts';

const examinations: readonly Examination[] = [
  examineEngine,
  examineOverlays,
  examineMigrations,
  examineFunctions,
  examineCatalogue,
  examineIndexes,
  examineStatistics,
  examineFeatures,
  examineChains,
  examineAccounts,
  examineLeftovers,
  examineEvidence,
  examineClocks,
  examineMachine,
  examineDisk,
  examineFolder,
  examineListening,
  examineOutside,
];

/** Findings as they come; an examination that cannot be made is itself a finding. Throws only the reason of `signal`. */
export async function* examineAll(context: Context, signal: AbortSignal): AsyncGenerator<Finding> {
  for (const examine of examinations) {
    signal.throwIfAborted();
    try {
      yield* await examine(context);
    } catch (error) {
      context.log.warn({ err: error, examination: examine.name }, 'an examination could not be made');
      const words = error instanceof LantuError ? error.text : { zh: String(error), en: String(error) };
      yield finding(
        'bad',
        `${examine.name} 无法检查:${words.zh}`,
        `${examine.name} could not be made: ${words.en}`,
      );
    }
  }
}
