/** `npm run verify-trace`: proves every chain of the trace, or names the first row that does not hold. Changes nothing. */
import { z } from 'zod';
import { ConflictError } from '../errors.ts';
import { describeBreak, verifyTrace } from '../system/verify-trace.ts';
import { defineCommand } from './command.ts';

export const verifyTraceCommand = defineCommand({
  id: 'verify-trace',
  summary: {
    zh: '校验留痕:逐条核对矿山进展和操作日志的散列链,不改动任何数据',
    en: 'Verify the trace: every chain of events and the audit, row by row; changes nothing',
  },
  schema: z.object({ json: z.boolean().default(false) }),
  options: {
    json: { title: { zh: '结果以一行 JSON 给出', en: 'the result as one line of JSON' } },
  },
  async run({ database }, { json }, { report }) {
    const trace = await verifyTrace(database);
    const broken = trace.chains.filter((chain) => chain.broken !== null);
    if (json) {
      const line = JSON.stringify({ holds: broken.length === 0, ...trace });
      report({ zh: line, en: line });
    } else {
      for (const chain of trace.chains) report(describeBreak(chain));
    }
    if (broken.length === 0) return;
    throw new ConflictError({
      zh: `有 ${broken.length} 条链对不上:留痕曾被绕过程序改动。请保留现场(先做备份),与最近的备份逐条比对,并报告主管领导。`,
      en: `${broken.length} chains do not hold: the trace was changed behind the program. Keep everything as it is (make a backup first), compare with the latest backup row by row, and report it.`,
    });
  },
});
