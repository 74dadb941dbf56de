/** What the thread that checks rows is told, and what it says. Types only. */
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import type { Region } from '../../geodata/reference/region-schema.ts';
import type { WorkerAnswer } from './bounded-worker.ts';
import type { RowBatch, RowPlan } from './import-steps.ts';
import type { Spool } from './spool.ts';

export type CheckTask = { spool: Spool; plan: RowPlan; region: Region };

/** What was understood in a way the file does not say, and what may be a mistake. */
export type CheckEnd = { warnings: Bilingual[]; assumptions: Bilingual[] };

export type CheckMessage =
  | { kind: 'batch'; batch: RowBatch }
  | ({ kind: 'end' } & CheckEnd)
  | Extract<WorkerAnswer<never>, { kind: 'refused' }>;
