/** Thread that lays out a delivery and brings its texts into UTF-8. */
import { workerData } from 'node:worker_threads';
import { type LaidOut, type LayOutTask, layOut } from './lay-out.ts';
import { type TextEncodings, textsInUtf8 } from './text-files.ts';
import { answerWith } from './worker-answer.ts';

export type LayOutWorkerData = LayOutTask & {
  /** `--encoding`. */
  encoding: string | undefined;
};
export type LayOutAnswer = LaidOut & { encodings: TextEncodings };

const { encoding, ...task } = workerData as LayOutWorkerData;

await answerWith<LayOutAnswer>(async () => {
  const laid = await layOut(task);
  return { ...laid, encodings: textsInUtf8(task.folder, laid.sources, encoding) };
});
