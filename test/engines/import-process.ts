/**
 * A process that imports one file into the red lines and prints each step, until it is done or killed.
 * node import-process.ts '{"databaseUrl":…,"dataDir":…}' FILE
 */
import { writeSync } from 'node:fs';
import { ganzhou } from '../../geodata/reference/ganzhou/region.ts';
import { readConfig } from '../../server/config.ts';
import { importFile } from '../../server/imports/import-file.ts';
import { openContext } from '../../server/open-context.ts';
import { type DatabasePlace, silentLog } from './database-place.ts';

const [place = '', file = ''] = process.argv.slice(2);
const { databaseUrl, dataDir } = JSON.parse(place) as DatabasePlace;
const { config } = readConfig({ LANTU_DATA_DIR: dataDir, ...(databaseUrl && { DATABASE_URL: databaseUrl }) });
const context = await openContext({ config, region: ganzhou, log: silentLog, onProgress: () => {} });
const settings = { layerId: 'ecological_red_lines', classification: 'internal' as const };
const report = (text: { en: string }): void => void writeSync(1, `${text.en}\n`);
await importFile(
  context,
  { files: [file], settings, isDryRun: false, actor: 'test' },
  { report, signal: new AbortController().signal },
);
writeSync(1, 'imported\n');
await context.database.close();
process.exit(0);
