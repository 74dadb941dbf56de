/** Progress, uncached: no two days alike; beside it the same statement straight through the driver, question by question. */
import pg from 'pg';
import type { Engine } from '../../server/db/database.ts';
import { namedSql } from '../../server/db/named-sql.ts';
import { openDatabase } from '../../server/db/open.ts';
import { lastDayOfMonthBefore } from '../../server/remediation/read-progress.ts';
import { silentLog } from '../engines/database-place.ts';
import { preparePlace } from './bench-place.ts';
import { type Figure, median } from './figures.ts';
import { type History, lastDay, loadHistory } from './load-history.ts';
import { startOurs } from './services.ts';

const small: History = { sites: 535, eventsASite: 28, reportsASite: 12 };
const large: History = { sites: 50_000, eventsASite: 30, reportsASite: 12 };
const warmUps = 5;

export async function measureProgress(engine: Engine): Promise<Figure[]> {
  const ofSmall = await measure(engine, small, 60);
  const ofLarge = await measure(engine, large, 15);
  const words = ({ sites, eventsASite }: History): string =>
    `progress of ${sites.toLocaleString('en')} sites, ${(sites * eventsASite).toLocaleString('en')} events, uncached`;
  return [
    {
      what: words(small),
      value: ofSmall.ours,
      unit: 'ms',
      ...(ofSmall.plain === undefined ? {} : { floor: ofSmall.plain, aim: { of: 'ratio', atMost: 3 } }),
    },
    {
      what: words(large),
      value: ofLarge.ours,
      unit: 'ms',
      ...(ofLarge.plain === undefined ? {} : { floor: ofLarge.plain }),
      aim: { of: 'value', atMost: 1_000 },
    },
  ];
}

/** Medians in milliseconds; `plain` undefined on the embedded engine, which no other process can ask. */
async function measure(
  engine: Engine,
  history: History,
  questions: number,
): Promise<{ ours: number; plain: number | undefined }> {
  const place = await preparePlace(engine, 'nothing');
  try {
    const database = await openDatabase(place, silentLog);
    try {
      await loadHistory(database, history);
    } finally {
      await database.close();
    }
    const service = await startOurs(place);
    const plain = place.databaseUrl === undefined ? undefined : await askPlainly(place.databaseUrl);
    try {
      const times = { ours: [] as number[], plain: [] as number[] };
      for (let question = 0; question < warmUps + questions; question += 1) {
        const day = daysBack(question);
        const ours = await timeOf(() => askService(service.origin, day));
        const bare = plain && (await timeOf(() => plain.ask(day)));
        if (question < warmUps) continue;
        times.ours.push(ours);
        if (bare !== undefined) times.plain.push(bare);
      }
      return { ours: median(times.ours), plain: plain && median(times.plain) };
    } finally {
      await plain?.end();
      await service.stop();
    }
  } finally {
    await place.remove();
  }
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

async function askService(origin: string, day: string): Promise<void> {
  const answer = await fetch(`${origin}/api/progress?as_of=${day}`);
  const { total } = (await answer.json()) as { total: { listed: { count: number } } };
  if (total.listed.count === 0) throw new Error('progress of nothing was measured');
}

async function askPlainly(databaseUrl: string) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const campaign = await client.query<{ id: string }>('select id::text as id from app.campaign');
  return {
    ask: (day: string) =>
      client.query({
        name: 'progress',
        text: namedSql('remediation/count-standings'),
        values: [day, lastDayOfMonthBefore(day), campaign.rows[0]?.id, 'declared', null],
      }),
    end: () => client.end(),
  };
}

function daysBack(days: number): string {
  return new Date(Date.parse(`${lastDay}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}
