/** `npm run doctor`: is everything as it should be? Changes nothing. */
import { z } from 'zod';
import { UnprocessableError } from '../errors.ts';
import { examinations, type Finding } from '../system/examine.ts';
import { defineCommand } from './command.ts';

const mark: Record<Finding['level'], string> = { good: '✓', note: '·', bad: '✗' };

export const doctor = defineCommand({
  id: 'doctor',
  summary: {
    zh: '检查数据库、迁移、图层定义、留痕链、数据和磁盘',
    en: 'Check database, migrations, layer definitions, event chains, data and disk',
  },
  schema: z.object({}),
  options: {},
  async run(context, _options, { report, signal }) {
    let bad = 0;
    for (const examine of examinations) {
      signal.throwIfAborted();
      for (const { level, text } of await examine(context)) {
        if (level === 'bad') bad += 1;
        report({ zh: `${mark[level]} ${text.zh}`, en: `${mark[level]} ${text.en}` });
      }
    }
    if (bad > 0) {
      throw new UnprocessableError({ zh: `发现 ${bad} 个问题`, en: `${bad} problems found` });
    }
  },
});
