/** What use cases and routes are handed: built once in main.ts or a test, imported elsewhere as a type. */
import type { Logger } from 'pino';
import type { LayerDefinition } from '../geodata/catalogue/layer-definition.ts';
import type { Region } from '../geodata/reference/region-schema.ts';
import type { Config } from './config.ts';
import type { Database } from './db/database.ts';

export type Context = {
  config: Config;
  region: Region;
  catalogue: readonly LayerDefinition[];
  database: Database;
  log: Logger;
};
