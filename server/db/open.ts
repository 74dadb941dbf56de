/** Opens the database the configuration names: PostgreSQL by DATABASE_URL, else the embedded engine in the data folder. */
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Database, OpenOptions } from './database.ts';
import { openEmbeddedDatabase } from './embedded/open-embedded.ts';
import { openServerDatabase } from './open-server.ts';

/**
 * A database that has been reached and checked, not yet migrated.
 * Throws StartupError with one line that says what to do where it cannot be used.
 */
export function openDatabase(
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  log: Logger,
  options: OpenOptions = {},
): Promise<Database> {
  return config.databaseUrl === undefined
    ? openEmbeddedDatabase(config.dataDir, log, options)
    : openServerDatabase(config.databaseUrl, log);
}
