/** How long a first and a later start take until the page and the first map answer are served. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectDir, startApp } from '../started-app.ts';
import { type Figure, median } from './figures.ts';

const laterRuns = 5;

export async function measureStart(): Promise<Figure[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'lantu-bench-'));
  try {
    await rm(join(projectDir, '.build', 'client'), { recursive: true, force: true });
    const first = await secondsToFirstMap(dataDir);
    const later: number[] = [];
    for (let run = 0; run < laterRuns; run += 1) later.push(await secondsToFirstMap(dataDir));
    return [
      {
        what: 'first start: build, database, sample, first map answer',
        value: first,
        unit: 's',
        aim: { of: 'value', atMost: 30 },
      },
      {
        what: `later start (median of ${laterRuns})`,
        value: median(later),
        unit: 's',
        aim: { of: 'value', atMost: 5 },
      },
    ];
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function secondsToFirstMap(dataDir: string): Promise<number> {
  const startedAt = performance.now();
  const app = await startApp({ dataDir });
  for (const path of ['/', '/api/catalogue', '/ogc/collections/mine_sites/items?limit=1000&derived=anchor']) {
    const answer = await fetch(app.url + path);
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
    await answer.arrayBuffer();
  }
  const seconds = (performance.now() - startedAt) / 1000;
  await app.stop();
  return seconds;
}
