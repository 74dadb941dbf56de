/** `npm run take-back`: lists the imports there were, or takes one back. */
import { z } from 'zod';
import { listImports } from '../imports/list-imports.ts';
import { takeBack } from '../imports/take-back.ts';
import { defineCommand } from './command.ts';

export const takeBackCommand = defineCommand({
  id: 'take-back',
  summary: {
    zh: '列出历次入库,或撤回其中一次;每个图层从最近一次开始撤回',
    en: 'List the imports there were, or take one back; of each layer the newest goes first',
  },
  schema: z
    .object({ list: z.boolean().default(false), dataset: z.string().optional() })
    .refine(({ list, dataset }) => list !== (dataset !== undefined), { error: '--list | --dataset ID' }),
  options: {
    list: {
      title: { zh: '列出历次入库及能否撤回', en: 'list the imports and whether they can be taken back' },
    },
    dataset: { title: { zh: '要撤回的数据集编号', en: 'dataset to take back' }, value: 'ID' },
  },
  async run(context, { dataset }, reporter) {
    if (dataset !== undefined) {
      await takeBack(context, dataset, 'npm run take-back');
      reporter.report({
        zh: `已撤回数据集 ${dataset},图层恢复到入库之前。`,
        en: `Dataset ${dataset} was taken back; the layer is as it was before the import.`,
      });
      return;
    }
    const imports = (await listImports(context)).filter(({ kind }) => kind === 'official');
    if (imports.length === 0) reporter.report({ zh: '没有入库记录', en: 'Nothing was imported yet' });
    for (const { id, layerId, title, fileName, asOf, featureCount, state, takeBackRefusal } of imports) {
      const words = stateWords[state];
      const refusal = takeBackRefusal ?? { zh: '可以撤回', en: 'can be taken back' };
      reporter.report({
        zh: `${id}  ${layerId}  ${title}(${fileName ?? '—'},截至 ${asOf},${featureCount} 个要素):${words.zh};${refusal.zh}`,
        en: `${id}  ${layerId}  ${title} (${fileName ?? '—'}, as of ${asOf}, ${featureCount} features): ${words.en}; ${refusal.en}`,
      });
    }
  },
});

const stateWords = {
  current: { zh: '现行', en: 'current' },
  replaced: { zh: '已被替换', en: 'replaced' },
  'taken-back': { zh: '已撤回', en: 'taken back' },
} as const;
