/** The server engine's template: a migrated database from which others are created. */
import { migrate } from '../../server/db/migrate.ts';
import { openDatabase } from '../../server/db/open.ts';
import { asAdministrator } from './administrator.ts';
import { silentLog } from './database-place.ts';

const name = 'lantu_template';

/** Name of the migrated database, for `create database … template`. */
export async function prepareTemplateDatabase(url: string): Promise<string> {
  await asAdministrator(url, `create database ${name} template template0`);
  const place = { databaseUrl: `${url}/${name}`, dataDir: '' };
  const database = await openDatabase(place, silentLog);
  await migrate(database);
  await database.close();
  return name;
}
