/** `npm run restore`: fills the database from a backup. */
import { z } from 'zod';
import { backupPath } from '../archive/backup-file.ts';
import { restoreArchive } from '../archive/restore-archive.ts';
import { writeArchive } from '../archive/write-archive.ts';
import { describeBackup } from './backup.ts';
import { defineCommand, type OptionSpec } from './command.ts';

/** Shared with transfer, which fills a database in the same way. */
export const fillOptions = {
  replace: {
    title: {
      zh: '替换已有数据(先自动备份)',
      en: 'replace what the database holds (after a backup of it)',
    },
  },
  allowBrokenChain: {
    title: {
      zh: '留痕链不成立也继续(记入操作日志)',
      en: 'go on although an event chain does not hold (noted in the audit)',
    },
  },
} satisfies Record<string, OptionSpec>;

export const fillSchema = {
  replace: z.boolean().default(false),
  allowBrokenChain: z.boolean().default(false),
};

export const restore = defineCommand({
  id: 'restore',
  summary: {
    zh: '从备份文件恢复数据库;失败时数据库保持原样',
    en: 'Restore the database from a backup; a failure leaves it as it was',
  },
  schema: z.object({ from: z.string(), ...fillSchema }),
  options: {
    from: { value: 'FILE', isPath: true, title: { zh: '备份文件', en: 'the backup to read' } },
    ...fillOptions,
  },
  async run(context, { from, ...fill }, { report, signal }) {
    report({ zh: '正在检查并恢复备份…', en: 'Checking and restoring the backup …' });
    const { tables, rows, files } = await restoreArchive(context, from, {
      ...fill,
      signal,
      async beforeReplace() {
        report(describeBackup(await writeArchive(context, backupPath(context, 'before-restore'), signal)));
      },
    });
    report({
      zh: `已恢复 ${tables} 张表、${rows} 行、${files} 个佐证文件`,
      en: `Restored ${tables} tables, ${rows} rows and ${files} files of evidence`,
    });
  },
});
