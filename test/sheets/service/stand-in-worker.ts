/** A drawing thread for tests of the pool: does what the title of the page says instead of drawing. */
import { writeFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import type { DrawAnswer, DrawTask } from '../../../server/sheets/service/draw-protocol.ts';

let count = 0;
const open = new Set<number>();

parentPort?.on('message', async (task: DrawTask) => {
  count += 1;
  const title = 'content' in task ? (task.content.plan.spec.slots.title ?? '') : '';
  if (title === 'crash') process.exit(3);
  if (title === 'hang') for (;;) count += 0;
  if (title.startsWith('wait ')) await new Promise((resolve) => setTimeout(resolve, Number(title.slice(5))));
  if (task.kind === 'open') open.add(task.document);
  if (task.kind === 'end' || task.kind === 'drop') open.delete(task.document);
  if (task.kind === 'sheet' && task.path !== null) writeFileSync(task.path, title);
  const answer: DrawAnswer =
    title === 'refuse'
      ? { kind: 'refused', code: 'unprocessable', text: { zh: '不行', en: 'no' }, field: 'dpi' }
      : title === 'fail'
        ? { kind: 'failed', message: 'a fault' }
        : {
            kind: 'drawn',
            drawn: { title: `${title} ${count} ${[...open].join()}`, notices: [], bytes: null, map: null },
          };
  parentPort?.postMessage(answer);
});
