/** Where backups go when nobody says where: the folder `backups` beside the data. */
import { join } from 'node:path';
import type { Context } from '../context.ts';

/** Absolute path with region, purpose and instant (UTC, to the second) in the name. */
export function backupPath(
  { config, region }: Pick<Context, 'config' | 'region'>,
  purpose: 'backup' | 'before-restore' | 'before-transfer',
  at: Date = new Date(),
): string {
  const stamp = at
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/[-:]/g, '');
  return join(config.dataDir, 'backups', `${region.id}-${purpose}-${stamp}.lantu.gz`);
}
