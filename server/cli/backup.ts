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
    const summary = await writeArchive(context, to ?? backupPath(context, 'backup'), signal);
    report(describeBackup(summary));
    for (const line of tellMissing(summary)) report(line);
  },
});

/** One line about a backup that was made. */
export function describeBackup({ path, tables, rows, files, bytes }: ArchiveSummary): Bilingual {
  const size = `${(bytes / 1_000_000).toFixed(1)} MB`;
  return {
    zh: `已备份 ${tables} 张表、${rows} 行、${files} 个佐证文件(${size})到 ${path}`,
    en: `Backed up ${tables} tables, ${rows} rows and ${files} files of evidence (${size}) to ${path}`,
  };
}

const mostNamed = 5;

/** Nothing, or one line about evidence on record whose file is not there or not whole. */
export function tellMissing({ missingFiles }: ArchiveSummary): Bilingual[] {
  if (missingFiles.length === 0) return [];
  const named = missingFiles.slice(0, mostNamed);
  const more = missingFiles.length > mostNamed ? ' …' : '';
  return [
    {
      zh: `注意:有 ${missingFiles.length} 个登记的佐证文件缺失或已损坏,不在备份中:${named.join('、')}${more}`,
      en: `Mind: ${missingFiles.length} files of evidence on record are missing or damaged and not in the backup: ${named.join(', ')}${more}`,
    },
  ];
}
