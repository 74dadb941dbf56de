/** Where a test finds a database, and a log that keeps quiet. */
import pino from 'pino';
import type { Config } from '../../server/config.ts';

/** The part of Config that names a database. */
export type DatabasePlace = Pick<Config, 'databaseUrl' | 'dataDir'>;

export const silentLog = pino({ level: 'silent' });
