/** `npm run sample`: load, clear or describe the sample (示意数据). */
import { z } from 'zod';
import { addSampleAccounts, disableSampleAccounts } from '../accounts/first-accounts.ts';
import { tellFirstAccounts } from '../accounts/tell-first-accounts.ts';
import { clearSample, describeSample, loadSample } from '../imports/load-sample.ts';
import { defineCommand } from './command.ts';

const actor = 'npm run sample';
const actionIds = ['load', 'clear', 'status'] as const;

export const sample = defineCommand({
  id: 'sample',
  summary: {
    zh: '载入、清除或查看示意数据',
    en: 'Load, clear or show the sample data',
  },
  schema: z
    .object({
      load: z.boolean().default(false),
      clear: z.boolean().default(false),
      status: z.boolean().default(false),
    })
    .refine((given) => actionIds.filter((id) => given[id]).length === 1, {
      error: '--load | --clear | --status',
    }),
  options: {
    load: { title: { zh: '向空数据库载入示意数据', en: 'load the sample into a database without data' } },
    clear: {
      title: { zh: '清除全部示意数据,正式数据不受影响', en: 'remove all sample data, never official data' },
    },
    status: { title: { zh: '列出现有示意数据', en: 'list the sample data there is' } },
  },
  async run(context, given, reporter) {
    const { database, region, config } = context;
    if (given.load) {
      await loadSample(database, region, reporter);
      const accounts = await addSampleAccounts(context, actor);
      if (accounts.length > 0) {
        const told = tellFirstAccounts({ kind: 'sample', accounts }, config.dataDir);
        reporter.report({ zh: told.join('\n'), en: told.join('\n') });
      }
      return;
    }
    if (given.clear) {
      const removed = await clearSample(database, actor);
      const disabled = await disableSampleAccounts(context, actor);
      const rows = Object.values(removed).reduce((sum, count) => sum + count, 0);
      reporter.report(
        rows === 0
          ? { zh: '没有示意数据可清除', en: 'There is no sample data to clear' }
          : { zh: `已清除示意数据 ${rows} 行`, en: `Cleared ${rows} rows of sample data` },
      );
      if (disabled.length > 0) {
        reporter.report({
          zh: `已停用示意账号:${disabled.join('、')}。管理员账号保留;忘记密码用 npm run account -- reset admin`,
          en: `Disabled the accounts of the sample: ${disabled.join(', ')}. The administrator stays; npm run account -- reset admin gives another password`,
        });
      }
      return;
    }
    const datasets = await describeSample(database);
    if (datasets.length === 0) reporter.report({ zh: '没有示意数据', en: 'There is no sample data' });
    for (const { layer_id, title, feature_count, as_of } of datasets) {
      reporter.report({
        zh: `${title}:${feature_count} 个要素,截至 ${as_of}`,
        en: `${layer_id}: ${feature_count} features, as of ${as_of}`,
      });
    }
  },
});
