/** The context of a process from its configuration: the region by name, the database opened and migrated. */
import type { Logger } from 'pino';
import { catalogue } from '../geodata/catalogue/index.ts';
import type { Bilingual } from '../geodata/catalogue/layer-definition.ts';
import { regions } from '../geodata/reference/index.ts';
import type { Region } from '../geodata/reference/region-schema.ts';
import type { Config } from './config.ts';
import type { Context } from './context.ts';
import { migrate } from './db/migrate.ts';
import { openDatabase } from './db/open.ts';
import { StartupError } from './errors.ts';
import { sweepLeftovers } from './imports/sweep-leftovers.ts';

/** Throws StartupError naming the regions there are. */
export function findRegion(regionId: string): Region {
  const region = regions[regionId];
  if (region !== undefined) return region;
  const known = Object.keys(regions).join(', ');
  throw new StartupError({
    zh: `没有名为“${regionId}”的地区。请将 LANTU_REGION 设为:${known}`,
    en: `There is no region "${regionId}". Set LANTU_REGION to one of: ${known}`,
  });
}

export type ContextOptions = {
  config: Config;
  region: Region;
  log: Logger;
  onProgress: (step: Bilingual) => void;
};

/** The caller closes its database. Throws StartupError where the database cannot be used. */
export async function openContext({ config, region, log, onProgress }: ContextOptions): Promise<Context> {
  const database = await openDatabase(config, log, { onProgress });
  try {
    await migrate(database);
    const context = { config, region, catalogue, database, log };
    await sweepLeftovers(context);
    return context;
  } catch (error) {
    await database.close();
    throw error;
  }
}
