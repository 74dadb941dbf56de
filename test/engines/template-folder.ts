/** The embedded engine's template: a migrated data folder under .build, made anew when sql/ or the engine changes. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrate, readSqlFiles } from '../../server/db/migrate.ts';
import { openDatabase } from '../../server/db/open.ts';
import { silentLog } from './database-place.ts';

const buildDir = fileURLToPath(new URL('../../.build/', import.meta.url));
const prefix = 'test-template-';

/** The data folder to copy; made in about 12 s when there is none for this schema yet. */
export async function prepareTemplateFolder(): Promise<string> {
  const templateDir = join(buildDir, `${prefix}${fingerprint()}`);
  if (existsSync(templateDir)) return templateDir;
  await mkdir(buildDir, { recursive: true });
  const draft = await mkdtemp(join(buildDir, 'draft-template-'));
  const database = await openDatabase({ databaseUrl: undefined, dataDir: draft }, silentLog);
  await migrate(database);
  await database.close();
  await removeOldTemplates();
  // Another run may have been faster: then its folder is as good as this one.
  await rename(draft, templateDir).catch(() => rm(draft, { recursive: true, force: true }));
  return templateDir;
}

/** Of everything that decides what the folder holds. */
function fingerprint(): string {
  const hash = createHash('sha256');
  const { migrations, functions } = readSqlFiles();
  for (const { name, checksum } of [...migrations, ...functions]) hash.update(`${name} ${checksum}\n`);
  for (const name of ['pglite', 'pglite-postgis']) {
    const file = new URL(`../../node_modules/@electric-sql/${name}/package.json`, import.meta.url);
    hash.update((JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version);
  }
  return hash.digest('hex').slice(0, 16);
}

async function removeOldTemplates(): Promise<void> {
  for (const name of await readdir(buildDir)) {
    if (name.startsWith(prefix)) await rm(join(buildDir, name), { recursive: true, force: true });
  }
}
