/** `npm run access`: which layers may be read without an account, and changing it for one of them. */
import { z } from 'zod';
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import { type LayerAccessLine, listLayerAccess, setAnonymousRead } from '../accounts/layer-access.ts';
import { defineCommand } from './command.ts';

export const access = defineCommand({
  id: 'access',
  summary: {
    zh: '列出或设置哪些图层无需登录即可查看',
    en: 'list or set which layers may be read without signing in',
  },
  schema: z
    .object({
      layer: z.string().min(1).optional(),
      anonymousRead: z.enum(['on', 'off', 'default']).optional(),
    })
    .refine(({ layer, anonymousRead }) => (layer === undefined) === (anonymousRead === undefined), {
      error: '--layer 与 --anonymous-read 要一起给出 / --layer and --anonymous-read go together',
    }),
  options: {
    layer: {
      title: { zh: '图层,例如 wetland_parks', en: 'layer, such as wetland_parks' },
      value: 'ID',
    },
    anonymousRead: {
      title: {
        zh: 'on 无需登录可看,off 需登录,default 恢复图层定义',
        en: 'on: read by anyone, off: after signing in, default: as the layer is defined',
      },
      value: 'on|off|default',
    },
  },
  async run({ database, catalogue }, { layer, anonymousRead }, { report }) {
    if (layer === undefined || anonymousRead === undefined) {
      for (const line of await listLayerAccess(database, catalogue)) report(describe(line));
      return;
    }
    const changed = await setAnonymousRead(database, catalogue, {
      layerId: layer,
      anonymousRead: anonymousRead === 'default' ? null : anonymousRead === 'on',
      actor: 'npm run access',
    });
    report(describe(changed));
    if (changed.mayReadAnonymously && changed.isSensitive) report(sensitive);
  },
});

function describe({ layer, mayReadAnonymously, setting, hasOfficialData }: LayerAccessLine): Bilingual {
  const data = hasOfficialData
    ? { zh: '正式数据', en: 'official data' }
    : { zh: '无正式数据', en: 'no official data' };
  const by = setting === null ? { zh: '按图层定义', en: 'by definition' } : { zh: '按设置', en: 'as set' };
  return {
    zh: `${layer.id}(${layer.title.zh}):${mayReadAnonymously ? '无需登录可看' : '需登录'},${by.zh},${data.zh}`,
    en: `${layer.id} (${layer.title.en}): ${mayReadAnonymously ? 'read by anyone' : 'after signing in'}, ${by.en}, ${data.en}`,
  };
}

const sensitive: Bilingual = {
  zh: '注意:该图层的正式数据不是公开资料(内部或依申请公开),现在任何能访问本服务的人都可以查看。',
  en: 'Note: the official data of this layer is not public (internal, or on request), and now anyone who reaches this service can read it.',
};
