/** A process that migrates the database of its argument and tells its parent which migrations it ran. */
import { migrate } from '../../server/db/migrate.ts';
import { openDatabase } from '../../server/db/open.ts';
import { type DatabasePlace, silentLog } from './database-place.ts';

const [place = ''] = process.argv.slice(2);
const database = await openDatabase(JSON.parse(place) as DatabasePlace, silentLog);
const { migrations } = await migrate(database);
await database.close();
process.send?.(migrations, () => process.exit(0));
