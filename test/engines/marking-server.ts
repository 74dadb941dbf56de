/**
 * A process that serves marking until it is killed. Its first line tells what it found, its second where it listens.
 * node marking-server.ts '{"databaseUrl":…,"dataDir":…}'
 */
import { writeSync } from 'node:fs';
import { openDatabase } from '../../server/db/open.ts';
import { startService } from '../features/service-under-test.ts';
import { examineMarks } from '../remediation/examine-marks.ts';
import { type DatabasePlace, silentLog } from './database-place.ts';

const place = JSON.parse(process.argv[2] ?? '') as DatabasePlace;
const { dataDir } = place;
const database = await openDatabase(place, silentLog);
writeSync(1, `${JSON.stringify(await examineMarks(database, dataDir))}\n`);
const { url } = await startService(database, { config: { dataDir } });
writeSync(1, `${url}\n`);
