/** The same answer again, whole and as 304, beside uncached answers of the same kind; and the memory all of it took. */
import type { BenchSetting } from './bench-setting.ts';
import { type Figure, median } from './figures.ts';
import { type Contender, measureInterleaved } from './interleave.ts';
import { itemsPath } from './items.ts';
import { boxes } from './questions.ts';

export async function measureCache(setting: BenchSetting): Promise<Figure[]> {
  const { ours, databaseUrl, engine } = setting;
  const kept = `${itemsPath}?bbox=${boxes(1)()}`;
  const etag = (await fetch(ours.origin + kept)).headers.get('etag') ?? '';
  const contenders: Contender[] = [
    {
      name: 'uncached',
      service: ours,
      paths(round) {
        const next = boxes(5_000 + round);
        return () => `${itemsPath}?bbox=${next()}`;
      },
    },
    { name: 'cached', service: ours, paths: () => () => kept },
    {
      name: 'not modified',
      service: ours,
      paths: () => () => kept,
      headers: { 'If-None-Match': etag },
      expected: [304],
    },
  ];
  const resident: number[] = [];
  const measured = await measureInterleaved(contenders, {
    databaseUrl,
    async beforeLoad() {
      resident.push(await ours.residentMegabytes());
    },
  });
  resident.push(await ours.residentMegabytes());
  const uncached = measured.get('uncached')?.requestsPerSecond ?? Number.NaN;
  const least = engine === 'server' ? { cached: 10, notModified: 15 } : { cached: 20, notModified: 50 };
  return [
    {
      what: 'cached items, beside uncached ones',
      value: measured.get('cached')?.requestsPerSecond ?? Number.NaN,
      unit: '/s',
      floor: uncached,
      aim: { of: 'ratio', atLeast: least.cached },
    },
    {
      what: '304 Not Modified, beside uncached items',
      value: measured.get('not modified')?.requestsPerSecond ?? Number.NaN,
      unit: '/s',
      floor: uncached,
      aim: { of: 'ratio', atLeast: least.notModified },
    },
    {
      what: 'resident memory of the service, largest between loads',
      value: Math.max(...resident),
      unit: 'MB',
      ...(engine === 'server' ? { aim: { of: 'value', atMost: 400 } as const } : {}),
    },
    { what: 'resident memory of the service, median between loads', value: median(resident), unit: 'MB' },
  ];
}
