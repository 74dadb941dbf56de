/**
 * A process that writes pairs of rows as fast as it can and prints each one once the database has
 * acknowledged it, until it or the database is killed. Its first line tells what it found.
 * node kill-writer.ts '{"databaseUrl":…,"dataDir":…}' ROUND
 */
import { writeSync } from 'node:fs';
import { openDatabase } from '../../server/db/open.ts';
import { DatabaseUnavailableError } from '../../server/errors.ts';
import { type DatabasePlace, silentLog } from './database-place.ts';

const [place = '', round = '0'] = process.argv.slice(2);
const read = { class: 'read' } as const;
const database = await openDatabase(JSON.parse(place) as DatabasePlace, silentLog);
await database.query('create table if not exists app.kill_probe (row text)', [], read);
const rows = await database.query<{ row: string }>('select row from app.kill_probe', [], read);
writeSync(1, `found ${JSON.stringify(rows.map(({ row }) => row))}\n`);
try {
  for (let n = 0; ; n += 2) {
    const pair = [`${round}/${n}`, `${round}/${n + 1}`];
    await database.transaction(async (client) => {
      for (const row of pair) await client.query('insert into app.kill_probe values ($1)', [row], read);
    }, read);
    writeSync(1, `${pair.join('\n')}\n`);
  }
} catch (error) {
  if (!(error instanceof DatabaseUnavailableError)) throw error;
}
process.exit(0);
