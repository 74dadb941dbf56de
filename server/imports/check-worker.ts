/** Thread that checks rows of the spool and hands them over in batches, never more than two ahead of those that were taken. */
import { parentPort } from 'node:worker_threads';
import type { WorkerAnswer } from './bounded-worker.ts';
import { checkPatches } from './check-patches.ts';
import { checkRows } from './check-rows.ts';
import type { CheckMessage, CheckTask } from './check-task.ts';
import { findPatches } from './find-patches.ts';
import { refusalOf, taskOf } from './worker-answer.ts';

const batchesAhead = 2;

const task = await taskOf<CheckTask>();
let room = batchesAhead;
let onRoom = (): void => {};
parentPort?.on('message', () => {
  room += 1;
  onRoom();
});

function post(message: CheckMessage | WorkerAnswer<never>): void {
  parentPort?.postMessage(message);
}

try {
  const patches = findPatches(task);
  const rows = patches === null ? checkRows(task) : checkPatches(task, patches);
  for (;;) {
    const next = rows.next();
    if (next.done === true) {
      post({ kind: 'end', ...next.value });
      break;
    }
    while (room === 0) await new Promise<void>((resolve) => (onRoom = resolve));
    room -= 1;
    post({ kind: 'batch', batch: next.value });
  }
} catch (error) {
  post(refusalOf(error));
}
