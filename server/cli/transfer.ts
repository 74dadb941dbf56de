/** `npm run transfer`: carries everything from this database to another one, or the other way. */

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import { backupPath } from '../archive/backup-file.ts';
import { restoreArchive } from '../archive/restore-archive.ts';
import { writeArchive } from '../archive/write-archive.ts';
import type { Context } from '../context.ts';
import { databaseUrlSchema } from '../db/database-url.ts';
import { migrate } from '../db/migrate.ts';
import { openDatabase } from '../db/open.ts';
import { evidenceFolder } from '../evidence/evidence-files.ts';
import { findMissing } from '../evidence/sweep-evidence.ts';
import { describeBackup } from './backup.ts';
import { defineCommand, type Reporter } from './command.ts';
import { fillOptions, fillSchema } from './restore.ts';

const urlSchema = databaseUrlSchema.optional();

export const transfer = defineCommand({
  id: 'transfer',
  summary: {
    zh: '把全部数据搬到部门的 PostgreSQL(--to),或从那里搬回(--from)',
    en: "Carry all data to a department's PostgreSQL (--to), or back from there (--from)",
  },
  schema: z
    .object({ to: urlSchema, from: urlSchema, ...fillSchema })
    .refine(({ to, from }) => (to === undefined) !== (from === undefined), '--to | --from'),
  options: {
    to: { value: 'URL', title: { zh: '目标数据库', en: 'the database to fill' } },
    from: { value: 'URL', title: { zh: '来源数据库', en: 'the database to read' } },
    ...fillOptions,
  },
  async run(context, { to, from, ...fill }, reporter) {
    const databaseUrl = to ?? from;
    const database = await openDatabase({ databaseUrl, dataDir: context.config.dataDir }, context.log);
    const other: Context = { ...context, database };
    try {
      await migrate(database);
      if (to === undefined) await carry(other, context, fill, reporter);
      else await carry(context, other, fill, reporter);
    } finally {
      await database.close();
    }
  },
});

/**
 * By way of a file in the data folder, removed afterwards: the source is free again while a slow target
 * loads, and the archive is proven whole before the target is touched.
 */
async function carry(
  source: Context,
  target: Context,
  fill: { replace: boolean; allowBrokenChain: boolean },
  { report, signal }: Reporter,
): Promise<void> {
  const path = join(source.config.dataDir, `transfer-${process.pid}-${Date.now()}.lantu.gz`);
  try {
    const read = await writeArchive(source, path, signal, { withFiles: false });
    report({ zh: `已读取 ${read.rows} 行,正在写入…`, en: `Read ${read.rows} rows, writing them …` });
    const { tables, rows } = await restoreArchive(target, path, {
      ...fill,
      signal,
      async beforeReplace() {
        report(describeBackup(await writeArchive(target, backupPath(target, 'before-transfer'), signal)));
      },
    });
    report({ zh: `已搬运 ${tables} 张表、${rows} 行`, en: `Carried ${tables} tables and ${rows} rows` });
    for (const line of await tellFiles(target)) report(line);
  } finally {
    await rm(path, { force: true });
  }
}

/** Evidence lies beside the database, in the data folder both share here; whoever serves it from elsewhere needs it there. */
async function tellFiles(target: Context): Promise<Bilingual[]> {
  const { recorded, missing } = await findMissing(target);
  if (recorded === 0) return [];
  const folder = evidenceFolder(target.config.dataDir);
  const present = recorded - missing.length;
  return [
    {
      zh: `佐证材料 ${recorded} 个文件,${folder} 中有 ${present} 个。若服务改用其他数据目录,请把此文件夹一并拷贝过去`,
      en: `Evidence: ${recorded} files, ${present} of them in ${folder}. Where the service will use another data folder, copy that folder there too`,
    },
  ];
}
