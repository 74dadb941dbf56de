/** `npm run sample`: load, clear or describe the sample (示意数据). */
import { z } from 'zod';
import { clearSample, describeSample, loadSample } from '../imports/load-sample.ts';
import { defineCommand } from './command.ts';

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
  async run({ database, region }, given, reporter) {
    if (given.load) {
      await loadSample(database, region, reporter);
      return;
    }
    if (given.clear) {
      const removed = await clearSample(database, 'npm run sample');
      const rows = Object.values(removed).reduce((sum, count) => sum + count, 0);
      reporter.report(
        rows === 0
          ? { zh: '没有示意数据可清除', en: 'There is no sample data to clear' }
          : { zh: `已清除示意数据 ${rows} 行`, en: `Cleared ${rows} rows of sample data` },
      );
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
