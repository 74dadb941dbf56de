/** What sheets are made from and for whom: handed in, so that planning and reading know no request and no app. */
import type { Account } from '../../geodata/contract/session.ts';
import type { ReadingRights } from '../accounts/reading-rights.ts';
import type { Basemap } from '../basemap/basemap.ts';
import type { Context } from '../context.ts';

export type SheetSources = Pick<Context, 'database' | 'region' | 'catalogue' | 'log'> & {
  /** null: none is configured. */
  basemap: Pick<Basemap, 'description' | 'tile'> | null;
  /** Where evidence lies (config.dataDir). */
  dataDir: string;
};

/** Who asks for a sheet. Rights are of the moment: take them anew for each sheet. */
export type SheetReader = {
  account: Account;
  rights: Pick<ReadingRights, 'mayRead' | 'check'>;
  /** Today in Asia/Shanghai, YYYY-MM-DD. */
  today: string;
};
