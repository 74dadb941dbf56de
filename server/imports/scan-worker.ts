/** Thread that looks once through the rows GDAL wrote. */
import { type ScanTask, scanSpool } from './scan-spool.ts';
import { answerWith, taskOf } from './worker-answer.ts';

const task = await taskOf<ScanTask>();
await answerWith(() => scanSpool(task));
