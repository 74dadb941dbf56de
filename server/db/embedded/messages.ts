/** What passes between the engine's worker thread and its owner. */
import type { AnswerFault } from './protocol.ts';

export type WorkerInput = { folder: string };

/** To the worker: run this batch; or write everything and end. */
export type WorkerRequest =
  | { kind: 'batch'; id: number; bytes: Uint8Array<ArrayBuffer>; statements: number }
  | { kind: 'close' };

/** Why a batch has no answer; `stack` is an overrun of the thread's stack, `broken` any other breakdown. */
export type BatchFault = AnswerFault | 'stack' | 'broken';

export type WorkerMessage =
  | { kind: 'ready' }
  | { kind: 'answer'; id: number; bytes: Uint8Array<ArrayBuffer> }
  | { kind: 'fault'; id: number; fault: BatchFault; detail: string };
