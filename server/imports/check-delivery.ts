/** Rows of a delivery as features of a layer, checked in a bounded thread that runs ahead of whoever stores them by a batch or two. */
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import type { Region } from '../../geodata/reference/region-schema.ts';
import { UnprocessableError } from '../errors.ts';
import { asError, startBounded, type WorkerAnswer, type WorkerBounds } from './bounded-worker.ts';
import type { CheckMessage, CheckTask } from './check-task.ts';
import { positionDoubtOf } from './choose-crs.ts';
import type { Delivery, RowBatch, RowPlan, RowStream } from './import-steps.ts';
import { usualReadBounds } from './read-bounds.ts';

/**
 * The rows of the delivery in batches, when they are asked for; nothing is read before. Throws UnprocessableError at once
 * where the delivery cannot go into the layer: its part is to be chosen, or its positions are in doubt.
 */
export function checkedRows(
  delivery: Delivery,
  plan: RowPlan,
  region: Region,
  signal: AbortSignal,
  bounds: WorkerBounds = usualReadBounds.worker,
): RowStream {
  const { partProblem } = delivery.inspection;
  if (partProblem !== null) throw new UnprocessableError(partProblem, { field: 'part' });
  assertPositions(plan);
  let ended: Extract<CheckMessage, { kind: 'end' }> | undefined;
  const words = (what: 'warnings' | 'assumptions'): Bilingual[] => {
    if (ended === undefined) throw new Error('the rows were not read to their end');
    return ended[what];
  };
  async function* batches(): AsyncGenerator<RowBatch> {
    const task: CheckTask = { spool: delivery.spool, plan, region };
    const { worker, failed, restartClock, end } = startBounded(
      new URL('./check-worker.ts', import.meta.url),
      task,
      bounds,
      signal,
    );
    try {
      const arrived: (CheckMessage | WorkerAnswer<never>)[] = [];
      let wake = (): void => {};
      worker.on('message', (message: CheckMessage) => {
        arrived.push(message);
        wake();
      });
      for (;;) {
        const message = arrived.shift();
        if (message === undefined) {
          // Time the rows took to be stored is not the file's.
          restartClock();
          await Promise.race([new Promise<void>((resolve) => (wake = resolve)), failed]);
        } else if (message.kind === 'refused') {
          throw asError(message);
        } else if (message.kind === 'end') {
          ended = message;
          return;
        } else if (message.kind === 'batch') {
          worker.postMessage('more');
          yield message.batch;
        }
      }
    } finally {
      await end();
    }
  }
  return { batches: batches(), warnings: () => words('warnings'), assumptions: () => words('assumptions') };
}

/** Positions in doubt may only lie under others, never be drawn upon or screened against. */
function assertPositions({ layer, crs }: RowPlan): void {
  const doubt = positionDoubtOf(crs);
  if (doubt === null || layer.group === 'base') return;
  throw new UnprocessableError(
    doubt === 'gcj02'
      ? {
          zh: '火星坐标(GCJ-02)经过加偏,不能导入为业务图层;请索取 2000国家大地坐标系的原始数据。',
          en: 'GCJ-02 is shifted on purpose and cannot be imported; ask for the original data in CGCS2000.',
        }
      : {
          zh: `${crs.name.zh} 转换到 2000国家大地坐标系需要保密参数,不能直接导入(不带参数会偏移约 100 米)。请提供转换后的数据。`,
          en: `${crs.name.en} needs secret parameters to become CGCS2000 and cannot be imported as it is (about 100 m off without them); provide converted data.`,
        },
    { field: 'crs' },
  );
}
