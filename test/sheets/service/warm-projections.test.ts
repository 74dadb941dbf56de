/** What is made ready after a start, with a database that only says what it is asked. */
import pino from 'pino';
import { expect, it } from 'vitest';
import { ganzhou } from '../../../geodata/reference/ganzhou/region.ts';
import type { Database, Engine } from '../../../server/db/database.ts';
import { warmProjections } from '../../../server/sheets/service/warm-projections.ts';

function askedOf(engine: Engine, answer: () => object[]) {
  const asked: (readonly unknown[])[] = [];
  const logged: string[] = [];
  const database = {
    engine,
    async query(_text: string, params: readonly unknown[]) {
      asked.push(params);
      return answer();
    },
  } as unknown as Database;
  const log = pino({ level: 'warn' }, { write: (line) => void logged.push(line) });
  return { asked, logged, run: () => warmProjections({ database, region: ganzhou, log }) };
}

it('projects and measures the middle of the region on the embedded engine', async () => {
  const { asked, run } = askedOf('embedded', () => [{ x: 500_000, y: 2_800_000 }]);
  await run();
  const [west, south, east, north] = ganzhou.extent;
  expect(asked).toEqual([
    [4547, (west + east) / 2, (south + north) / 2],
    [4547, 500_000, 2_800_000],
  ]);
});

it('asks nothing of a server, whose connections each know PROJ by themselves', async () => {
  const { asked, run } = askedOf('server', () => [{ x: 0, y: 0 }]);
  await run();
  expect(asked).toEqual([]);
});

it('logs a failure and hinders nothing', async () => {
  const { logged, run } = askedOf('embedded', () => {
    throw new Error('no such function');
  });
  await run();
  expect(logged.join()).toContain('no such function');
});
