/** Several loads in turn, round after round, so that what else happens on the machine meets all of them alike. */

import { type LoadResult, runClosedLoop } from './closed-loop.ts';
import { cpuSecondsOf } from './cpu.ts';
import { median } from './figures.ts';
import type { Service } from './services.ts';

export const connections = 8;

export type Contender = {
  name: string;
  service: Pick<Service, 'origin'> & Partial<Service>;
  /** Path and query of one request after another; `round` seeds it, so that all contenders ask the same. */
  paths: (round: number) => () => string;
  headers?: Record<string, string>;
  expected?: readonly number[];
  /** Requests of one round; without it a round lasts as long as all others. */
  requests?: number;
  /** Requests of the round that warms up, where they are not as many: code is compiled while it runs. */
  warmUpRequests?: number;
};

export type Measured = {
  requestsPerSecond: number;
  meanBytes: number;
  medianMs: number;
  /** Processor time of server and database for one request in milliseconds; NaN where it cannot be told. */
  cpuMs: number;
};

export type InterleaveOptions = {
  rounds?: number;
  seconds?: number;
  databaseUrl: string | undefined;
  /** Before each load: makes kept answers of the service worthless, where the same is asked in every round. */
  beforeLoad?: () => Promise<void>;
};

/** Medians over `rounds` by name of the contender; a round before them warms up and is not counted. */
export async function measureInterleaved(
  contenders: readonly Contender[],
  options: InterleaveOptions,
): Promise<Map<string, Measured>> {
  const { rounds = 7, seconds = 2, databaseUrl, beforeLoad } = options;
  const results = new Map(contenders.map(({ name }) => [name, [] as (LoadResult & { cpuMs: number })[]]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const contender of contenders) {
      await beforeLoad?.();
      const before = await cpuOf(contender, databaseUrl);
      const result = await runClosedLoop({
        origin: contender.service.origin,
        nextPath: contender.paths(round),
        ...(contender.headers === undefined ? {} : { headers: contender.headers }),
        connections,
        expected: contender.expected ?? [200],
        ...(contender.requests === undefined
          ? { seconds: round === 0 ? 1 : seconds }
          : { requests: (round === 0 ? contender.warmUpRequests : undefined) ?? contender.requests }),
        ...addressOfRound(),
      });
      const cpuMs = (((await cpuOf(contender, databaseUrl)) - before) * 1000) / result.requests;
      if (round > 0) results.get(contender.name)?.push({ ...result, cpuMs });
    }
  }
  return new Map(
    [...results].map(([name, all]) => [
      name,
      {
        requestsPerSecond: median(all.map((each) => each.requestsPerSecond)),
        meanBytes: median(all.map((each) => each.meanBytes)),
        medianMs: median(all.map((each) => each.medianMs)),
        cpuMs: median(all.map((each) => each.cpuMs)),
      },
    ]),
  );
}

async function cpuOf({ service }: Contender, databaseUrl: string | undefined): Promise<number> {
  if (service.cpuSeconds === undefined) return Number.NaN;
  return cpuSecondsOf(service as Service, databaseUrl);
}

let addresses = 0;

/** On Linux the whole of 127.0.0.0/8 is this machine: each round comes from another address, or the service's limit per address would end it. */
function addressOfRound(): { localAddress?: string } {
  if (process.platform !== 'linux') return {};
  addresses += 1;
  return { localAddress: `127.1.${Math.floor(addresses / 250) % 250}.${(addresses % 250) + 1}` };
}
