/** What is said of a job that failed, is not there, or cannot do what is asked in its state. */
import type { Bilingual } from '../../geodata/catalogue/layer-definition.ts';
import type { ImportJob } from '../../geodata/contract/imports.ts';
import { ConflictError, LantuError, NotFoundError } from '../errors.ts';

export function problemOf(error: unknown): ImportJob['problem'] {
  if (error instanceof LantuError) {
    return { code: error.code, text: error.text, field: error.field ?? null };
  }
  const text: Bilingual = {
    zh: '服务器出现意外错误,图层保持原样。请把时间告诉管理员,由其查看日志。',
    en: 'Something unexpected went wrong; the layer is as it was. Tell whoever runs the service the time, the log says more.',
  };
  return { code: 'internal', text, field: null };
}

export function noSuchJob(): NotFoundError {
  return new NotFoundError({
    zh: '没有这个入库任务。服务重启或闲置一天后任务不再保留,请重新上传文件。',
    en: 'There is no such import. A restart of the service, or a day of rest, ends it: upload the files again.',
  });
}

export function noReport(): ConflictError {
  return new ConflictError({
    zh: '还没有报告,请先预检。',
    en: 'There is no report yet; check the import first.',
  });
}

export function isDone(): ConflictError {
  return new ConflictError({
    zh: '这次入库已经完成,不能再改。如需更正,请重新上传,或撤回这次入库。',
    en: 'This import is done and cannot be changed; upload anew, or take it back.',
  });
}

export function isImporting(): ConflictError {
  return new ConflictError({ zh: '正在入库,请稍候。', en: 'The import is under way; wait a moment.' });
}

export function tooManyJobs(most: number): ConflictError {
  return new ConflictError({
    zh: `已有 ${most} 个未完成的入库任务,请先完成或放弃其中一个。`,
    en: `There are ${most} imports under way already; finish or discard one first.`,
  });
}
