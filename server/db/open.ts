/** Opens the database the configuration names: PostgreSQL by DATABASE_URL, else the embedded engine in the data folder. */
import type { Logger } from 'pino';
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import type { Config } from '../config.ts';
import type { Database } from './database.ts';
import { openEmbeddedDatabase } from './embedded/open-embedded.ts';
import { openServerDatabase } from './open-server.ts';

export type OpenOptions = {
  /** Told what the first start is doing, for the person who waits. */
  onProgress?: (step: Bilingual) => void;
};

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
