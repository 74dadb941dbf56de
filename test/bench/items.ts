/** Uncached items: no two boxes alike, so every answer is read from the database. */
import type { BenchSetting } from './bench-setting.ts';
import type { Figure } from './figures.ts';
import { type Contender, measureInterleaved } from './interleave.ts';
import { benchLayerId } from './load-polygons.ts';
import { boxes } from './questions.ts';

export const itemsPath = `/ogc/collections/${benchLayerId}/items`;

/** A proxy on this machine that says it asks for a client elsewhere: such a client gets compressed answers. */
const remote = { 'X-Forwarded-For': '192.0.2.7' };

export async function measureItems(setting: BenchSetting): Promise<Figure[]> {
  const { ours, floor, peers, databaseUrl } = setting;
  const ask = (service: Contender['service'], name: string, path: (bbox: string) => string): Contender => ({
    name,
    service,
    paths(round) {
      const next = boxes(round + 1);
      return () => path(next());
    },
  });
  const oursPath = (bbox: string): string => `${itemsPath}?bbox=${bbox}`;
  const contenders: Contender[] = [
    ask(ours, 'ours', oursPath),
    ...(floor === undefined ? [] : [ask(floor, 'floor', (bbox) => `/items?bbox=${bbox}`)]),
    ...peers
      .filter(({ template }) => template.includes('{bbox}'))
      .map(({ name, template }) => {
        const { origin } = new URL(template);
        return ask({ origin }, name, (bbox) => template.slice(origin.length).replace('{bbox}', bbox));
      }),
    ...(['gzip', 'br'] as const).map((encoding) => ({
      ...ask(ours, encoding, oursPath),
      headers: { ...remote, 'Accept-Encoding': encoding },
      // Boxes of its own: the same ones would be found in the cache.
      paths(round: number) {
        const next = boxes(1_000 + round * 2 + Number(encoding === 'br'));
        return () => oursPath(next());
      },
    })),
  ];
  const measured = await measureInterleaved(contenders, { databaseUrl });
  const [mine, bare] = [measured.get('ours'), measured.get('floor')];
  if (mine === undefined) throw new Error('nothing was measured');
  const kilobytes = (bytes: number): string => `${Math.round(bytes / 1_000)} kB`;
  const figures: Figure[] = [
    {
      what: `uncached items, ${kilobytes(mine.meanBytes)} identity${bare === undefined ? '' : `, of the floor ${kilobytes(bare.meanBytes)}`}`,
      value: mine.requestsPerSecond,
      unit: '/s',
      ...(bare === undefined ? {} : { floor: bare.requestsPerSecond, aim: { of: 'ratio', atLeast: 0.95 } }),
    },
    {
      what: 'the same, processor time of server and database a request',
      value: mine.cpuMs,
      unit: 'ms',
      ...(bare === undefined ? {} : { floor: bare.cpuMs }),
    },
  ];
  for (const [name, { requestsPerSecond, meanBytes }] of measured) {
    if (name === 'ours' || name === 'floor') continue;
    const what =
      name === 'gzip' || name === 'br'
        ? `the same for a client elsewhere, ${name}, ${kilobytes(meanBytes)}`
        : `the same by ${name}, ${kilobytes(meanBytes)}`;
    figures.push({
      what,
      value: requestsPerSecond,
      unit: '/s',
      ...(bare === undefined ? {} : { floor: bare.requestsPerSecond }),
    });
  }
  return figures;
}
