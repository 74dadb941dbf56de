/** The thread's side of bounded-worker.ts: does the work and answers once, with the value or the reason against it. */
import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { LantuError } from '../errors.ts';
import type { WorkerAnswer } from './bounded-worker.ts';

/** The task of this thread: what it was started with or, of a thread started ahead (warmUp), its first message. */
export async function taskOf<Task>(): Promise<Task> {
  if (workerData !== null || parentPort === null) return workerData as Task;
  const [task] = (await once(parentPort, 'message')) as [Task];
  return task;
}

/** Runs the work and posts its answer; an error that is no refusal ends the thread and is heard of there. */
export async function answerWith<Value>(work: () => Value | Promise<Value>): Promise<void> {
  let answer: WorkerAnswer<Value>;
  try {
    answer = { kind: 'done', value: await work() };
  } catch (error) {
    answer = refusalOf(error);
  }
  parentPort?.postMessage(answer);
}

/** The refusal as data; throws what is none. */
export function refusalOf(error: unknown): WorkerAnswer<never> {
  if (!(error instanceof LantuError)) throw error;
  return { kind: 'refused', code: error.code, text: error.text, field: error.field };
}
