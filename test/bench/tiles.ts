/** Uncached vector tiles of several zooms; the floor makes them with ST_AsMVT. */
import type { BenchSetting } from './bench-setting.ts';
import type { Figure } from './figures.ts';
import { type Contender, measureInterleaved } from './interleave.ts';
import { benchLayerId } from './load-polygons.ts';
import { tilePaths, tilesWithin } from './questions.ts';

const rounds = 7;
const zooms = [
  { z: 13, features: 'about 10' },
  { z: 12, features: 'about 30' },
  { z: 11, features: 'about 100' },
  { z: 10, features: 'about 400' },
];

const tilesPath = `/ogc/collections/${benchLayerId}/tiles/WebMercatorQuad`;

export async function measureTiles(setting: BenchSetting): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { z, features } of zooms) {
    const all = tilesWithin(z).length;
    // Where kept answers cannot be outdated, each round asks for other tiles.
    const requests = setting.databaseUrl === undefined ? Math.floor(all / (rounds + 1)) : Math.min(all, 500);
    figures.push(
      ...(await measureZoom(setting, { z, what: `uncached tiles z${z}, ${features} features`, requests })),
    );
  }
  if (setting.databaseUrl !== undefined) {
    const whole = { z: 6, what: 'uncached tile z6, all 20 000 features', requests: 1, only: '/6/27/52' };
    figures.push(...(await measureZoom(setting, whole)));
  }
  return figures;
}

async function measureZoom(
  { ours, floor, peers, databaseUrl, outdateAnswers }: BenchSetting,
  { z, what, requests, only }: { z: number; what: string; requests: number; only?: string },
): Promise<Figure[]> {
  const ask = (name: string, service: Contender['service'], path: (tile: string) => string): Contender => ({
    name,
    service,
    requests,
    // On the embedded engine a tile asked for twice would come from the cache.
    ...(databaseUrl === undefined ? {} : { warmUpRequests: 4 * requests }),
    paths(round) {
      const next = only === undefined ? tilePaths(z, round * requests) : () => only;
      return () => path(next());
    },
  });
  const contenders = [
    ask('ours', ours, (tile) => tilesPath + tile),
    ...(floor === undefined ? [] : [ask('floor', floor, (tile) => `/tiles${tile}`)]),
    ...peers
      .filter(({ template }) => template.includes('{z}'))
      .map(({ name, template }) => {
        const { origin } = new URL(template);
        return ask(name, { origin }, (tile) => {
          const [tileZ = '', y = '', x = ''] = tile.split('/').slice(1);
          return template.slice(origin.length).replace('{z}', tileZ).replace('{y}', y).replace('{x}', x);
        });
      }),
  ];
  const measured = await measureInterleaved(contenders, { rounds, databaseUrl, beforeLoad: outdateAnswers });
  const [mine, bare] = [measured.get('ours'), measured.get('floor')];
  if (mine === undefined) throw new Error('nothing was measured');
  const kilobytes = `${(mine.meanBytes / 1_000).toFixed(0)} kB`;
  const figures: Figure[] = [
    {
      what: `${what}, ${kilobytes}`,
      value: mine.requestsPerSecond,
      unit: '/s',
      ...(bare === undefined ? {} : { floor: bare.requestsPerSecond, aim: { of: 'ratio', atLeast: 1.5 } }),
    },
    {
      what: 'the same, processor time of server and database a tile',
      value: mine.cpuMs,
      unit: 'ms',
      ...(bare === undefined ? {} : { floor: bare.cpuMs }),
    },
  ];
  for (const { name } of peers) {
    const peer = measured.get(name);
    if (peer === undefined) continue;
    figures.push({
      what: `the same by ${name}, ${(peer.meanBytes / 1_000).toFixed(0)} kB`,
      value: peer.requestsPerSecond,
      unit: '/s',
      ...(bare === undefined ? {} : { floor: bare.requestsPerSecond }),
    });
  }
  return figures;
}
