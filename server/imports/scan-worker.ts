/** Thread that looks once through the rows GDAL wrote. */
import { workerData } from 'node:worker_threads';
import { type ScanTask, scanSpool } from './scan-spool.ts';
import { answerWith } from './worker-answer.ts';

await answerWith(() => scanSpool(workerData as ScanTask));
