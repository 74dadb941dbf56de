/** `npm run backup`: the whole database, as of one moment, into one file. */
import { z } from 'zod';
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import { backupPath } from '../archive/backup-file.ts';
import { type ArchiveSummary, writeArchive } from '../archive/write-archive.ts';
import { defineCommand } from './command.ts';

export const backup = defineCommand({
  id: 'backup',
  summary: {
    zh: '把整个数据库备份到一个文件(两种引擎通用)',
    en: 'Back up the whole database to one file (the same for both engines)',
  },
  schema: z.object({ to: z.string().optional() }),
  options: {
    to: {
      value: 'FILE',
      isPath: true,
      title: {
        zh: '备份文件,缺省为数据目录下的 backups/',
        en: 'the file to write; by default one in backups/ of the data folder',
      },
    },
  },
  async run(context, { to }, { report, signal }) {
    report(describeBackup(await writeArchive(context, to ?? backupPath(context, 'backup'), signal)));
  },
});

/** One line about a backup that was made. */
export function describeBackup({ path, tables, rows, bytes }: ArchiveSummary): Bilingual {
  const size = `${(bytes / 1_000_000).toFixed(1)} MB`;
  return {
    zh: `已备份 ${tables} 张表、${rows} 行(${size})到 ${path}`,
    en: `Backed up ${tables} tables and ${rows} rows (${size}) to ${path}`,
  };
}
