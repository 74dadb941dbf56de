/**
 * A process that keeps one photo after another as evidence, as an upload does, and prints the hash of each once it is
 * acknowledged, until it is killed.
 * node keep-photos.ts '{"databaseUrl":…,"dataDir":…}' ROUND
 */
import { writeSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ganzhou } from '../../geodata/reference/ganzhou/region.ts';
import { readConfig } from '../../server/config.ts';
import { prepareFiles } from '../../server/evidence/prepare-file.ts';
import { storeEvidence } from '../../server/evidence/store-evidence.ts';
import { createWorkFolder } from '../../server/imports/work-folder.ts';
import { openContext } from '../../server/open-context.ts';
import { type DatabasePlace, silentLog } from '../engines/database-place.ts';
import { editorOfTests } from './mine-sites.ts';
import { makePhoto } from './pictures.ts';

const [place = '', round = ''] = process.argv.slice(2);
const { databaseUrl, dataDir } = JSON.parse(place) as DatabasePlace;
const { config } = readConfig({ LANTU_DATA_DIR: dataDir, ...(databaseUrl && { DATABASE_URL: databaseUrl }) });
const context = await openContext({ config, region: ganzhou, log: silentLog, onProgress: () => {} });
writeSync(1, 'ready\n');
for (let n = 0; ; n += 1) {
  const folder = await createWorkFolder(dataDir);
  const path = join(folder.path, '0');
  await writeFile(path, await makePhoto({ seed: `${round} ${n}`, width: 200, height: 150 }));
  const { prepared } = await prepareFiles([{ name: 'a.jpg', path, isCut: false }]);
  const items = prepared.map((file) => ({ siteCode: 'A-001', file, meaning: {} }));
  const [stored] = await storeEvidence(context, editorOfTests, items, folder.path);
  writeSync(1, `${stored?.sha256}\n`);
  await folder.remove();
}
