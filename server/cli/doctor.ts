/** `npm run doctor`: is everything as it should be? Changes nothing. */
import { z } from 'zod';
import { UnprocessableError } from '../errors.ts';
import { examineAll } from '../system/examine.ts';
import type { Finding } from '../system/finding.ts';
import { defineCommand } from './command.ts';

const mark: Record<Finding['level'], string> = { good: '✓', note: '·', bad: '✗' };

export const doctor = defineCommand({
  id: 'doctor',
  summary: {
    zh: '检查引擎、数据库结构、索引、数据、留痕链、时钟、磁盘和网络',
    en: 'Check engine, schema, indexes, data, event chains, clocks, disk and network',
  },
  schema: z.object({}),
  options: {},
  async run(context, _options, { report, signal }) {
    let bad = 0;
    for await (const { level, text } of examineAll(context, signal)) {
      if (level === 'bad') bad += 1;
      report({ zh: `${mark[level]} ${text.zh}`, en: `${mark[level]} ${text.en}` });
    }
    if (bad > 0) {
      throw new UnprocessableError({ zh: `发现 ${bad} 个问题`, en: `${bad} problems found` });
    }
  },
});
