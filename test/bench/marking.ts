/**
 * Editors who mark at once, each acting every 1 to 3 s for a minute: own sites and shared ones, reading as they go. How long
 * they wait beside one who works alone; and afterwards every acknowledged mark is looked for.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { catalogue } from '../../geodata/catalogue/index.ts';
import { owes, statusIds } from '../../geodata/domain/workflow.ts';
import { readConfig } from '../../server/config.ts';
import type { Database, Engine } from '../../server/db/database.ts';
import { openDatabase } from '../../server/db/open.ts';
import { loadSampleIfEmpty } from '../../server/imports/load-sample.ts';
import { findRegion } from '../../server/open-context.ts';
import { silentLog } from '../engines/database-place.ts';
import { seededRandom } from '../engines/random.ts';
import { faultsOf, type Ledger } from '../remediation/compare-marks.ts';
import { examineMarks, type FoundMarks } from '../remediation/examine-marks.ts';
import { type MarkingEditor, markingEditor, periodOfMarks } from '../remediation/marking-editor.ts';
import { signedInAs } from '../signed-in.ts';
import { type BenchPlace, preparePlace } from './bench-place.ts';
import { type Figure, median } from './figures.ts';
import { startOurs } from './services.ts';

const editorsOf: Record<Engine, number> = { server: 50, embedded: 10 };
const seconds = 60;
const secondsAlone = 20;
const ownSites = 4;
const leastShared = 2;

type Headers = Record<string, string>;
/** One editor's place: his unit, sites only he marks, and sites all of the unit mark. */
type Desk = { unit: string; own: readonly string[]; shared: readonly string[] };
type Prepared = { sessions: Headers[]; desks: Desk[]; start: FoundMarks };
type Tally = { ledger: Ledger; times: number[]; stale: number; errors: string[] };

export async function measureMarking(engine: Engine): Promise<Figure[]> {
  const place = await preparePlace(engine, 'nothing');
  try {
    const prepared = await withDatabase(place, (database) => prepare(database, place, editorsOf[engine]));
    const service = await startOurs(place, { sample: true });
    const ledger: Ledger = { marks: [], photos: [], unanswered: 0 };
    const alone: Tally = { ledger, times: [], stale: 0, errors: [] };
    const together: Tally = { ledger, times: [], stale: 0, errors: [] };
    try {
      // What is compiled and planned at the first request of its kind is no part of either.
      await work(service.origin, prepared, [0], { ...alone, times: [] }, { seconds: 5, pauseMs: [50, 100] });
      await work(service.origin, prepared, [0], alone, { seconds: secondsAlone, pauseMs: [100, 300] });
      await work(service.origin, prepared, prepared.sessions.keys(), together, {
        seconds,
        pauseMs: [1000, 3000],
      });
    } finally {
      await service.stop();
    }
    const found = await withDatabase(place, (database) => examineMarks(database, place.dataDir));
    const faults = faultsOf(found, prepared.start, ledger);
    for (const line of [...faults, ...together.errors, ...alone.errors].slice(0, 10))
      console.log(`  ${line}`);
    return figuresOf(engine, { alone, together, faults });
  } finally {
    await place.remove();
  }
}

function figuresOf(
  engine: Engine,
  { alone, together, faults }: { alone: Tally; together: Tally; faults: string[] },
): Figure[] {
  const crowd = `${editorsOf[engine]} editors`;
  const ninetyFifth = percentile(together.times, 0.95);
  return [
    {
      what: `${crowd}, ${together.times.length} requests: 95 of 100 within; beside the median of one`,
      value: ninetyFifth,
      unit: 'ms',
      floor: median(alone.times),
      aim: engine === 'server' ? { of: 'ratio', atMost: 10 } : { of: 'value', atMost: 300 },
    },
    { what: `${crowd}: median`, value: median(together.times), unit: 'ms' },
    {
      what: `marks acknowledged, all looked for: lost, doubled, or a broken chain`,
      value: faults.length,
      unit: `of ${together.ledger.marks.length}`,
      aim: { of: 'value', atMost: 0 },
    },
    {
      what: 'answers that are errors, other than 412',
      value: together.errors.length + alone.errors.length,
      unit: 'errors',
      aim: { of: 'value', atMost: 0 },
    },
    { what: 'answers 412: somebody else was first', value: together.stale, unit: 'times' },
  ];
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN;
}

async function withDatabase<T>(place: BenchPlace, run: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase(place, silentLog);
  try {
    return await run(database);
  } finally {
    await database.close();
  }
}

/** The sample with an editor for each session, signed in, and sites whose month nobody has answered. */
async function prepare(database: Database, place: BenchPlace, editors: number): Promise<Prepared> {
  const { config } = readConfig({ LANTU_DATA_DIR: place.dataDir });
  const region = findRegion(config.regionId);
  await loadSampleIfEmpty(database, region, () => undefined);
  const sites = await database.query<{ code: string; unit: string }>(
    `select code, coalesce(reporting_unit, county_adcode) as unit from geo.mine_site
     where status = any ($1) order by code`,
    [statusIds.filter((status) => owes(status) === 'month')],
    { class: 'read' },
  );
  const desks = desksOf(Map.groupBy(sites, ({ unit }) => unit)).slice(0, editors);
  if (desks.length < editors) throw new Error(`the sample has sites for ${desks.length} editors only`);
  const context = { config, region, catalogue, database, log: silentLog };
  const sessions: Headers[] = [];
  for (const { unit } of desks)
    sessions.push((await signedInAs(context, 'editor', { units: [unit] })).headers);
  return { sessions, desks, start: await examineMarks(database, place.dataDir) };
}

/** An editor of a unit for every few of its sites, and the rest of them for all of the unit; large units first. */
function desksOf(byUnit: ReadonlyMap<string, readonly { code: string }[]>): Desk[] {
  return [...byUnit]
    .sort(([, a], [, b]) => b.length - a.length)
    .flatMap(([unit, sites]) => {
      const codes = sites.map(({ code }) => code);
      const count = Math.max(0, Math.floor((codes.length - leastShared) / ownSites));
      const shared = codes.slice(count * ownSites);
      return Array.from({ length: count }, (_, index) => ({
        unit,
        own: codes.slice(index * ownSites, (index + 1) * ownSites),
        shared,
      }));
    });
}

/** The editors at `indexes` work side by side; what they hear goes into `tally`. */
async function work(
  url: string,
  { sessions, desks }: Prepared,
  indexes: Iterable<number>,
  tally: Tally,
  { seconds: duration, pauseMs: [least, most] }: { seconds: number; pauseMs: readonly [number, number] },
): Promise<void> {
  const until = performance.now() + duration * 1000;
  async function edit(index: number): Promise<void> {
    const headers = sessions[index] ?? {};
    const { unit, own, shared } = desks[index] as Desk;
    const random = seededRandom(2026 + index + duration);
    const ask: typeof fetch = async (...question) => {
      const askedAt = performance.now();
      const answer = await fetch(...question);
      const bytes = await answer.arrayBuffer();
      tally.times.push(performance.now() - askedAt);
      return new Response(bytes, answer);
    };
    const editor = markingEditor(url, headers, ask);
    const pick = (codes: readonly string[]): string => codes[Math.floor(random() * codes.length)] ?? '';
    const paths = (code: string): string[] => [
      `/api/work-list?unit=${unit}&period=${periodOfMarks}`,
      '/api/progress',
      `/api/mine-sites/${code}/history?limit=50`,
    ];
    while (performance.now() < until) {
      await wait(least + random() * (most - least));
      const code = random() < 0.75 ? pick(own) : pick(shared);
      try {
        if (random() < 0.6) await mark(editor, code, tally);
        else {
          const answer = await ask(url + pick(paths(code)), { headers });
          if (!answer.ok) throw new Error(`${answer.status} ${(await answer.text()).slice(0, 200)}`);
        }
      } catch (error) {
        tally.errors.push(error instanceof Error ? error.message : String(error));
      }
    }
  }
  await Promise.all([...indexes].map(edit));
}

let count = 0;

async function mark(editor: MarkingEditor, code: string, tally: Tally): Promise<void> {
  const seen = await editor.read(code);
  count += 1;
  const done = await editor.mark(seen, `停工 ${count}`);
  if (done === 'stale') tally.stale += 1;
  else tally.ledger.marks.push(done);
}
